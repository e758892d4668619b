# SPDX-License-Identifier: EUPL-1.2
"""A file that did not come is no quiet week, whichever source it was of."""

from __future__ import annotations

import pytest

from learn.conftest import TYPE, WEEK, SmallTown, after, top
from stip.errors import HistoryError
from stip.learn import due_weeks, score_week, state_of
from stip.learn.delivered import delivered
from stip.space import shift_week
from stip.words import week_name

BIKES = "bicycle_theft"
NEXT = shift_week(WEEK, 1)
LATE = after(WEEK, weeks=20)


def deliver(town: SmallTown, crime_type: str, source: str, weeks: range, *, each: int = 8) -> None:
    """Let a source bring so many reports in each of these weeks, counted from `WEEK`."""
    for n in weeks:
        town.incidents([0] * each, week=shift_week(WEEK, n), crime_type=crime_type, source=source)


@pytest.fixture
def two_sources(small_town: SmallTown) -> SmallTown:
    """Give burglary from bvh each week, bicycles from another source that misses `WEEK` and stops after week 10."""
    deliver(small_town, TYPE, "bvh", range(-12, 15))
    deliver(small_town, BIKES, "incidents", range(-12, 0))
    deliver(small_town, BIKES, "incidents", range(1, 11))
    for week in (WEEK, NEXT):
        small_town.outlook(top(0), top(1), week=week)
    return small_town


def test_a_week_that_one_source_missed_is_not_scored_and_does_not_become_final(two_sources: SmallTown) -> None:
    town = two_sources.workspace
    said = f"Van {week_name(WEEK)} kwam geen bestand binnen met meldingen van de soort ‘Fietsd"
    with pytest.raises(HistoryError, match=said):
        score_week(town, WEEK, at=LATE)
    assert state_of(town, WEEK, at=LATE) == "provisional"
    assert due_weeks(town, at=LATE) == [NEXT]
    assert set(score_week(town, NEXT, at=LATE)["state"]) == {"final"}


def test_when_the_file_comes_after_all_the_week_is_scored(two_sources: SmallTown) -> None:
    deliver(two_sources, BIKES, "incidents", range(1))
    assert due_weeks(two_sources.workspace, at=LATE) == [WEEK, NEXT]
    assert set(score_week(two_sources.workspace, WEEK, at=LATE)["state"]) == {"final"}


def test_a_source_that_lags_keeps_its_weeks_waiting(two_sources: SmallTown) -> None:
    town, behind = two_sources.workspace, shift_week(WEEK, 12)
    two_sources.outlook(top(0), top(1), week=behind)
    until = shift_week(WEEK, 10)
    with pytest.raises(HistoryError, match=f"van de soort ‘Fietsdiefstal’ zijn bekend tot en met {until}. Lees"):
        score_week(town, behind, at=LATE)
    assert behind not in due_weeks(town, at=LATE)
    # The sixth week after it did not come in from the bicycles, though it did from bvh.
    assert state_of(town, shift_week(WEEK, 5), at=LATE) == "provisional"
    assert state_of(town, shift_week(WEEK, 4), at=LATE) == "final"


def test_a_type_that_was_never_reported_goes_by_all_sources(small_town: SmallTown) -> None:
    deliver(small_town, TYPE, "bvh", range(-12, 15))
    found = delivered(small_town.workspace, at=LATE)
    assert found.opened[BIKES] == found.opened[TYPE]
    assert found.lacks(WEEK) == ""


def test_without_reports_nothing_can_be_scored(small_town: SmallTown) -> None:
    found = delivered(small_town.workspace, at=after("2026-W01"))
    assert found.lacks(WEEK) == "Er zijn nog geen meldingen."
    assert not found.known_in(WEEK)
