# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from stip.samples.cells import GRID, describe_cells, study_cells
from stip.samples.geography import Geography
from stip.samples.risk import TYPES, Background, context_rates, draw_background
from stip.space import week_number, week_texts

PER_WEEK = (7.0, 14.0, 20.0, 25.0)
FIRST = week_number("2023-W37")


@pytest.fixture(scope="module")
def background(geography: Geography) -> Background:
    cells = study_cells(geography)
    everywhere = np.ones((len(TYPES), len(cells)), dtype=bool)
    everywhere[0, :100] = False
    context = describe_cells(geography, cells)
    return draw_background(context, everywhere, GRID, np.arange(FIRST, FIRST + 156), PER_WEEK, seed=1)


def test_the_town_has_as_many_incidents_as_asked(background: Background) -> None:
    for kind, wanted in enumerate(PER_WEEK):
        assert background.rate(kind).sum(axis=1).mean() == pytest.approx(wanted)


def test_nothing_happens_where_nothing_can(background: Background) -> None:
    assert (background.base[0, :100] == 0).all()
    assert (background.base >= 0).all()
    assert (background.frailty > 0).all()


def test_each_type_has_its_season(background: Background) -> None:
    month = np.array([int(week[-2:]) // 4.34 for week in week_texts(np.arange(FIRST, FIRST + 156))])
    winter, summer = np.isin(month, [11, 0, 1]), np.isin(month, [5, 6, 7])
    ratio = background.season[:, summer].mean(axis=1) / background.season[:, winter].mean(axis=1)
    assert ratio[TYPES.index("bicycle_theft")] > 1.5
    assert ratio[TYPES.index("home_burglary")] < 0.75
    assert ratio[TYPES.index("theft_from_vehicle")] < 1


def test_the_turn_of_the_year_is_loud(background: Background) -> None:
    weeks = week_texts(np.arange(FIRST, FIRST + 156))
    season = background.season[TYPES.index("vandalism")]
    last = [at for at, week in enumerate(weeks) if week.endswith("W52")]
    assert all(season[at] > 1.3 * season[at - 6] for at in last)


def test_frailty_drifts_over_months_and_not_over_weeks(background: Background) -> None:
    log = np.log(background.frailty[3])
    log -= log.mean(axis=0)

    def agreement(weeks: int) -> float:
        return float(np.corrcoef(log[:-weeks].ravel(), log[weeks:].ravel())[0, 1])

    assert agreement(1) > 0.93
    assert agreement(8) > 0.6
    assert agreement(78) < 0.3


def test_neighbours_share_their_frailty(geography: Geography, background: Background) -> None:
    cells = study_cells(geography)
    east = {cell: at for at, cell in enumerate(cells)}
    pairs = np.array([(at, east[cell + (1 << 32)]) for at, cell in enumerate(cells) if cell + (1 << 32) in east])
    log = np.log(background.frailty[1, 80])
    near = np.corrcoef(log[pairs[:, 0]], log[pairs[:, 1]])[0, 1]
    shuffled = np.corrcoef(log[pairs[:, 0]], np.random.default_rng(1).permutation(log[pairs[:, 1]]))[0, 1]
    assert near > 0.35 > abs(shuffled)


def test_some_places_cool_down_and_some_heat_up(background: Background) -> None:
    for kind in range(len(TYPES)):
        change = np.log(background.frailty[kind, -13:].mean(axis=0) / background.frailty[kind, :13].mean(axis=0))
        assert (change < -1).sum() > 10
        assert (change > 1).sum() > 10


def test_context_draws_as_it_should(geography: Geography) -> None:
    cells = describe_cells(geography, study_cells(geography))
    darker = cells.assign(dark=1.0)
    lit = cells.assign(dark=0.0)
    ratio = context_rates(darker).sum(axis=1) / context_rates(lit).sum(axis=1)
    assert ratio[0] > 2
    assert ratio[1] > 2
    assert ratio[2] == ratio[3] == 1
    no_homes = (cells[["row", "flat", "detached"]] == 0).all(axis=1).to_numpy()
    assert (context_rates(cells)[0, no_homes] == 0).all()
