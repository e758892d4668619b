# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import History, Memory, StudyArea, history_of
from stip.outlook.columns import MOST_OTHERS, Column, Columns
from stip.space import week_number

CUTOFF = week_number(WEEK)
SCALES = ((4.0, 52.0, float("inf")), (0.0, 90.0, 400.0))
LATER = Column("later", 52.0, 400.0)


@pytest.fixture(scope="module")
def many_types(area: StudyArea) -> History:
    kinds = {"home_burglary": 10, **{f"other_{n}": 2 + n for n in range(10)}}
    reports = [
        incidents(area, crime_type=kind, per_week=each, seed=n) for n, (kind, each) in enumerate(kinds.items())
    ]
    return history_of(
        pd.concat(reports, ignore_index=True), area, crime_types=tuple(kinds), time_zone=ZONE, cutoff_week=CUTOFF
    )


def test_own_scales_come_first_then_the_most_frequent_others_then_the_even_one(many_types: History) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    own = [column for column in columns.of if column.crime_type == "home_burglary" and column.plain]
    assert len(own) == 9
    after = [column for column in columns.of[9:-1] if column.plain]
    assert list(dict.fromkeys(column.crime_type for column in after)) == [f"other_{n}" for n in range(9, 1, -1)]
    assert columns.of[-1].crime_type == ""
    assert min(column.half_life_weeks for column in after) >= 10


def test_a_self_exciting_process_looks_at_drawn_counts_what_came_near_of_late_and_the_even_one(
    many_types: History,
) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    seen = [columns.of[place] for place in columns.excited]
    drawn = [(column.half_life_weeks, column.width_m) for column in seen if column.drawn]
    assert drawn == [(52.0, 400.0), (float("inf"), 400.0)]
    assert [(column.half_life_weeks, column.width_m) for column in seen if column.plain] == [(4.0, 90.0), (0, 0)]
    assert [(column.half_life_weeks, column.width_m) for column in seen if column.repeats] == [(4.0, 90.0)]
    assert {column.crime_type for column in seen} == {"home_burglary", ""}
    assert not any(columns.of[place].drawn for place in columns.added_up)
    assert len(columns.added_up) + len(drawn) == len(columns.of)


def test_repeats_are_as_many_as_came_of_late_and_fall_where_something_can_happen(many_types: History) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    rates = dict(zip(columns.of, columns.rates(many_types).T.astype(float), strict=True))
    there = Column("home_burglary", 4.0, 90.0, repeats=True)
    background = rates[Column("home_burglary", float("inf"), 400.0, drawn=True)]
    own = rates[Column("home_burglary", 4.0, 0.0)]
    assert rates[there].sum() == pytest.approx(own.sum(), rel=1e-4)
    by_hand = many_types.area.spread_towards(own, np.sqrt(background), 90.0)
    assert rates[there] == pytest.approx(by_hand, rel=1e-3, abs=1e-6)
    alike = many_types.area.spread_towards(own, np.ones(len(own)), 90.0)
    busy = background > np.median(background)
    assert rates[there][busy].sum() > 1.01 * alike[busy].sum()


def test_without_a_background_or_a_short_memory_nothing_is_told_of_repeats(many_types: History) -> None:
    for scales in (((16.0, float("inf")), SCALES[1]), (SCALES[0], (90.0, 400.0)), (SCALES[0], (0.0, 400.0))):
        columns = Columns("home_burglary", many_types, Memory(*scales))
        assert not any(column.repeats for column in columns.of)
        assert np.isfinite(columns.rates(many_types)).all()


def test_a_type_that_is_still_to_come_has_a_place_from_the_first_week(history: History) -> None:
    known = replace(history, crime_types=(*history.crime_types, "later"), undelivered=())
    columns = Columns("home_burglary", known, Memory(*SCALES))
    rates = [rate for column, rate in zip(columns.of, columns.rates(known).T, strict=True) if column == LATER]
    assert len(rates) == 1
    assert rates[0] == pytest.approx(np.full(len(known.area), rates[0][0]))  # nothing is known: the same everywhere


def test_a_drawn_count_lies_between_the_cell_and_what_surrounds_it(many_types: History) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    rates = dict(zip(columns.of, columns.rates(many_types).T, strict=True))
    for half in (52.0, float("inf")):
        cell, drawn = (
            Column("home_burglary", half, width, narrow) for width, narrow in ((0.0, False), (400.0, True))
        )
        spread = [float(np.std(rates[column])) for column in (cell, drawn)]
        assert spread[1] < spread[0]
        assert rates[drawn].sum() == pytest.approx(rates[cell].sum(), rel=0.2)


def test_without_the_cell_itself_or_wide_widths_nothing_is_drawn(many_types: History) -> None:
    for widths in ((90.0, 400.0), (0.0, 90.0)):
        columns = Columns("home_burglary", many_types, Memory((4.0, 52.0), widths))
        assert not any(column.drawn for column in columns.of)


