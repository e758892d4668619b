# SPDX-License-Identifier: EUPL-1.2
"""The rows of a coarse reader in a workspace: the borders of a week's own year, and a record that is their sum."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from publish.attacker import Told, pinned
from publish.towns import TYPES, areas_of, reports_of
from stip.errors import WorkspaceError
from stip.publish import BASE, coarse_incidents, coarse_margin, coarse_record, secret_of
from stip.publish import coarse as module
from stip.publish.coarse import CoarseTown, coarse_units, rows_of_units, town_of
from stip.publish.coarse_told import record_of_units
from stip.publish.rounding import rounded
from stip.space import Areas, week_from_number
from stip.store import Workspace, write_areas

ZONE = "Europe/Amsterdam"
SECRET = b"coarse" * 6
KINDS = pd.DataFrame({"hits": [0.0], "best_hits": [0.0], "model": ["kde"], "area_share": [0.03]})


def borders(year: int, edge_m: float) -> Areas:
    """Give two neighbourhoods with the line between them at ``edge_m``, and one that is always the same."""
    frame = areas_of(3).frame.assign(area_year=year)
    frame.geometry = [shapely.box(0, 0, edge_m, 1000), shapely.box(edge_m, 0, 2000, 1000),
                      shapely.box(2000, 0, 3000, 1000)]  # fmt: skip
    return Areas(frame)


@pytest.fixture
def many_homes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every neighbourhood have enough dwellings."""
    monkeypatch.setattr(module, "dwellings_in", lambda _, areas: dict.fromkeys(areas.frame["area_code"], 500))


def reports_in(months: tuple[str, ...]) -> pd.DataFrame:
    """Give many reports in weeks of these months."""
    rng = np.random.default_rng(8)
    parts = []
    for month in months:
        each = reports_of({TYPES[0]: [400, 300, 200], TYPES[1]: [100, 50, 0]}, rng)
        each["from_at"] = each["to_at"] = pd.Timestamp(f"{month}-10T12:00Z").as_unit("us")
        parts.append(each)
    return pd.concat(parts, ignore_index=True)


@pytest.mark.usefixtures("many_homes")
def test_new_borders_leave_the_weeks_before_them_as_they_were(workspace: Workspace) -> None:
    reports = reports_in(("2025-06", "2026-06"))
    write_areas(workspace, borders(2025, 1000))
    before = town_of(workspace, reports, SECRET).units
    write_areas(workspace, borders(2026, 500))
    after = town_of(workspace, reports, SECRET)
    old = after.units[after.units["area_year"] == 2025].reset_index(drop=True)
    pd.testing.assert_frame_equal(old, before[before["week"].isin(old["week"])].reset_index(drop=True))
    assert set(after.units["area_year"]) == {2025, 2026}
    assert len(set(old["week"])) == 1
    new = after.units[after.units["area_year"] == 2026]
    was = before[~before["week"].isin(old["week"])]
    same = ["area_code", "crime_type", "source", "figure"]
    third = areas_of(3).frame["area_code"].iloc[2]
    left, right = (table.loc[table["area_code"] == third, same].reset_index(drop=True) for table in (new, was))
    pd.testing.assert_frame_equal(left, right)  # its border is the same, so its draw is too


def test_another_border_is_another_unit_with_another_draw() -> None:
    reports = reports_in(("2026-06",))
    told = {}
    for edge in (1000, 500):
        areas, found = borders(2026, edge), []
        codes = areas.frame["area_code"].to_list()
        inside = reports[reports["x_m"] < 500]  # the same reports in both
        for place in range(64):
            secret = SECRET + bytes([place])
            states = pd.Series("published", index=codes)
            units = coarse_units(inside.iloc[: 40 * BASE + 2], areas, states, time_zone=ZONE, secret=secret)
            found.append(int(units["figure"].sum()))
        told[edge] = found
    assert told[1000] != told[500]


def test_without_a_layer_of_dwellings_no_neighbourhood_is_shown(workspace: Workspace) -> None:
    write_areas(workspace, borders(2026, 1000))
    town = town_of(workspace, reports_in(("2026-06",)), SECRET)
    assert town.units.empty
    assert not town.shown


def test_reading_makes_no_secret_and_says_so(workspace: Workspace) -> None:
    write_areas(workspace, borders(2026, 1000))
    for read in (coarse_incidents, lambda place: coarse_record(place, KINDS)):
        with pytest.raises(WorkspaceError, match="stip_web upgrade"):
            read(workspace)
    assert not list(Path(os.environ["STIP_KEYS"]).glob("*.openbaar"))
    secret_of(workspace, published=False)
    assert coarse_incidents(workspace).empty


