# SPDX-License-Identifier: EUPL-1.2
"""Reports of the phone: many at once, each recorded once whatever is killed or sent again in between."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from learn.conftest import WEEK, SmallTown, after
from stip.errors import PlanError
from stip.learn import Report, ReportCheck, record_reports
from stip.learn import reports as room
from stip.store import read_decisions

AT = after(WEEK, weeks=0, days=2)


@pytest.fixture
def planned(small_town: SmallTown) -> SmallTown:
    small_town.plan({"a": ("outlook", [0, 1]), "b": ("random", [10, 11])})
    return small_town


def report(number: int, **changes: object) -> Report:
    made = Report(
        uuid.uuid5(uuid.NAMESPACE_URL, str(number)).hex,
        f"plan-{WEEK}",
        "ab"[number % 2],
        True,
        AT + timedelta(seconds=number // 3),
        code="druk",
        hours=1.5,
        team="flexteam",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_each_becomes_feedback_and_a_visit_at_its_own_moment(planned: SmallTown) -> None:
    told = record_reports(planned.workspace, [report(0), report(1, visited=False, code="", hours=0.0), report(6)])
    assert set(told.values()) == {""}
    feedback, visits = (read_decisions(planned.workspace, kind) for kind in ("feedback", "visit"))
    assert feedback["decision_id"].tolist() == [report(n).report_id for n in (0, 1, 6)]
    assert feedback["code"].tolist() == ["druk", "niet_bezocht", "druk"]
    assert feedback["at"].tolist() == [pd.Timestamp(AT)] * 2 + [pd.Timestamp(AT + timedelta(seconds=2))]
    assert feedback["team"].tolist() == ["flexteam"] * 3
    assert visits["decision_id"].tolist() == [report(0).report_id, report(6).report_id]


def test_two_that_tell_the_same_at_the_same_moment_are_two(planned: SmallTown) -> None:
    record_reports(planned.workspace, [report(0), report(2)])
    assert len(read_decisions(planned.workspace, "feedback")) == 2


def test_killed_between_visit_and_feedback_it_is_finished_by_the_next(
    planned: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [report(number) for number in range(20)]
    record_reports(planned.workspace, many[:5])
    real = room._append

    def killed(workspace: object, kind: str, rows: object) -> None:
        if kind == "feedback":
            raise KeyboardInterrupt
        real(workspace, kind, rows)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(room, "_append", killed)
        with pytest.raises(KeyboardInterrupt):
            record_reports(planned.workspace, many)
    assert len(read_decisions(planned.workspace, "feedback")) == 5
    for _ in range(2):
        record_reports(planned.workspace, many)
    for kind in ("visit", "feedback"):
        assert sorted(read_decisions(planned.workspace, kind)["decision_id"]) == sorted(r.report_id for r in many)


REFUSED = {
    "another plan": {"plan_id": "plan-2020-W01"},
    "another place": {"place_id": "z"},
    "before the week": {"at": AT - timedelta(weeks=3)},
    "a code that is none": {"code": "gezellig"},
    "a code of who was not there": {"visited": False, "hours": 0.0},
    "hours of who was not there": {"visited": False, "code": ""},
    "hours below nothing": {"hours": -1.0},
    "a cell outside": {"better_cells": (1,)},
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_does_not_fit_is_told_and_holds_up_nothing(planned: SmallTown, why: str) -> None:
    wrong = report(0, **REFUSED[why])
    told = record_reports(planned.workspace, [wrong, report(1)])
    assert told[wrong.report_id] and not told[report(1).report_id]
    assert read_decisions(planned.workspace, "feedback")["decision_id"].tolist() == [report(1).report_id]
    with pytest.raises(PlanError):
        ReportCheck(planned.workspace).week_of(wrong)
