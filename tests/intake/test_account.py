# SPDX-License-Identifier: EUPL-1.2
"""Each row ends in exactly one place, and too many refused rows stop the reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import TooManyRefused
from stip.intake.account import Account
from stip.intake.rules import Rule

BAD = Rule("bad", "slechte rij", "Kijk haar na.")
WORSE = Rule("worse", "slechtere rij", "Vraag de bron.")
NOT_OURS = Rule("not_ours", "niet van ons", "Dat hoort zo.", counts=False)
MENDED = Rule("mended", "hersteld", "U hoeft niets te doen.")
RULES = (BAD, WORSE, NOT_OURS)


def first(count: int, rows: int) -> np.ndarray:
    return np.arange(rows) < count


@given(st.lists(st.tuples(st.sampled_from([*RULES, MENDED]), st.lists(st.booleans(), min_size=5, max_size=5))))
def test_rows_add_up_whatever_happens_to_them(events: list[tuple[Rule, list[bool]]]) -> None:
    account = Account(5)
    for rule, rows in events:
        (account.repair if rule is MENDED else account.refuse)(np.array(rows), rule)
    report = account.report("proef", "bron")
    assert report.accepted + report.repaired + report.refused == 5
    assert sum(count.rows for count in report.refusals) == report.refused == 5 - account.kept.sum()
    assert sum(count.rows for count in report.repairs) == report.repaired


def test_a_refused_row_counts_under_the_first_rule_that_met_it() -> None:
    account = Account(3, numbers=np.array([7, 9, 12]))
    account.refuse(np.array([True, True, False]), BAD)
    account.refuse(np.array([True, True, True]), WORSE)
    found = account.report("proef", "bron").refusals
    assert [(count.rule, count.rows, count.first_rows) for count in found] == [(BAD, 2, (7, 9)), (WORSE, 1, (12,))]


@pytest.mark.parametrize(("refused", "stops"), [(0, False), (5, False), (6, True)])
def test_the_limit_is_a_share_of_the_rows(refused: int, stops: bool) -> None:
    account = Account(100)
    account.refuse(first(refused, 100), BAD)
    report = account.report("de laag proef", "bron")
    if not stops:
        report.check_limit(0.05)
        return
    with pytest.raises(
        TooManyRefused, match=r"de laag proef zijn 6 van de 100 rijen geweigerd \(slechte rij: 6\)"
    ) as no:
        report.check_limit(0.05)
    assert str(no.value).endswith("Er is niets opgeslagen. Kijk haar na.")
    assert no.value.report is report


def test_rows_that_are_not_ours_do_not_count_for_the_limit() -> None:
    account = Account(100)
    account.refuse(first(90, 100), NOT_OURS)
    account.report("proef", "bron").check_limit(0)
    account.refuse(first(91, 100), BAD)
    with pytest.raises(TooManyRefused):
        account.report("proef", "bron").check_limit(0.05)


@pytest.mark.parametrize("rows", [0, 4])
def test_when_nothing_is_left_nothing_is_stored(rows: int) -> None:
    account = Account(rows)
    account.refuse(first(rows, rows), NOT_OURS)
    with pytest.raises(TooManyRefused):
        account.report("proef", "bron").check_limit(1)