def town_with(counts: list[int], secret: bytes) -> tuple[CoarseTown, list[int], str]:
    """Give a town of one week and type, the figure of each of its units, and that week."""
    areas = areas_of(len(counts))
    reports = reports_of({TYPES[0]: counts, TYPES[1]: [0] * len(counts)}, np.random.default_rng(3))
    reports["from_at"] = reports["to_at"] = pd.Timestamp("2026-06-10T12:00Z").as_unit("us")
    codes = areas.frame["area_code"]
    units = coarse_units(reports, areas, pd.Series("published", index=codes.to_list()), time_zone=ZONE, secret=secret)
    figures = units.set_index("area_code")["figure"].reindex(codes, fill_value=0).tolist()
    town = CoarseTown(units.assign(area_year=2026), {2026: areas}, (2026,), frozenset({2026}), secret)
    return town, figures, "2026-W24"


def attacked(figures: list[int], total: int, hits: int) -> dict[int, int]:
    """Give the counts that somebody finds who lays record and map side by side.

    A total that is the sum of the units tells nothing more; another one was rounded from the true total.
    """
    every = tuple(range(len(figures)))
    told = [Told((part,), max(figure - BASE + 1, 0), figure + BASE - 1) for part, figure in enumerate(figures)]
    told.append(Told(every, max(hits - BASE + 1, 0), np.inf))
    if total != sum(figures):
        told.append(Told(every, max(total - BASE + 1, 0), total + BASE - 1))
    return pinned(len(figures), told)


def record_in(town: CoarseTown, week: str, total: int, hits: int) -> pd.Series:
    """Give the one row of a record."""
    rows = KINDS.assign(week=week, crime_type=TYPES[0], total=float(total), hits=float(hits), best_hits=float(total))
    return record_of_units(town, rows).iloc[0]


def test_map_and_record_side_by_side_pin_no_count() -> None:
    rng = np.random.default_rng(11)
    for _ in range(60):
        counts = rng.poisson(rng.gamma(1.0, 2.0, rng.integers(1, 6))).tolist()
        town, figures, week = town_with(counts, rng.bytes(32))
        told = record_in(town, week, sum(counts), int(rng.integers(0, sum(counts) + 1)))
        assert told["total"] == sum(figures)
        assert told["hits"] <= told["total"]
        assert attacked(figures, int(told["total"]), int(told["hits"])) == {}


def test_the_attacker_finds_what_a_second_rounding_gives_away() -> None:
    assert attacked([5, 5, 5, 5], 0, 0) == {0: 1, 1: 1, 2: 1, 3: 1}
    assert attacked([0, 0, 0, 0], 20, 0) == {0: 4, 1: 4, 2: 4, 3: 4}
    assert attacked([0, 0, 0, 0], 0, 20) == {0: 4, 1: 4, 2: 4, 3: 4}


def test_where_no_neighbourhood_is_shown_a_total_is_rounded_itself() -> None:
    town, _, week = town_with([9, 9], SECRET)
    hidden = CoarseTown(town.units.iloc[:0], town.areas, town.years, frozenset(), SECRET)
    assert record_in(hidden, week, 18, 3)["total"] in (15, 20)


def off(secrets: int = 120) -> float:
    """Give how far figures lie from their counts on average, in standard errors."""
    rng = np.random.default_rng(12)
    wrong = []
    for _ in range(secrets):
        counts = rng.integers(1, 12, 6).tolist()
        _, figures, _ = town_with(counts, rng.bytes(32))
        wrong += [figure - count for figure, count in zip(figures, counts, strict=True)]
    return abs(float(np.mean(wrong))) / (float(np.std(wrong)) / np.sqrt(len(wrong)))


def test_figures_are_right_on_average() -> None:
    assert off() < 4


@pytest.mark.parametrize("draw", [0.9999999, 0.0])
def test_draws_that_are_all_alike_do_not_pass(draw: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "draws", lambda keys, *_, **__: np.full(len(keys), draw))
    assert off(40) > 10


def test_units_of_one_size_do_not_all_go_the_same_way() -> None:
    _, figures, _ = town_with([3] * 60, SECRET)
    assert set(figures) == {0, BASE}
    rows = rows_of_units(town_with([3] * 60, SECRET)[0].units, areas_of(60), time_zone=ZONE)
    assert rows["incident_id"].is_unique
    assert week_from_number(int(town_with([9], SECRET)[0].units["week"].iloc[0])) == "2026-W24"


def test_the_margin_of_a_sum_holds_the_true_count_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(31)
    held = []
    for _ in range(2000):
        counts = rng.poisson(rng.choice([0.1, 0.3, 1.0, 4.0, 12.0], size=rng.integers(1, 400)))
        figure = int(rounded(counts, rng.random(len(counts))).sum())
        low, high = coarse_margin(figure)
        held.append(figure == 0 or low <= counts.sum() <= high)  # none shown is told as none, without a margin
    assert np.mean(held) >= 0.95
