# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK, ZONE
from stip.errors import HistoryError
from stip.link import counts_by_week
from stip.outlook import History, StudyArea, Truth, history_of
from stip.space import week_from_number, week_number, week_start

CUTOFF = week_number(WEEK)
ROWS = {"cell_index", "type_index", "occurred_week", "known_week", "weight", "east_m", "north_m"}


def made(area: StudyArea, versions: pd.DataFrame, cutoff: int = CUTOFF) -> History:
    return history_of(versions, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=cutoff)


def known_before(reports: pd.DataFrame, cutoff: int) -> pd.DataFrame:
    return reports[reports["known_at"] < pd.Timestamp(week_start(week_from_number(cutoff), ZONE))]


@pytest.mark.parametrize("weeks_ago", [0, 1, 7, 40])
def test_a_past_cutoff_holds_what_was_known_then(
    area: StudyArea, reports: pd.DataFrame, history: History, weeks_ago: int
) -> None:
    cutoff = CUTOFF - weeks_ago
    then = history.as_known(cutoff)
    afresh = made(area, known_before(reports, cutoff), cutoff)
    assert_same(then, afresh)
    assert (then.known_week < cutoff).all()


def test_where_the_history_begins_does_not_depend_on_what_came_later(area: StudyArea, reports: pd.DataFrame) -> None:
    long_ago = reports.iloc[-40:].copy()  # reported lately, about years before the first report
    long_ago[["from_at", "to_at"]] -= pd.Timedelta(weeks=300)
    far = reports.iloc[-5:].assign(incident_id=list("abcde"), x_m=0.0)
    everything = pd.concat([reports.iloc[:-40], long_ago, far], ignore_index=True)
    history, cutoff = made(area, everything), CUTOFF - 30
    assert history.first_weeks[0] < made(area, reports).first_weeks[0]
    then = history.as_known(cutoff)
    assert_same(then, made(area, known_before(everything, cutoff), cutoff))
    assert history.outside == len(known_before(far, CUTOFF)) > then.outside == 0


def assert_same(one: History, other: History) -> None:
    """Every field is the same, and what is derived from them."""
    orders = [np.lexsort((h.weight, h.east_m, h.cell_index, h.occurred_week, h.known_week)) for h in (one, other)]
    for field in fields(History):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name in ROWS:
            assert np.array_equal(ours[orders[0]], theirs[orders[1]]), field.name
        elif isinstance(ours, np.ndarray):
            assert np.array_equal(ours, theirs), field.name
        elif field.name != "context":
            assert ours == theirs, field.name
    assert np.array_equal(one.context.values, other.context.values)
    assert one.first_weeks == other.first_weeks


def test_counts_are_those_of_link(area: StudyArea, reports: pd.DataFrame, history: History) -> None:
    counted = counts_by_week(known_before(reports, CUTOFF), area.grid, ZONE)
    week = CUTOFF - 10
    by_link = counted[counted["week"] == week_from_number(week)].set_index("cell")["count"]
    ours = history.counts("home_burglary", week, week + 1)
    assert ours == pytest.approx(by_link.reindex(area.cells).fillna(0).to_numpy(), abs=1e-5)
    assert Truth(history).counts("home_burglary", week) == pytest.approx(ours)


def test_a_correction_takes_the_old_version_back_when_it_becomes_known(
    area: StudyArea, reports: pd.DataFrame
) -> None:
    first = reports.iloc[[0]].assign(incident_id="x")
    west, south = area.grid.corner(area.cells[[7]])
    later = first["known_at"] + pd.Timedelta(weeks=5)
    second = first.assign(version=np.int32(2), known_at=later, x_m=west + 1, y_m=south + 1)
    history = made(area, pd.concat([first, second], ignore_index=True))
    week = int(history.known_week[0])
    before, after = history.as_known(week + 4), history.as_known(week + 6)
    everything = (week - 10, week + 1)
    assert before.counts("home_burglary", *everything).sum() == pytest.approx(1)
    assert before.counts("home_burglary", *everything)[7] == 0
    assert after.counts("home_burglary", *everything)[7] == pytest.approx(1)
    assert after.counts("home_burglary", *everything).sum() == pytest.approx(1, abs=1e-5)


