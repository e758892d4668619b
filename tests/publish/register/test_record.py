# SPDX-License-Identifier: EUPL-1.2
"""The record for everybody: rounded, late, allowed, and the same each time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.register.known_town import AT, freeze_outlook, verdict
from stip.agreements import record_pause
from stip.outlook import Finding, finding_of
from stip.publish.register import file_of, make_register
from stip.publish.register.record import HELD, _rounded, conclusion_of, judged_of
from stip.store import Workspace, latest_run


def rows(workspace: Workspace, at: datetime = AT) -> dict[str, dict[str, str]]:
    return {row["label"]: dict(row) for row in make_register(workspace, at=at).facts.record}


@given(count=st.floats(0, 5000), name=st.text(max_size=20))
def test_a_figure_is_a_multiple_of_five_near_the_count_and_stays_the_same(count: float, name: str) -> None:
    figure = _rounded(count, name, b"k" * 32)
    assert figure % 5 == 0
    assert abs(figure - round(count)) <= 4
    assert _rounded(count, name, b"k" * 32) == figure


def test_the_block_is_closed_whenever_one_looks(town: Workspace) -> None:
    first = rows(town)
    freeze_outlook(town, "2026-W38")
    second = rows(town, AT + timedelta(weeks=1))
    for label, row in first.items():
        assert {name: row[name] for name in row if name != "run"} == {
            name: second[label][name] for name in row if name != "run"
        }


def test_too_few_reports_are_not_told(town: Workspace) -> None:
    told = rows(town)
    assert told["Woninginbraak"]["total"] == "" and "te weinig" in told["Woninginbraak"]["conclusion"]
    bicycles = told["Fietsdiefstal"]
    assert all(int(bicycles[name]) % 5 == 0 for name in ("outlook", "baseline", "total"))
    low, share, high = (int(bicycles[name].removesuffix(" %")) for name in ("low", "share", "high"))
    assert low < share < high


def test_what_is_not_late_enough_stays_in(town: Workspace) -> None:
    run = latest_run(town, "outlook")
    assert run is not None and judged_of(run).last == "2026-W30"
    ended = datetime.fromisoformat("2026-07-27T00:00:00+02:00")
    early, late = (rows(town, ended + timedelta(weeks=4, hours=hours))["Fietsdiefstal"] for hours in (-1, 1))
    assert early["total"] == "" and "4 weken" in early["conclusion"]
    assert late["total"] != ""


@pytest.mark.parametrize("what", ["source:bvh", "outlook", "learn", "all"])
def test_what_is_on_hold_keeps_the_figures_in(town: Workspace, what: str) -> None:
    record_pause(town, what, paused=True, reason="Wij kijken het na.", role="fg", at=AT)
    register = make_register(town, at=AT)
    bicycles = next(row for row in register.facts.record if row["label"] == "Fietsdiefstal")
    assert bicycles["total"] == "" and bicycles["conclusion"] == HELD
    for document in register.documents:
        page = file_of(document, "html").decode()
        assert HELD in page and "247 van de 393" not in page


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (verdict(50, 40, 200, finding="worse"), Finding.WORSE),
        ({"hits": 1.0, "total": 9.0, "use": "model"}, Finding.TOO_FEW),
        ({"hits": 80.0, "total": 200.0, "use": "model", "certainty": 0.9999}, Finding.BETTER),
        ({"hits": 80.0, "total": 200.0, "use": "baseline", "certainty": 0.1}, Finding.BEHIND),
        ({"hits": 80.0, "total": 200.0, "use": "model", "certainty": 0.6}, Finding.CHANCE),
    ],
)
def test_a_judgement_is_told_without_figures(known: dict[str, object], found: Finding) -> None:
    assert finding_of(known) is found
    assert not any(sign.isdigit() for sign in conclusion_of(known))
