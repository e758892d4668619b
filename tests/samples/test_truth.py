# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from stip.samples import SampleTown, oracle_scores, true_incidents, true_intensity
from stip.samples.risk import TYPES

LAST_YEAR = tuple(f"2025-W{week}" for week in range(37, 53)) + tuple(f"2026-W{week:02d}" for week in range(1, 37))


@pytest.fixture(scope="module")
def truth(full: SampleTown) -> pd.DataFrame:
    return true_intensity(full.folder)


@pytest.fixture(scope="module")
def scores(full: SampleTown) -> pd.DataFrame:
    return oracle_scores(full.folder, weeks=LAST_YEAR)


def test_the_intensity_is_of_every_cell_week_and_type(truth: pd.DataFrame) -> None:
    assert list(truth.columns) == ["cell", "week", "crime_type", "expected"]
    cells, weeks = truth["cell"].nunique(), truth["week"].nunique()
    assert 2_500 <= cells <= 3_100
    assert weeks == 160
    assert len(truth) == cells * weeks * len(TYPES)
    assert not truth.duplicated(["cell", "week", "crime_type"]).any()
    assert (truth["expected"] >= 0).all()


def test_the_parts_make_the_whole(full: SampleTown) -> None:
    parts = pq.read_table(full.truth).to_pandas()
    whole = parts["base"] * parts["season"] * parts["frailty"] + parts["near_repeat"]
    assert np.allclose(whole, parts["expected"], rtol=1e-5, atol=1e-8)
    repeats = parts.groupby("crime_type", observed=True)["near_repeat"].sum()
    assert (repeats[["bicycle_theft", "vandalism"]] == 0).all()
    assert (repeats[["home_burglary", "theft_from_vehicle"]] > 100).all()


def test_incidents_carry_their_own_cell(full: SampleTown, truth: pd.DataFrame) -> None:
    incidents = true_incidents(full.folder)
    assert incidents["cell"].isin(truth["cell"].unique()).all()
    assert incidents["number"].is_unique
    assert str(incidents["occurred_at"].dtype) == "datetime64[us, UTC]" or incidents["occurred_at"].dt.tz is not None


def test_hits_add_up(scores: pd.DataFrame) -> None:
    assert (scores["hits"] <= scores["best_hits"]).all()
    assert (scores["best_hits"] <= scores["total"]).all()
    by_share = scores.pivot(index=["crime_type", "week"], columns="area_share", values="hits")
    assert (by_share.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_the_whole_area_holds_everything(full: SampleTown) -> None:
    whole = oracle_scores(full.folder, area_shares=[1.0], weeks=["2026-W20"])
    assert (whole["hits"] == whole["total"]).all()
    assert len(whole) == len(TYPES)


def test_the_oracle_hits_what_it_expects_to_hit(truth: pd.DataFrame, scores: pd.DataFrame) -> None:
    """Over a year the hits in the marked cells are as many as their intensity says: the oracle is calibrated."""
    marked = round(0.03 * truth["cell"].nunique())
    year = truth[truth["week"].isin(LAST_YEAR)]
    best = year.groupby(["crime_type", "week"], observed=True)["expected"].nlargest(marked)
    expected = best.groupby(level=0, observed=True).sum()
    hits = scores[scores["area_share"] == 0.03].groupby("crime_type")["hits"].sum()
    assert (np.abs(hits - expected[hits.index]) < 4 * np.sqrt(expected[hits.index])).all()


def test_knowing_the_past_by_heart_does_not_beat_the_oracle(full: SampleTown, scores: pd.DataFrame) -> None:
    incidents = true_incidents(full.folder)
    marked = round(0.03 * true_intensity(full.folder)["cell"].nunique())
    hits = scores[scores["area_share"] == 0.03].groupby("crime_type")["hits"].sum()
    for crime_type in TYPES:
        mine = incidents[incidents["crime_type"] == crime_type]
        before = mine.loc[mine["week"] < LAST_YEAR[0], "cell"].value_counts().index[:marked]
        year = mine[mine["week"].isin(LAST_YEAR)]
        assert year["cell"].isin(before).sum() < hits[crime_type]


def test_where_the_police_put_it_is_a_little_harder(full: SampleTown, scores: pd.DataFrame) -> None:
    recorded = oracle_scores(full.folder, weeks=LAST_YEAR, place="recorded")
    difference = scores["hits"].sum() - recorded["hits"].sum()
    assert 0 <= difference < 0.03 * scores["hits"].sum()
    assert (recorded["total"] == scores["total"]).all()
