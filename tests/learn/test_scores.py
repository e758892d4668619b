# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.learn import Choice, Scored, Stream, score_rows
from stip.store import SCORE, conform

SCORED = Scored("r", "2026-W37", pd.Timestamp("2026-09-06T22:00", tz="UTC"), "final")
N = 40
FIGURES = st.lists(st.floats(0.001, 5), min_size=N, max_size=N)
CELLS = st.lists(st.integers(0, N + 5), min_size=1, max_size=12, unique=True)


def outlook_of(expected: list[float], baseline: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"cell": np.arange(N), "crime_type": "home_burglary", "expected": expected, "baseline": baseline}
    )


def came_of(counts: dict[int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"cell": list(counts), "week": "2026-W37", "crime_type": "home_burglary", "count": list(counts.values())}
    )


@settings(max_examples=40)
@given(
    FIGURES,
    FIGURES,
    st.dictionaries(st.integers(0, N + 5), st.floats(0.05, 4), max_size=15),
    st.lists(
        st.tuples(st.sampled_from([Stream.PLAN, Stream.PERSON, Stream.RANDOM, Stream.DOUBTED]), CELLS), max_size=4
    ),
    st.floats(0.01, 0.5),
)
def test_every_row_is_a_possible_score(
    expected: list[float],
    baseline: list[float],
    counts: dict[int, float],
    chosen: list[tuple[Stream, list[int]]],
    area_share: float,
) -> None:
    choices = [Choice(stream, tuple(sorted(cells))) for stream, cells in chosen]
    rows = score_rows(outlook_of(expected, baseline), came_of(counts), choices, SCORED, area_share=area_share)
    conform(rows, SCORE)
    inside = sum(count for cell, count in counts.items() if cell < N)
    assert rows["total"].to_numpy() == pytest.approx(inside)
    assert (rows["hits"] <= rows["best_hits"] + 1e-9).all()
    assert (rows["best_hits"] <= rows["total"] + 1e-9).all()
    for stream in {stream for stream, cells in chosen if min(cells) < N}:
        named = {cell for chosen_by, cells in chosen if chosen_by is stream for cell in cells if cell < N}
        row = rows[rows["model"] == stream].iloc[0]
        assert row["hits"] == pytest.approx(sum(counts.get(cell, 0) for cell in named))
        assert row["area_share"] == len(named) / N
        for beside in (Stream.OUTLOOK, Stream.BASELINE):
            assert ((rows["model"] == beside) & (rows["area_share"] == row["area_share"])).sum() == 1


def test_places_outside_the_area_are_no_row() -> None:
    choices = [Choice(Stream.PERSON, (N + 1, N + 2))]
    rows = score_rows(outlook_of([1.0] * N, [1.0] * N), came_of({0: 1.0}), choices, SCORED, area_share=0.03)
    assert set(rows["model"]) == {"outlook", "baseline"}


def test_the_tables_that_go_in_stay_as_they_were() -> None:
    outlook, came = outlook_of([1.0] * N, [2.0] * N), came_of({0: 1.0})
    before = outlook.copy(deep=True), came.copy(deep=True)
    score_rows(outlook, came, [Choice(Stream.PLAN, (0,))], SCORED, area_share=0.03)
    pd.testing.assert_frame_equal(outlook, before[0])
    pd.testing.assert_frame_equal(came, before[1])