def test_a_version_that_came_too_late_to_count_never_counts(area: StudyArea, reports: pd.DataFrame) -> None:
    first = reports.iloc[[0]].assign(incident_id="x", known_at=reports["known_at"].iloc[0] + pd.Timedelta(weeks=9))
    second = reports.iloc[[0]].assign(incident_id="x", version=np.int32(2))
    history = made(area, pd.concat([first, second], ignore_index=True))
    assert history.weight.sum() == pytest.approx(1)
    assert (history.weight > 0).all()


def test_other_types_and_places_stay_out_and_are_counted(area: StudyArea, reports: pd.DataFrame) -> None:
    odd = reports.iloc[:3].assign(incident_id=["a", "b", "c"])
    odd.loc[odd.index[0], "crime_type"] = "vandalism"
    odd.loc[odd.index[1:], "x_m"] = 0.0
    history = made(area, pd.concat([reports, odd], ignore_index=True))
    assert history.outside == 2
    assert history.weight.sum() == pytest.approx(made(area, reports).weight.sum())


def test_a_window_that_ends_after_its_report_happened_by_then(area: StudyArea, reports: pd.DataFrame) -> None:
    odd = reports.iloc[[0]].copy()
    odd["to_at"] = odd["from_at"] + pd.Timedelta(weeks=3)
    odd["known_at"] = odd["from_at"] + pd.Timedelta(hours=1)
    history = made(area, odd)
    assert (history.occurred_week <= history.known_week).all()
    assert history.weight.sum() == pytest.approx(1)


def test_nothing_known_is_refused_in_a_sentence(area: StudyArea, reports: pd.DataFrame, history: History) -> None:
    with pytest.raises(HistoryError, match="geen enkele melding bekend"):
        made(area, reports, CUTOFF - 2000)
    with pytest.raises(HistoryError, match="geen meldingen van deze soorten"):
        made(area, reports.assign(crime_type="vandalism"))
    with pytest.raises(HistoryError, match="nog niets bekend"):
        history.as_known(CUTOFF + 1)
    with pytest.raises(HistoryError, match="‘arson’"):
        history.type_number("arson")


def test_a_coarse_source_points_at_no_cell_and_counts_for_as_much(area: StudyArea, reports: pd.DataFrame) -> None:
    x_m, y_m = (reports[name] // 500 * 500 + 250 for name in ("x_m", "y_m"))
    coarse = reports.assign(x_m=x_m, y_m=y_m, precision_m=np.float32(500))
    history, piled = made(area, coarse), made(area, coarse.assign(precision_m=np.float32(1)))
    assert history.coarse == len(known_before(reports, CUTOFF)) > piled.coarse == 0
    assert history.weight.sum() == pytest.approx(piled.weight.sum(), rel=1e-5)
    spread = history.counts("home_burglary", 0, CUTOFF)
    assert (spread > 0).all()
    x_m, y_m = area.grid.corner(area.cells)
    squares = pd.Series(spread).groupby([x_m // 500, y_m // 500])
    assert (squares.max() - squares.min()).max() < 1e-3
    concentrated = piled.counts("home_burglary", 0, CUTOFF)
    assert (concentrated > 0).sum() == squares.ngroups
    assert squares.sum().to_numpy() == pytest.approx(concentrated[concentrated > 0], rel=1e-4)
    then = history.as_known(CUTOFF - 20)
    assert_same(then, made(area, known_before(coarse, CUTOFF - 20), CUTOFF - 20))
    week = CUTOFF - 10
    counted = counts_by_week(known_before(coarse, CUTOFF), area.grid, ZONE, within=area.cells)
    by_link = counted[counted["week"] == week_from_number(week)].set_index("cell")["count"]
    truth = Truth(history).counts("home_burglary", week)
    assert truth == pytest.approx(by_link.reindex(area.cells).fillna(0).to_numpy(), abs=1e-5)
