# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from learn.conftest import WEEK, SmallTown, after
from stip.errors import PlanError, StipError, WorkspaceError
from stip.learn import CODES, record_feedback, record_visit
from stip.store import Workspace, read_decisions

AT = after(WEEK, weeks=0, days=2)


@pytest.fixture
def planned(small_town: SmallTown) -> SmallTown:
    small_town.plan({"a": ("outlook", [0, 1]), "b": ("random", [10, 11])})
    return small_town


@pytest.mark.parametrize("code", CODES)
def test_how_it_was_is_kept_with_the_week_of_the_plan(planned: SmallTown, code: str) -> None:
    better = [int(cell) for cell in planned.cells[[7, 3, 7]]]
    told = record_feedback(
        planned.workspace, f"plan-{WEEK}", "a", visited=True, code=code, better_cells=better, at=AT
    )
    assert (told.new, told.week) == (True, WEEK)
    row = read_decisions(planned.workspace, "feedback").iloc[0]
    assert row[["decision_id", "plan_id", "place_id", "week", "visited", "code"]].tolist() == [
        told.decision_id, f"plan-{WEEK}", "a", WEEK, True, code,
    ]  # fmt: skip
    assert row["better_cells"].tolist() == sorted(set(better))


def test_who_was_not_there_says_only_that(planned: SmallTown) -> None:
    record_feedback(planned.workspace, f"plan-{WEEK}", "a", visited=False, at=AT)
    assert read_decisions(planned.workspace, "feedback")["code"].tolist() == ["niet_bezocht"]
    with pytest.raises(PlanError, match="Laat --code weg"):
        record_feedback(planned.workspace, f"plan-{WEEK}", "a", visited=False, code="druk", at=AT)


Sender = Callable[[Workspace], object]
SENDERS: dict[str, Sender] = {
    "feedback": lambda town: record_feedback(town, f"plan-{WEEK}", "a", visited=True, code="druk", at=AT),
    "visit": lambda town: record_visit(town, f"plan-{WEEK}", "a", hours=1.5, at=AT),
}


@pytest.mark.parametrize("kind", SENDERS)
def test_what_is_sent_twice_is_kept_once(planned: SmallTown, kind: str) -> None:
    first, again = SENDERS[kind](planned.workspace), SENDERS[kind](planned.workspace)
    assert first.new  # type: ignore[attr-defined]
    assert not again.new  # type: ignore[attr-defined]
    assert first.decision_id == again.decision_id  # type: ignore[attr-defined]
    assert len(read_decisions(planned.workspace, kind)) == 1


def test_another_moment_another_place_or_another_content_is_another_feedback(planned: SmallTown) -> None:
    plan = f"plan-{WEEK}"
    town = planned.workspace
    cell = int(planned.cells[7])
    told = [
        record_feedback(town, plan, "a", visited=True, code="druk", at=AT),
        record_feedback(town, plan, "a", visited=True, code="druk", at=after(WEEK)),
        record_feedback(town, plan, "b", visited=True, code="druk", at=AT),
        record_feedback(town, plan, "a", visited=True, code="rustig", at=AT),
        record_feedback(town, plan, "a", visited=True, code="druk", better_cells=[cell], at=AT),
        record_feedback(town, plan, "a", visited=False, at=AT),
    ]
    assert all(one.new for one in told)
    assert len(read_decisions(town, "feedback")) == 6


def test_a_correction_takes_the_place_of_what_it_names(planned: SmallTown) -> None:
    town, plan = planned.workspace, f"plan-{WEEK}"
    wrong = record_visit(town, plan, "a", hours=15, at=AT)
    record_visit(town, plan, "a", hours=1.5, at=after(WEEK), supersedes=wrong.decision_id)
    assert read_decisions(town, "visit")["hours"].tolist() == [1.5]
    with pytest.raises(WorkspaceError, match="Besluit x bestaat niet"):
        record_visit(town, plan, "a", hours=1, at=after(WEEK), supersedes="x")


@pytest.mark.parametrize(
    ("tell", "sentence"),
    [
        (
            lambda t, p: record_visit(t, "p9", "a", hours=1, at=AT),
            "geen vastgesteld plan ‘p9’. Bekend: plan-2026-W37",
        ),
        (lambda t, p: record_visit(t, p, "z", hours=1, at=AT), "Plek ‘z’ staat niet in plan plan-2026-W37"),
        (lambda t, p: record_visit(t, p, "a", hours=0, at=AT), "0 uur kan niet"),
        (lambda t, p: record_visit(t, p, "a", hours=float("nan"), at=AT), "nan uur kan niet"),
        (lambda t, p: record_visit(t, p, "a", hours=200, at=AT), "hooguit 168"),
        (
            lambda t, p: record_visit(t, p, "a", hours=1, at=AT - timedelta(days=3)),
            "06-09-2026 00:00 ligt vóór week 37 van 2026, de week van dit plan, die begint op 07-09-2026",
        ),
        (lambda t, p: record_feedback(t, p, "a", visited=False, at=datetime(2026, 9, 9)), "geen tijdzone"),  # noqa: DTZ001
        (
            lambda t, p: record_feedback(t, p, "a", visited=True, at=AT),
            "Kies uit rustig, zoals_verwacht, druk, anders",
        ),
        (lambda t, p: record_feedback(t, p, "a", visited=True, code="niet_bezocht", at=AT), "ken ik niet"),
        (
            lambda t, p: record_feedback(t, p, "a", visited=True, code="druk", better_cells=[5], at=AT),
            "ligt buiten het gebied van Proefstad",
        ),
    ],
)
def test_what_cannot_be_is_said_and_not_kept(
    planned: SmallTown, tell: Callable[[Workspace, str], object], sentence: str
) -> None:
    with pytest.raises(StipError, match=sentence):
        tell(planned.workspace, f"plan-{WEEK}")
    assert read_decisions(planned.workspace, "feedback").empty
    assert read_decisions(planned.workspace, "visit").empty


def test_without_any_plan_it_says_so(small_town: SmallTown) -> None:
    with pytest.raises(PlanError, match="Bekend: nog geen"):
        record_visit(small_town.workspace, "p", "a", hours=1, at=AT)
