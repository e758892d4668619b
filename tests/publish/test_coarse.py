# SPDX-License-Identifier: EUPL-1.2
"""Somebody who sees the coarse map asks whatever he likes, and never learns a count under five."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.attacker import Told, pinned
from publish.towns import QUARTER, TYPES, areas_of, reports_of
from stip.publish import BASE, State
from stip.publish.coarse import coarse_units, rows_of_units
from stip.publish.periods import Quarter
from stip.space import week_numbers
from stip.store import INCIDENT, conform

ZONE = "Europe/Amsterdam"
_SMALL = 5
_WEEKS = 4


def drawn(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the true counts of every unit of a town, and its units as a coarse reader may see them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 4))
    areas = areas_of(n)
    counts = {name: (rng.poisson(rng.gamma(1.0, 2, n)) * _WEEKS).tolist() for name in TYPES}
    reports = reports_of(counts, rng)
    begin = pd.Timestamp(QUARTER.begins_at(ZONE)).tz_convert("UTC")
    week = pd.to_timedelta(7 * rng.integers(1, 1 + _WEEKS, len(reports)), unit="D")
    reports["from_at"] = reports["to_at"] = (begin + week + pd.Timedelta(hours=40)).astype("datetime64[us, UTC]")
    states = pd.Series(str(State.PUBLISHED), index=areas.frame["area_code"])
    told = coarse_units(reports, areas, states, time_zone=ZONE, secret=rng.bytes(32))
    place = (reports["x_m"] // 1000).astype(int)
    reports["area_code"] = areas.frame["area_code"].to_numpy()[place]
    named = reports.assign(week=week_numbers(reports["from_at"], ZONE))
    every = pd.MultiIndex.from_product(
        [areas.frame["area_code"], sorted(named["week"].unique()), TYPES], names=["area_code", "week", "crime_type"]
    )
    true = named.groupby(["area_code", "week", "crime_type"]).size().reindex(every, fill_value=0)
    figure = told.set_index(["area_code", "week", "crime_type"])["figure"].reindex(every, fill_value=0)
    return true.rename("count").reset_index(), figure.rename("figure").reset_index()


@given(seed=st.integers(0, 10_000), data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_choice_of_areas_weeks_and_types_pins_a_small_count(seed: int, data: st.DataObject) -> None:
    true, figures = drawn(seed)
    if true.empty:
        return
    n = len(true)
    rounded_answers, exact_answers = [], []
    for _ in range(12):
        chosen = np.ones(n, bool)
        for column in ("area_code", "week", "crime_type"):
            values = sorted(true[column].unique(), key=str)
            asked = data.draw(st.sets(st.sampled_from(values), min_size=1))
            chosen &= true[column].isin(asked).to_numpy()
        parts = tuple(np.flatnonzero(chosen).tolist())
        answer, exact = int(figures["figure"][chosen].sum()), int(true["count"][chosen].sum())
        assert answer % BASE == 0
        slack = (BASE - 1) * len(parts)  # all that the reader knows of a sum of rounded counts
        rounded_answers.append(Told(parts, max(answer - slack, 0), answer + slack))
        exact_answers.append(Told(parts, exact, exact))
    # He also reads every unit apart: the finest that any page, list, file or API can be asked for.
    units = [
        Told((part,), max(figure - BASE + 1, 0), figure + BASE - 1)
        for part, figure in enumerate(figures["figure"].tolist())
    ]
    found = pinned(n, [*units, *rounded_answers])
    assert {part: count for part, count in found.items() if count < _SMALL} == {}
    without = pinned(n, exact_answers + [Told((part,), count, count) for part, count in enumerate(true["count"])])
    assert {part: true["count"][part] for part in without} == without
    assert (true["count"] < _SMALL).sum() <= sum(count < _SMALL for count in without.values())


def test_overlapping_exact_answers_alone_give_a_small_count_away() -> None:
    assert pinned(2, [Told((0, 1), 9, 9), Told((1,), 7, 7)]) == {0: 2, 1: 7}
    assert pinned(2, [Told((0, 1), 2, 18), Told((1,), 1, 9), Told((0,), 1, 9)]) == {}
    assert pinned(1, [Told((0,), 0, inf)]) == {}


def test_a_report_that_comes_later_meets_the_same_draw() -> None:
    rng = np.random.default_rng(5)
    areas = areas_of(1)
    states = pd.Series(str(State.PUBLISHED), index=areas.frame["area_code"])
    reports = reports_of({TYPES[0]: [23], TYPES[1]: [0]}, rng)
    reports["from_at"] = reports["to_at"] = reports["from_at"].iloc[0]
    secret = rng.bytes(32)
    seen = []
    for many in range(24):
        told = coarse_units(reports.iloc[:many], areas, states, time_zone=ZONE, secret=secret)
        seen.append(int(told["figure"].sum()))
    assert seen == sorted(seen)  # never back: one draw, one step in every five
    steps = np.flatnonzero(np.diff(seen))
    assert set(np.diff(steps)) == {BASE}


def test_a_neighbourhood_with_few_dwellings_or_an_unknown_number_is_nowhere() -> None:
    rng = np.random.default_rng(6)
    areas = areas_of(3)
    codes = areas.frame["area_code"].to_list()
    states = pd.Series([State.FEW_DWELLINGS, State.UNKNOWN_DWELLINGS, State.PUBLISHED], index=codes).astype(str)
    reports = reports_of({TYPES[0]: [400, 400, 400], TYPES[1]: [0, 0, 0]}, rng)
    told = coarse_units(reports, areas, states, time_zone=ZONE, secret=rng.bytes(32))
    assert set(told["area_code"]) == set(codes[2:])


def test_rows_keep_the_contract_and_tell_the_week_only() -> None:
    rng = np.random.default_rng(7)
    areas = areas_of(2)
    states = pd.Series(str(State.PUBLISHED), index=areas.frame["area_code"])
    reports = reports_of({TYPES[0]: [200, 90], TYPES[1]: [5, 0]}, rng)
    told = coarse_units(reports, areas, states, time_zone=ZONE, secret=rng.bytes(32))
    rows = rows_of_units(told, areas, time_zone=ZONE)
    conform(rows, INCIDENT)
    assert len(rows) == told["figure"].sum()
    local = rows["from_at"].dt.tz_convert(ZONE)
    assert (local.dt.day_of_week == 0).all()
    assert (local.dt.hour == 0).all()
    assert ((rows["to_at"] - rows["from_at"]) == pd.Timedelta(days=7)).all()
    assert rows[["x_m", "y_m"]].drop_duplicates().shape[0] == rows["area_code"].nunique()
    assert not set(rows["incident_id"]) & set(reports["incident_id"])
    assert rows_of_units(told.iloc[:0], areas, time_zone=ZONE).empty
    assert Quarter.of(local.iloc[0].date()) in (QUARTER, Quarter(2026, 1))
