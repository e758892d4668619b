# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np

from benchmarks.conftest import benchmark
from outlook.conftest import WEEK, ZONE, incidents, town_area
from stip.outlook import history_of
from stip.outlook.etas import events_of
from stip.outlook.excited import BACKGROUND_M, fit_excitation
from stip.space import week_number

etas_width = benchmark("etas_width")


def test_pairs_count_the_same_whatever_their_number() -> None:
    few = {"90": {"hits": 4.0}, "180": {"hits": 8.0}}
    many = {"90": {"hits": 1000.0}, "180": {"hits": 500.0}}
    assert etas_width.best_of({"few": few, "many": many}) == {"90": 0.7071, "180": 0.7071}


def test_the_width_in_use_is_among_those_tried_and_another_one_gives_another_background() -> None:
    assert BACKGROUND_M in etas_width.WIDTHS_M
    area = town_area(12)
    history = history_of(
        incidents(area), area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=week_number(WEEK)
    )
    events = events_of(history, "home_burglary")
    narrow, wide = (fit_excitation(events, area, background_m=width).background for width in (60.0, 500.0))
    assert not np.allclose(narrow, wide)
