# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import History, StudyArea, history_of, make_forecasters
from stip.outlook.blend import Blend
from stip.outlook.book import Book
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)


def filled(history: History, *, drawn_cells: int = 40, weeks: int = 60, seed: int = 3) -> Book:
    book = Book("home_burglary", weeks=weeks, drawn_cells=drawn_cells, seed=seed)
    busy = (1 + np.arange(len(history.area)) % 5).astype(np.float64)
    for week in range(CUTOFF - 70, CUTOFF + 1):
        book.enter(history.as_known(week))
        book.wait(week, lambda cells: cells[:, None].astype(np.float32), busy)
    return book


def test_sums_over_the_sample_are_those_over_all_cells(history: History) -> None:
    cells = np.arange(len(history.area))
    came = history.counts("home_burglary", CUTOFF - 60, CUTOFF)
    sums = []
    for seed in range(40):
        sample = filled(history, seed=seed).sample(history)
        sums.append([(sample.weight * each).sum() for each in (sample.columns[:, 0], sample.came)])
    mean, spread = np.mean(sums, axis=0), np.std(sums, axis=0) / np.sqrt(len(sums))
    assert (abs(mean - (60 * cells.sum(), came.sum())) < 3.5 * spread).all()


def test_as_many_quiet_cells_are_drawn_as_asked_and_all_when_there_are_no_more(history: History) -> None:
    sample = filled(history).sample(history)
    came = history.as_known(CUTOFF).counts("home_burglary", CUTOFF - 1, CUTOFF) > 0
    rows = sample.cell_index[sample.week == CUTOFF - 1]
    assert abs((~came[rows]).sum() - 40) <= 1
    everything = filled(history, drawn_cells=10_000).sample(history)
    assert (everything.weight == 1).all()
    assert len(everything.week) == 60 * len(history.area)


def test_a_busy_cell_is_drawn_more_often_and_then_counts_for_less(history: History) -> None:
    sample = filled(history).sample(history)
    drawn = sample.weight > 1
    kind = sample.cell_index[drawn] % 5
    often = np.bincount(kind, minlength=5)
    assert often[4] > 3 * often[0]
    assert sample.weight[drawn][kind == 0].mean() == pytest.approx(
        5 * sample.weight[drawn][kind == 4].mean(), rel=0.02
    )


def test_only_the_last_weeks_are_kept(history: History) -> None:
    book = filled(history, weeks=20)
    assert len(book) == 20
    assert book.sample(history).week.min() == CUTOFF - 20


def test_labels_are_what_is_known_at_the_cutoff_not_later(history: History) -> None:
    book = filled(history)
    then, now = history.as_known(CUTOFF - 2), history
    assert book.sample(then).came.sum() < book.sample(now).came.sum()
    assert book.sample(now).exposure.min() < 1
    assert book.sample(now).exposure.max() == 1


def test_the_draw_is_the_same_each_time_and_differs_by_week(history: History) -> None:
    one, two = filled(history).sample(history), filled(history).sample(history)
    assert np.array_equal(one.cell_index, two.cell_index)
    weeks = [set(one.cell_index[one.week == week]) for week in (CUTOFF - 5, CUTOFF - 6)]
    assert weeks[0] != weeks[1]


def test_nothing_enters_before_its_week_has_passed(history: History) -> None:
    book = Book("home_burglary", weeks=10, drawn_cells=5, seed=0)
    book.wait(CUTOFF, lambda cells: np.zeros((len(cells), 1), dtype=np.float32), np.ones(len(history.area)))
    book.enter(history)
    assert len(book) == 0


def test_the_outlook_draws_what_it_learns_from_by_how_busy_a_cell_has_been(
    history: History, settings: OutlookSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stip.outlook.blend._FEWEST_DRAWN_CELLS", 40)
    monkeypatch.setattr("stip.outlook.blend._MOST_DRAWN_CELLS", 40)  # of a town that is small
    [blend] = make_forecasters(("blend",), ("home_burglary",), settings)
    for week in range(CUTOFF - 30, CUTOFF + 1):
        blend.observe(history.as_known(week))
    assert isinstance(blend, Blend)
    sample = blend._book.sample(history)
    quiet = sample.weight > 1
    longest = history.counts("home_burglary", 0, CUTOFF - 30)[sample.cell_index[quiet]]
    low, high = np.quantile(longest, [0.25, 0.75])
    assert sample.weight[quiet][longest >= high].mean() < sample.weight[quiet][longest <= low].mean() / 1.5
    n_cells, drawn_cells = len(history.area), blend._book.drawn_cells
    assert sample.weight.max() < 6.5 * n_cells / drawn_cells


def test_the_pace_of_learning_follows_how_much_comes(area: StudyArea, settings: OutlookSettings) -> None:
    quiet = incidents(area, per_week=2, weeks=60, delay_weeks=0)
    busy = incidents(area, per_week=25, weeks=40, delay_weeks=0, seed=2)
    reports = pd.concat([quiet, busy], ignore_index=True)
    known = history_of(reports, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=CUTOFF)
    [blend] = make_forecasters(("blend",), ("home_burglary",), settings)
    assert isinstance(blend, Blend)
    paces = []
    for week in range(CUTOFF - 59, CUTOFF + 1):
        blend.observe(known.as_known(week))
        paces.append(blend._book.drawn_cells)
    assert paces[0] == 300  # the first week of a town tells little
    assert paces[-1] > 600  # 25 a week and more, 35 quiet cells beside each
    assert paces == sorted(paces)


def test_a_large_town_draws_a_part_of_its_cells_up_to_a_bound(
    history: History, settings: OutlookSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    [blend] = make_forecasters(("blend",), ("home_burglary",), settings)
    assert isinstance(blend, Blend)
    blend.observe(history.as_known(CUTOFF - 1))
    drawn = []
    for part in (1 / 20, 500 / len(history.area), 10.0 * 1250 / len(history.area)):
        monkeypatch.setattr("stip.outlook.blend._DRAWN_OF_CELLS", part)
        blend._set_pace(history)
        drawn.append(blend._book.drawn_cells)
    by_incident = drawn[0]
    assert drawn == [by_incident, max(500, by_incident), 1250]
