# SPDX-License-Identifier: EUPL-1.2
"""Each row ends in exactly one place, and too many refused rows stop the reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import TooManyRefused
from stip.intake.accounts.account import Account
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule

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
    report = OpenDataReport.of(account, "proef", "bron")
    assert report.accepted + report.repaired + report.refused == 5
    assert sum(count.rows for count in report.refused_rules) == report.refused == 5 - account.kept.sum()
    assert sum(count.rows for count in report.repaired_rules) == report.repaired


def test_a_refused_row_counts_under_the_first_rule_that_met_it() -> None:
    account = Account(3, numbers=np.array([7, 9, 12]))
    account.refuse(np.array([True, True, False]), BAD)
    account.refuse(np.array([True, True, True]), WORSE)
    found = OpenDataReport.of(account, "proef", "bron").refused_rules
    assert [(count.rule, count.rows, count.first_rows) for count in found] == [(BAD, 2, (7, 9)), (WORSE, 1, (12,))]


@pytest.mark.parametrize(("refused", "stops"), [(0, False), (5, False), (6, True)])
def test_the_limit_is_a_share_of_the_rows(refused: int, stops: bool) -> None:
    account = Account(100)
    account.refuse(first(refused, 100), BAD)
    report = OpenDataReport.of(account, "de laag proef", "bron")
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
    OpenDataReport.of(account, "proef", "bron").check_limit(0)
    account.refuse(first(91, 100), BAD)
    with pytest.raises(TooManyRefused):
        OpenDataReport.of(account, "proef", "bron").check_limit(0.05)


@pytest.mark.parametrize("rows", [0, 4])
def test_when_nothing_is_left_nothing_is_stored(rows: int) -> None:
    account = Account(rows)
    account.refuse(first(rows, rows), NOT_OURS)
    with pytest.raises(TooManyRefused):
        OpenDataReport.of(account, "proef", "bron").check_limit(1)


def test_parts_are_joined_in_the_order_of_the_rows() -> None:
    part = Account(2, numbers=np.array([2, 5]))
    part.repair(np.array([False, True]), MENDED)
    other = Account(1, numbers=np.array([4]))
    other.refuse(np.array([True]), WORSE)
    joined = Account.joined([part, other])
    assert joined.numbers.tolist() == [2, 4, 5]
    assert joined.kept.tolist() == [True, False, True]
    assert (joined.accepted, joined.repaired, joined.refused) == (1, 1, 1)
    assert Account.joined([]).rows == 0


def test_parts_that_met_rules_in_another_order_are_joined_by_rule() -> None:
    parts = []
    for place, rules in enumerate(((BAD, WORSE), (WORSE, BAD))):
        part = Account(4, numbers=np.arange(4) + 4 * place)
        for row, rule in enumerate(rules):
            part.refuse(np.arange(4) == row, rule)
            part.repair(np.arange(4) == row + 2, rule)
        part.note(f"deel {place}")
        parts.append(part)
    joined = Account.joined(parts)
    assert {(count.rule, count.first_rows) for count in joined.refused_rules()} == {(BAD, (0, 5)), (WORSE, (1, 4))}
    assert {(count.rule, count.first_rows) for count in joined.repaired_rules()} == {(BAD, (2, 7)), (WORSE, (3, 6))}
    assert joined.notes == ["deel 0", "deel 1"]


def test_equal_counts_are_told_in_the_order_that_was_given() -> None:
    account = Account(2, refusals=(BAD, WORSE))
    account.refuse(np.array([True, False]), WORSE)
    account.refuse(np.array([True, True]), BAD)
    assert [count.rule for count in account.refused_rules()] == [BAD, WORSE]
    numbers, rules = account.refusals()
    assert (numbers.tolist(), rules) == ([1, 2], [WORSE, BAD])
