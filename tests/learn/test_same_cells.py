# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.learn import Choice, Kind, Scored, Stream, side_by_side
from stip.space import Grid
from stip.store import BESIDE, conform

COLUMN, ROW = np.divmod(np.arange(200), 10)
CELLS = Grid.cell_from(COLUMN + 1000, ROW + 3600)
SCORED = Scored("r", "2026-W37", pd.Timestamp("2026-09-06T22:00", tz="UTC"), "final")


def outlook(**tops: list[int]) -> pd.DataFrame:
    """Expect two in these cells of a type and next to nothing elsewhere; the baseline likes cells 100, 101 …."""
    frames = []
    for crime_type, cells in tops.items():
        expected, baseline = np.full(200, 0.01), np.full(200, 0.01)
        expected[cells] = 2.0
        baseline[100:106] = 1.0
        frames.append(
            pd.DataFrame({"cell": CELLS, "crime_type": crime_type, "expected": expected, "baseline": baseline})
        )
    return pd.concat(frames, ignore_index=True)


def came(*places: int, crime_type: str = "theft") -> pd.DataFrame:
    cells = [int(CELLS[place]) if place < 200 else 12345 for place in places]
    return pd.DataFrame({"cell": cells, "week": "2026-W37", "crime_type": crime_type, "count": 1.0})


def cells(*places: int) -> tuple[int, ...]:
    return tuple(int(CELLS[place]) for place in places)


def row(found: pd.DataFrame, kind: Kind, team: str = "") -> pd.Series:
    chosen = found[(found["kind"] == str(kind)) & (found["team"] == team)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_each_side_has_as_many_places_of_the_same_size() -> None:
    choices = [Choice(Stream.PERSON, cells(50, 51, 52)), Choice(Stream.BETTER, cells(70))]
    found = side_by_side(
        outlook(theft=[10, 11, 12, 30]), came(50, 70, 10, 11, 30, 100, 101, 102, 103, 104, 105), choices, SCORED
    )
    conform(found, BESIDE)
    both = row(found, Kind.PEOPLE)
    assert both[["judgements", "cells", "total"]].tolist() == [2, 4, 11.0]
    assert both[["people", "outlook", "baseline"]].tolist() == [2.0, 3.0, 4.0]
    assert row(found, Kind.OWN)[["cells", "people", "baseline"]].tolist() == [3, 1.0, 3.0]
    assert row(found, Kind.BETTER)["people"] == 1.0


def test_the_outlook_gets_one_list_of_all_types_and_not_one_for_each() -> None:
    """With a list a type it would have the cells of people many times over, and catch both."""
    two_types = outlook(theft=[10, 11], burglary=[20, 21, 22])
    two_types.loc[(two_types["crime_type"] == "burglary") & (two_types["expected"] > 1), "expected"] = 5.0
    happened = pd.concat([came(10, 10, 50), came(20, 21, 22, crime_type="burglary")], ignore_index=True)
    found = row(side_by_side(two_types, happened, [Choice(Stream.PERSON, cells(50, 51))], SCORED), Kind.OWN)
    assert found[["people", "outlook", "total"]].tolist() == [1.0, 2.0, 6.0]


def test_teams_stand_apart_and_together() -> None:
    choices = [
        Choice(Stream.PERSON, cells(50), team="noord"),
        Choice(Stream.PERSON, cells(60), team="zuid"),
        Choice(Stream.PERSON, cells(70)),
    ]
    found = side_by_side(outlook(theft=[10]), came(50, 60, 70), choices, SCORED)
    assert [row(found, Kind.OWN, team)["people"] for team in ("", "noord", "zuid")] == [3.0, 1.0, 1.0]


def test_a_dropped_place_stands_beside_cells_that_were_as_high() -> None:
    expected = outlook(theft=[10, 20, 30, 40, 50])
    found = row(
        side_by_side(expected, came(10, 20, 30, 40, 50, 50), [Choice(Stream.DOUBTED, cells(10))], SCORED),
        Kind.DROPPED,
    )
    assert found["outlook"] == 1.0
    assert found["people"] == pytest.approx(1.0)  # the two cells next in order held one each
    assert pd.isna(found["baseline"])


def test_an_outlook_that_is_too_high_there_wins_nothing_for_who_drops() -> None:
    """Cells and their neighbours in order both held half of what was expected."""
    steps = np.linspace(4, 0.1, 200)
    frame = pd.DataFrame({"cell": CELLS, "crime_type": "theft", "expected": steps, "baseline": steps})
    half = pd.DataFrame({"cell": CELLS, "week": "2026-W37", "crime_type": "theft", "count": steps / 2})
    found = row(side_by_side(frame, half, [Choice(Stream.DOUBTED, cells(0, 5, 90))], SCORED), Kind.DROPPED)
    assert found["people"] == pytest.approx(found["outlook"])


def test_doubt_about_one_type_is_about_that_type() -> None:
    expected = outlook(theft=[10, 20, 30], burglary=[10, 20, 30])
    happened = pd.concat([came(10, 20), came(10, 10, 10, crime_type="burglary")], ignore_index=True)
    choices = [Choice(Stream.DOUBTED, cells(10), "theft")]
    assert row(side_by_side(expected, happened, choices, SCORED), Kind.DROPPED)["outlook"] == 1.0


def test_what_nobody_judged_has_no_row_and_what_lies_outside_does_not_count() -> None:
    assert side_by_side(outlook(theft=[10]), came(10), [], SCORED).empty
    found = side_by_side(outlook(theft=[10]), came(50, 999), [Choice(Stream.PERSON, cells(50))], SCORED)
    assert row(found, Kind.PEOPLE)["total"] == 1.0
