# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from learn.conftest import WEEK, SmallTown, after, top
from learn.test_measure import scored, with_measure
from stip.errors import PlanError
from stip.learn import CourseChoice, Met, check_course, course_due, courses, rankings, record_course, score_week
from stip.learn.same_cells import Kind
from stip.space import shift_week

AT = after(WEEK, weeks=26)
REASON = "De vooruitblik doet het beter dan tellen."


def test_a_decision_keeps_what_the_measure_said(small_town: SmallTown) -> None:
    scored(small_town, [3, 4, 5, 0])
    town = with_measure(small_town, kind="hits_share_beats_baseline", threshold=0.1, from_week=WEEK)
    course = check_course(town, "go", reason=f"  {REASON} ", role="bestuur", at=AT)
    assert (course.choice, course.reason, course.outcome.met) == (CourseChoice.GO, REASON, Met.MET)
    record_course(town, course, at=AT)
    kept = courses(town).iloc[0]
    assert kept[["choice", "role", "outcome", "weeks", "measure", "threshold"]].tolist() == [
        "go", "bestuur", "met", 14, "hits_share_beats_baseline", 0.1,
    ]  # fmt: skip
    assert kept["low"] <= kept["value"] <= kept["high"]


def test_decisions_are_added_and_none_is_changed(small_town: SmallTown) -> None:
    town = with_measure(small_town, kind="hits_share_beats_baseline", from_week=WEEK)
    assert course_due(town) == shift_week(WEEK, 26)
    for number, choice in enumerate(("go", "change", "stop")):
        at = AT + timedelta(weeks=26 * number)
        record_course(town, check_course(town, choice, reason=REASON, role="fg", at=at), at=at)
    assert courses(town)["choice"].tolist() == ["go", "change", "stop"]
    assert set(courses(town)["outcome"]) == {"too_few"}
    assert course_due(town) == shift_week(WEEK, 4 * 26)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"choice": "maybe"}, "Kies uit go, change, stop"),
        ({"role": "analist"}, "Kies uit bestuur, fg; schrijf geen naam"),
        ({"reason": ""}, "reden"),
    ],
)
def test_what_does_not_fit_is_refused(small_town: SmallTown, change: dict[str, str], why: str) -> None:
    town = with_measure(small_town, kind="reported_change", threshold=-0.1, from_week=WEEK)
    asked = {"choice": "go", "reason": REASON, "role": "bestuur"} | change
    with pytest.raises(PlanError, match=why):
        check_course(town, asked["choice"], reason=asked["reason"], role=asked["role"], at=AT)
    assert courses(town).empty


def test_there_is_nothing_to_decide_without_a_measure(small_town: SmallTown) -> None:
    with pytest.raises(PlanError, match=r"learn\.measure"):
        check_course(small_town.workspace, "go", reason=REASON, role="bestuur", at=AT)
    assert course_due(small_town.workspace) == ""


def test_a_score_freezes_the_sides_and_the_rankings_read_them(small_town: SmallTown) -> None:
    weeks = [shift_week(WEEK, number) for number in range(26)]
    small_town.deliveries("2027-W10", 40)
    for week in weeks:
        small_town.outlook(top(0, 1, 2, 3, 4, 5), top(0, 1, 2, 50, 51, 52), week=week)
        for place in (100, 150):
            small_town.override("add", [place, place + 1], week=week)
        small_town.override("drop", [3], week=week)
        small_town.incidents([100, 101, 150, 151, 4], week=week)
    for week in weeks:
        score_week(small_town.workspace, week, at=after(week, weeks=8))
    told = with_measure(small_town, kind="hits_share_beats_baseline", threshold=0.01, from_week=WEEK)
    found = {ranking.kind: ranking for ranking in rankings(told)}
    assert set(found) == set(Kind)
    own = found[Kind.OWN]
    assert (own.judgements, own.cells, len(own.weeks)) == (52, 4.0, 26)
    assert [pair.low > 0 for pair in own.pairs][:2] == [True, True]
    assert [str(pair.better) for pair in found[Kind.PEOPLE].pairs][:2] == ["people", "people"]
    assert found[Kind.PEOPLE].weeks == tuple(weeks)
    assert found[Kind.BETTER].lacking
    assert found[Kind.DROPPED].lacking.startswith("er zijn 26 oordelen")
