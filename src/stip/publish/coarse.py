# SPDX-License-Identifier: EUPL-1.2
"""Reports for who may see a map but no places: neighbourhoods by whole weeks, rounded, and nothing finer anywhere.

Every page, list, chart, comparison, file and answer of the API for such a reader is made from these rows, so that no
two answers laid beside each other tell more than the rows do. A unit is one neighbourhood, one week, one crime type
and one source. Units do not overlap, and nobody rounds a sum of them again, so there is nothing to subtract.

Each week is cut by the borders of its own year, so that new borders do not cut the weeks before them again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from stip.link import recode_areas
from stip.publish.dwellings import dwellings_in
from stip.publish.figures import State, states_of
from stip.publish.rounding import draws, report_keys, rounded
from stip.publish.secret import existing_secret
from stip.space import Areas, week_from_number, week_numbers, week_starts
from stip.store import INCIDENT, Workspace, area_years, read_areas, read_incidents

_UNIT = ["area_code", "week", "crime_type", "source"]
_SIDE_M = 100.0
_BORDER_M = 1.0
_READS = ("stip.toml", "data/incidents", "data/areas", "data/layers")
_FileState = tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class CoarseTown:
    """What a coarse reader may know of the reports of a town; kept, so never to be changed.

    Attributes
    ----------
    units : DataFrame
        As `coarse_units` gives them, with the ``area_year`` of the borders that a week was cut by.
    areas : mapping of int to Areas
        The borders by year, those that weeks were cut by.
    years : tuple of int
        Years of which there are borders.
    shown : frozenset of int
        Years of borders in which at least one neighbourhood may be seen.
    secret : bytes
    """

    units: pd.DataFrame
    areas: Mapping[int, Areas]
    years: tuple[int, ...]
    shown: frozenset[int]
    secret: bytes

    def is_shown(self, week: int) -> bool:
        """Whether any neighbourhood may be seen in a week (an ordinal)."""
        return bool(self.years) and _borders(self.years, week) in self.shown


def coarse_town(workspace: Workspace) -> CoarseTown:
    """Return the units of a workspace, worked out again only when its reports, borders, layers or settings change.

    Raises
    ------
    WorkspaceError
        When there is no secret; see `existing_secret`.
    """
    found = []
    for name in _READS:
        top = workspace.root / name
        paths = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        found += [(str(path.relative_to(workspace.root)), path.stat().st_mtime_ns) for path in paths]
    return _kept(workspace.root, tuple(found), existing_secret(workspace))


@lru_cache(maxsize=2)
def _kept(root: Path, state: _FileState, secret: bytes) -> CoarseTown:
    workspace = Workspace.open(root)
    return town_of(workspace, read_incidents(workspace), secret)


def town_of(workspace: Workspace, incidents: pd.DataFrame, secret: bytes) -> CoarseTown:
    """Count reports by unit, each week by the borders of its own year; the nearest before it when those are not here.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    """
    settings, years = workspace.settings, tuple(area_years(workspace))
    weeks = _weeks(incidents, settings.town.time_zone)
    year_of = {week: _borders(years, week) for week in np.unique(weeks).tolist()} if years else {}
    areas = {year: read_areas(workspace, year) for year in years}
    shown, units = set(), []
    for year, within in areas.items():
        states = states_of(within, dwellings_in(workspace, within), minimum=settings.dwellings.minimum)
        if (states == State.PUBLISHED).any():
            shown.add(year)
        of_year = np.array([year_of[week] == year for week in weeks.tolist()], dtype=bool)
        told = coarse_units(incidents[of_year], within, states, time_zone=settings.town.time_zone, secret=secret)
        units.append(told.assign(area_year=year))
    none = pd.DataFrame({name: [] for name in [*_UNIT, "figure", "area_year"]})
    return CoarseTown(pd.concat(units, ignore_index=True) if units else none, areas, years, frozenset(shown), secret)


def coarse_incidents(workspace: Workspace) -> pd.DataFrame:
    """Return what a coarse reader may see of the reports of a workspace, as if these were the reports.

    Returns
    -------
    DataFrame with the columns of the INCIDENT contract
        As many rows a unit as its rounded count; see `coarse_units`. Each stands in the middle of its neighbourhood,
        with the whole week as its window and the size of the neighbourhood as its precision. Empty without
        neighbourhoods.

    Raises
    ------
    WorkspaceError
        When there is no secret; see `existing_secret`.
    """
    town, zone = coarse_town(workspace), workspace.settings.town.time_zone
    of_year = ((areas, town.units[town.units["area_year"] == year]) for year, areas in town.areas.items())
    rows = [rows_of_units(units, areas, time_zone=zone) for areas, units in of_year if len(units)]
    return pd.concat(rows, ignore_index=True) if rows else read_incidents(workspace).iloc[:0]


def coarse_units(
    incidents: pd.DataFrame, areas: Areas, states: pd.Series[str], *, time_zone: str, secret: bytes
) -> pd.DataFrame:
    """Count reports by unit, rounded to multiples of five.

    The draw belongs to the unit, not to its reports: when a report comes in later, the count is held against the same
    draw, so that two answers of different days do not give two draws to lay beside each other. A neighbourhood that
    got another border is another unit.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    states : Series of str, indexed by area code
        A neighbourhood with few dwellings is left out, and so is one of which it is not known how many it has.

    Returns
    -------
    DataFrame
        ``area_code``, ``week`` (ordinal), ``crime_type``, ``source`` and ``figure``, above 0.
    """
    seen = states.index[states == State.PUBLISHED]
    here = recode_areas(incidents, areas)[0].dropna(subset="area_code")
    here = here[here["area_code"].isin(seen)]
    named = here[["area_code", "crime_type", "source"]].astype(str).assign(week=_weeks(here, time_zone))
    units = named.groupby(_UNIT, sort=True).size().rename("count").reset_index()
    borders = _outlines(areas)
    named_as = zip(*(units[name].astype(str) for name in _UNIT), units["area_code"].map(borders), strict=True)
    draw = draws(report_keys(["|".join(parts) for parts in named_as], secret), secret, measure="coarse")
    units["figure"] = rounded(units.pop("count").to_numpy(np.int64), draw)
    return units[units["figure"] > 0].reset_index(drop=True)


def rows_of_units(units: pd.DataFrame, areas: Areas, *, time_zone: str) -> pd.DataFrame:
    """Write units out as rows of the INCIDENT contract, as many as each figure says."""
    inside = areas.frame.set_index("area_code").geometry
    middle = inside.representative_point()
    bounds = inside.bounds
    side = np.maximum(bounds["maxx"] - bounds["minx"], bounds["maxy"] - bounds["miny"])
    each = units.loc[units.index.repeat(units["figure"])].reset_index(drop=True)
    starts = _starts(each["week"], time_zone)
    at = each["area_code"]
    table = pd.DataFrame(
        {
            "incident_id": [f"coarse{areas.year}-{number}" for number in range(len(each))],
            "source": each["source"].astype("string"),
            "batch_id": "coarse",
            "version": np.ones(len(each), np.int32),
            "crime_type": each["crime_type"].astype("string"),
            "from_at": starts[0],
            "to_at": starts[1],
            "known_at": starts[1],
            "x_m": np.round(middle.x.reindex(at).to_numpy(float)),
            "y_m": np.round(middle.y.reindex(at).to_numpy(float)),
            "precision_m": np.ceil(side.reindex(at).to_numpy(float) / _SIDE_M) * _SIDE_M,
            "area_code": at.astype("string"),
            "area_year": pd.array(np.full(len(each), areas.year), dtype="Int16"),
        }
    )
    return table[INCIDENT.schema.names]


def coarse_margin(total: int) -> tuple[int, int]:
    """Return between which numbers the true count behind a sum of units lies, 19 times in 20.

    A unit with remainder ``r`` strays with variance ``r (5 - r)``, at most four times its count. So a sum of units
    strays by a deviation of at most twice the root of what it counts; the units stray apart from each other. The sum
    itself stands in for the true count. It says nothing that who sees the sum cannot work out.
    """
    margin = math.ceil(2 * 2 * math.sqrt(total))
    return max(0, total - margin), total + margin


def _starts(weeks: pd.Series[int], time_zone: str) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    """Return when each week begins and ends."""
    if weeks.empty:
        none = pd.DatetimeIndex([], tz="UTC").as_unit("us")
        return none, none
    first, last = int(weeks.min()), int(weeks.max())
    begins = week_starts(first, last + 1, time_zone)
    place = weeks.to_numpy(np.int64) - first
    return tuple(  # type: ignore[return-value]
        pd.to_datetime(begins[place + step], unit="s", utc=True).as_unit("us") for step in (0, 1)
    )


def _weeks(incidents: pd.DataFrame, time_zone: str) -> np.ndarray:
    """Return the week (ordinal) of the middle of each window."""
    middle = incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2
    return week_numbers(middle, time_zone)


def _borders(years: tuple[int, ...], week: int) -> int:
    """Return by the borders of which year a week is cut."""
    year = int(week_from_number(week)[:4])
    return max((each for each in years if each <= year), default=min(years))


def _outlines(areas: Areas) -> dict[str, str]:
    """Return a short name of the border of each neighbourhood, the same as long as the border is, to a metre."""
    shapes = shapely.normalize(shapely.set_precision(areas.frame.geometry.to_numpy(), _BORDER_M))
    names = (blake2b(shape, digest_size=8).hexdigest() for shape in shapely.to_wkb(shapes))
    return dict(zip(areas.frame["area_code"].astype(str), names, strict=True))
