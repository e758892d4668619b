# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from outlook.conftest import town_area
from stip.outlook.area import StudyArea
from stip.outlook.excited import Events, Excitation, fit_excitation
from stip.outlook.excited_loops import credit

CHILDREN, FADE, WIDTH_M = 0.4, 0.7, 70.0


def drawn(
    area: StudyArea, background: np.ndarray, *, weeks: int, children: float = CHILDREN, seed: int = 0
) -> Events:
    """Draw the process by generations: those of the background, their children, theirs, and so on."""
    draw = np.random.default_rng(seed)
    cell_m = area.grid.cell_m
    column, row = area.column_row
    index = np.full(area.shape, -1)
    index[column, row] = np.arange(len(area))
    cell = np.repeat(np.arange(len(area)), draw.poisson(background * weeks))
    x, y = (column[cell] + draw.random(len(cell))) * cell_m, (row[cell] + draw.random(len(cell))) * cell_m
    week = draw.integers(0, weeks, len(cell))
    generations = []
    while len(x):
        generations.append((x, y, week))
        number = draw.poisson(children, len(x))
        x, y, week = (np.repeat(values, number) for values in (x, y, week))
        x, y = x + draw.normal(0, WIDTH_M, len(x)), y + draw.normal(0, WIDTH_M, len(y))
        week = week + draw.geometric(1 - FADE, len(week))
        here = (week < weeks) & (x >= 0) & (y >= 0) & (x < area.shape[0] * cell_m) & (y < area.shape[1] * cell_m)
        x, y, week = x[here], y[here], week[here]
    x, y, week = (np.concatenate(values) for values in zip(*generations, strict=True))
    order = np.argsort(week, kind="stable")
    x, y, week = x[order], y[order], week[order]
    return Events(
        cell_index=index[(x // cell_m).astype(int), (y // cell_m).astype(int)].astype(np.int32),
        east_m=(x % cell_m).astype(np.float32),
        north_m=(y % cell_m).astype(np.float32),
        weight=np.ones(len(x)),
        starts=np.searchsorted(week, np.arange(weeks + 1)),
        share_known=np.ones(weeks),
    )


@pytest.fixture(scope="module")
def side() -> StudyArea:
    return town_area(36)


def lumpy(area: StudyArea, per_week: float = 26.0) -> np.ndarray:
    share = np.random.default_rng(5).gamma(0.3, 1.0, len(area))
    return share * per_week / share.sum()


@pytest.mark.parametrize("kind", ["even", "lumpy"])
def test_it_finds_the_parameters_that_made_the_incidents(side: StudyArea, kind: str) -> None:
    background = lumpy(side) if kind == "lumpy" else np.full(len(side), 26 / len(side))
    found = fit_excitation(drawn(side, background, weeks=260), side)
    assert found.children == pytest.approx(CHILDREN, abs=0.08)
    assert found.fade == pytest.approx(FADE, abs=0.06)
    assert found.width_m == pytest.approx(WIDTH_M, rel=0.2)
    assert found.background.sum() == pytest.approx(26, rel=0.12)
    if kind == "lumpy":
        assert np.corrcoef(found.background, background)[0, 1] > 0.9


def test_without_excitation_little_is_found(side: StudyArea) -> None:
    found = fit_excitation(drawn(side, lumpy(side), weeks=260, children=0.0), side)
    assert found.children < 0.06


def test_where_it_begins_hardly_matters(side: StudyArea) -> None:
    events = drawn(side, lumpy(side), weeks=200)
    one = fit_excitation(events, side)
    two = fit_excitation(events, side, Excitation(0.7, 0.9, 200.0, one.background))
    assert two.children == pytest.approx(one.children, abs=0.02)
    assert two.half_life_weeks == pytest.approx(one.half_life_weeks, rel=0.1)
    assert two.width_m == pytest.approx(one.width_m, rel=0.05)


def test_weeks_that_are_half_known_do_not_lower_the_background(side: StudyArea) -> None:
    events = drawn(side, lumpy(side), weeks=200)
    week = np.repeat(np.arange(200), np.diff(events.starts))
    share_known = np.where(np.arange(200) < 100, 1.0, 0.5)
    kept = np.random.default_rng(1).random(len(week)) < share_known[week]
    half = replace(
        events,
        **{name: getattr(events, name)[kept] for name in ("cell_index", "east_m", "north_m", "weight")},
        starts=np.searchsorted(week[kept], np.arange(201)),
        share_known=share_known,
    )
    found = fit_excitation(half, side)
    long_run = found.background.sum() / (1 - found.children)
    assert long_run == pytest.approx(len(week) / 200, rel=0.1)


def test_nothing_gives_next_to_nothing(side: StudyArea) -> None:
    none = np.empty(0)
    found = fit_excitation(
        Events(none.astype(np.int32), none, none, none, np.zeros(11, dtype=np.int64), np.ones(10)), side
    )
    assert found.children == 0
    assert (found.background > 0).all() and found.background.sum() < 1e-3


def test_credit_is_that_of_adding_up_pair_by_pair() -> None:
    area = town_area(6)
    events = drawn(area, np.full(36, 0.2), weeks=12, seed=3)
    rim, cell_m, n = 8, 125.0, len(events.weight)
    column, row = (along.astype(np.int64) + rim for along in area.column_row)
    inside = np.zeros((22, 22), dtype=np.bool_)
    inside[column, row] = True
    background = np.where(inside, 0.15, 0.0)
    week = np.repeat(np.arange(12), np.diff(events.starts))
    own = np.ones(n)
    found = credit(
        column[events.cell_index],
        row[events.cell_index],
        events.east_m.astype(float),
        events.north_m.astype(float),
        events.weight,
        events.starts,
        events.share_known,
        inside,
        background,
        np.zeros_like(background),
        CHILDREN,
        FADE,
        cell_m,
        WIDTH_M,
        3,
        own,
    )
    edges = np.arange(7) * cell_m
    mass = []
    for place, east, north in zip(events.cell_index, events.east_m, events.north_m, strict=True):
        x, y = (column[place] - rim) * cell_m + east, (row[place] - rim) * cell_m + north
        raster = np.outer(*(np.diff(ndtr((edges - at) / WIDTH_M)) for at in (x, y)))
        mass.append((raster / raster.sum()).ravel())
    earlier = week[None, :] < week[:, None]
    lag = week[:, None] - week[None, :]
    raised = np.where(earlier, CHILDREN * (1 - FADE) * FADE ** (lag - 1.0), 0.0)
    where = (column - rim) * 6 + row - rim
    raised *= np.array(mass)[:, where[events.cell_index]].T
    part = raised / (0.15 + raised.sum(axis=1, keepdims=True))
    assert found[0] == pytest.approx(part.sum(), rel=2e-3)
    assert found[1] == pytest.approx((part * lag).sum(), rel=2e-3)
    assert own == pytest.approx(1 - part.sum(axis=1), rel=2e-3)
    felt = (1 - FADE ** (11 - week)).sum()
    assert found[3] == pytest.approx(felt)