def test_each_rate_is_in_incidents_a_week(many_types: History) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    rates = columns.rates(many_types)
    assert (rates >= 0).all()
    totals = dict(zip(columns.of, rates.sum(axis=0), strict=True))
    for column, total in totals.items():
        # Other types are brought to the level of the target.
        assert total == pytest.approx(10, rel=0.5 if column.half_life_weeks < 10 else 0.15)


def test_how_often_another_type_is_reported_changes_no_rate(many_types: History) -> None:
    target = many_types.type_number("home_burglary")
    rest = many_types.type_index != target
    tenfold = replace(many_types, weight=np.where(rest, 10, 1).astype(np.float32) * many_types.weight)
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    assert np.allclose(
        columns.rates(many_types),
        Columns("home_burglary", tenfold, Memory(*SCALES)).rates(tenfold),
        rtol=0.05,
        atol=0.01,
    )


def test_cells_that_had_more_are_busier_and_none_is_nought(many_types: History) -> None:
    busy = Columns("home_burglary", many_types, Memory(*SCALES)).busy(many_types)
    came = many_types.counts("home_burglary", 0, CUTOFF)
    assert busy.min() > 0
    assert busy[came >= np.quantile(came, 0.95)].mean() > 2 * busy[came == 0].mean()
    assert np.ptp(Columns("home_burglary", many_types, Memory((4.0,), (90.0,))).busy(many_types)) > 1


def test_a_type_that_was_taken_back_or_hardly_reported_tells_nothing_of_where(many_types: History) -> None:
    number = many_types.type_number("other_9")
    rows = np.flatnonzero(many_types.type_index == number)
    for left in (0, 1):
        keep = np.concatenate((np.flatnonzero(many_types.type_index != number), rows, rows[left:]))
        back = np.concatenate((np.ones(len(keep) - len(rows) + left), -np.ones(len(rows) - left)))
        known = many_types.known_week[keep].copy()
        known[len(keep) - len(rows) + left :] = CUTOFF - 1
        order = np.argsort(known, kind="stable")
        taken = replace(
            many_types,
            **{
                name: getattr(many_types, name)[keep][order]
                for name in ("cell_index", "type_index", "occurred_week", "east_m", "north_m")
            },
            known_week=known[order],
            weight=(many_types.weight[keep] * back)[order].astype(np.float32),
        )
        columns = Columns("home_burglary", many_types, Memory(*SCALES))
        rates = dict(zip(columns.of, columns.rates(taken).T, strict=True))
        for column, rate in rates.items():
            if column.crime_type == "other_9":
                assert rate.max() < (1.01 if left == 0 else 10) * 10 / len(many_types.area) + left * 0.5


def test_rates_do_not_drop_because_reports_are_still_to_come(area: StudyArea) -> None:
    late = history_of(
        incidents(area, per_week=60, delay_weeks=2.0),
        area,
        crime_types=("home_burglary",),
        time_zone=ZONE,
        cutoff_week=CUTOFF,
    )
    columns = Columns("home_burglary", late, Memory(*SCALES))
    assert columns.rates(late)[:, 0].sum() == pytest.approx(60, rel=0.2)


def test_signs_are_nought_where_a_rate_is_the_mixture(many_types: History) -> None:
    columns = Columns("home_burglary", many_types, Memory(*SCALES))
    rates = columns.rates(many_types)
    signs = columns.signs(rates, rates[:, 3].astype(float))
    assert np.isfinite(signs).all()
    assert signs[:, 4] == pytest.approx(np.zeros(len(rates)), abs=1e-5)
    assert signs.shape[1] == 1 + 9 + MOST_OTHERS * 2


def test_a_town_with_one_type_has_no_others(history: History) -> None:
    columns = Columns("home_burglary", history, Memory(*SCALES))
    assert {column.crime_type for column in columns.of} == {"home_burglary", ""}
    lone = replace(history, type_index=history.type_index * 0)
    assert np.array_equal(columns.rates(history), Columns("home_burglary", lone, Memory(*SCALES)).rates(lone))


def test_rates_of_some_cells_a_week_later_are_those_of_all_cells_then(many_types: History) -> None:
    then = many_types.as_known(CUTOFF - 1)
    expected = Columns("home_burglary", then, Memory(*SCALES)).rates(then)
    memory = Memory(*SCALES)
    columns = Columns("home_burglary", then, memory)
    later = columns.rates_later(then)
    memory.at(many_types)
    cells = np.array([3, 0, 77, 200], dtype=np.int32)
    assert np.array_equal(later(cells), expected[cells])
    assert not np.array_equal(later(cells), columns.rates(many_types)[cells])
    asked_before = Columns("home_burglary", many_types, memory).rates_later(many_types)
    assert np.array_equal(asked_before(cells), columns.rates(many_types)[cells])
