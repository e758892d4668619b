# SPDX-License-Identifier: EUPL-1.2
"""What happened agrees with what was to be expected, and near repeats are really there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree
from scipy.stats import chi2

from stip.samples import SampleTown, true_incidents, true_intensity
from stip.samples.risk import TYPES


@pytest.fixture(scope="module")
def incidents(full: SampleTown) -> pd.DataFrame:
    return true_incidents(full.folder)


@pytest.fixture(scope="module")
def beside(full: SampleTown, incidents: pd.DataFrame) -> pd.DataFrame:
    """Give the intensity with the count of each cell and week beside it."""
    truth = true_intensity(full.folder)
    truth["week"] = truth["week"].astype(str)
    keys = ["crime_type", "week", "cell"]
    counts = incidents.groupby(keys).size().rename("count").reset_index()
    return truth.merge(counts, on=keys, how="left").fillna({"count": 0})


@pytest.mark.parametrize("crime_type", TYPES)
def test_counts_agree_with_the_intensity(beside: pd.DataFrame, crime_type: str) -> None:
    mine = beside[beside["crime_type"] == crime_type].sort_values("expected")
    share = mine["expected"].cumsum() / mine["expected"].sum()
    group = np.minimum((share * 20).astype(int), 19)  # twenty groups that should hold as many each
    sums = mine.groupby(group)[["expected", "count"]].sum()
    statistic = ((sums["count"] - sums["expected"]) ** 2 / sums["expected"]).sum()
    # Near repeats within the week spread counts a little more than Poisson does.
    assert chi2.ppf(0.001, 20) < statistic < 1.2 * chi2.ppf(0.999, 20)


@pytest.mark.parametrize("crime_type", TYPES)
def test_counts_spread_as_they_should(beside: pd.DataFrame, crime_type: str) -> None:
    mine = beside[(beside["crime_type"] == crime_type)]
    dispersion = ((mine["count"] - mine["expected"]) ** 2).sum() / mine["expected"].sum()
    assert 0.93 < dispersion < 1.18
    assert mine.loc[mine["expected"] == 0, "count"].sum() == 0


@pytest.mark.parametrize("crime_type", TYPES)
def test_weeks_agree_with_the_intensity(beside: pd.DataFrame, crime_type: str) -> None:
    weeks = beside[beside["crime_type"] == crime_type].groupby("week")[["expected", "count"]].sum()
    z = (weeks["count"] - weeks["expected"]) / np.sqrt(weeks["expected"])
    assert abs(z.mean()) < 4 / np.sqrt(len(weeks))
    assert 0.75 < z.std() < 1.3


def test_volumes_are_those_of_a_town_of_75_000(incidents: pd.DataFrame) -> None:
    per_week = incidents[~incidents["future"]].groupby("crime_type").size() / 156
    assert 6 < per_week["home_burglary"] < 8
    assert 12 < per_week["theft_from_vehicle"] < 16
    assert 17 < per_week["bicycle_theft"] < 23
    assert 22 < per_week["vandalism"] < 28


def knox(xy: np.ndarray, days: np.ndarray, rng: np.random.Generator) -> tuple[int, list[int]]:
    near = cKDTree(xy).query_pairs(200, output_type="ndarray")

    def soon(moments: np.ndarray) -> int:
        return int((np.abs(moments[near[:, 0]] - moments[near[:, 1]]) <= 14).sum())

    return soon(days), [soon(rng.permutation(days)) for _ in range(99)]


@pytest.mark.parametrize("crime_type", ["home_burglary", "theft_from_vehicle"])
def test_near_repeats_are_really_there(incidents: pd.DataFrame, crime_type: str) -> None:
    mine = incidents[incidents["crime_type"] == crime_type]
    # Permute within half-years, so that season and drift cannot pose as near repeats.
    half = (mine["occurred_at"].dt.year * 2 + (mine["occurred_at"].dt.month > 6)).to_numpy()
    days = ((mine["occurred_at"] - mine["occurred_at"].min()).dt.total_seconds() / 86_400).to_numpy()
    rng = np.random.default_rng(11)
    seen, shuffled = 0, np.zeros(99)
    for each in np.unique(half):
        pick = half == each
        real, random = knox(mine.loc[pick, ["x_m", "y_m"]].to_numpy(), days[pick], rng)
        seen += real
        shuffled += np.array(random)
    assert seen > 1.3 * shuffled.max()


def test_only_two_types_repeat(incidents: pd.DataFrame) -> None:
    share = incidents.groupby("crime_type")["near_repeat"].mean()
    assert 0.2 < share["home_burglary"] < 0.36
    assert 0.15 < share["theft_from_vehicle"] < 0.3
    assert share["bicycle_theft"] == share["vandalism"] == 0


def test_bicycles_go_in_summer_and_burglars_come_in_the_dark(incidents: pd.DataFrame) -> None:
    month = incidents["occurred_at"].dt.month
    counts = pd.crosstab(month, incidents["crime_type"])
    summer, winter = counts.loc[[6, 7, 8]].sum(), counts.loc[[12, 1, 2]].sum()
    assert summer["bicycle_theft"] > 1.4 * winter["bicycle_theft"]
    assert winter["home_burglary"] > 1.2 * summer["home_burglary"]


def test_the_future_is_kept_apart(incidents: pd.DataFrame) -> None:
    assert sorted(incidents.loc[incidents["future"], "week"].unique()) == [f"2026-W{week}" for week in range(37, 41)]
    assert incidents.loc[~incidents["future"], "week"].nunique() == 156
    assert incidents["week"].min() == "2023-W37"


def test_the_week_is_the_local_week_of_the_moment(incidents: pd.DataFrame) -> None:
    local = incidents["occurred_at"].dt.tz_convert("Europe/Amsterdam").dt.isocalendar()
    weeks = local["year"].astype(str) + "-W" + local["week"].astype(str).str.zfill(2)
    assert (weeks == incidents["week"]).all()
