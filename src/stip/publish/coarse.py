# SPDX-License-Identifier: EUPL-1.2
"""Reports for who may see a map but no places: neighbourhoods by whole weeks, rounded, and nothing finer anywhere.

Every page, list, chart, comparison, file and answer of the API for such a reader is made from these rows, so that no
two answers laid beside each other tell more than the rows do. A unit is one neighbourhood, one week, one crime type
and one source. Units do not overlap, and nobody rounds a sum of them again, so there is nothing to subtract.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.link import recode_areas
from stip.publish.dwellings import dwellings_in
from stip.publish.figures import State, states_of
from stip.publish.rounding import BASE, draws, report_keys, rounded
from stip.publish.secret import secret_of
from stip.space import Areas, week_numbers, week_starts
from stip.store import INCIDENT, Workspace, area_years, read_areas, read_incidents

_UNIT = ["area_code", "week", "crime_type", "source"]
_SIDE_M = 100.0


def coarse_incidents(workspace: Workspace) -> pd.DataFrame:
    """Return what a coarse reader may see of the reports of a workspace, as if these were the reports.

    Returns
    -------
    DataFrame with the columns of the INCIDENT contract
        As many rows a unit as its rounded count; see `coarse_units`. Each stands in the middle of its neighbourhood,
        with the whole week as its window and the size of the neighbourhood as its precision. Empty without
        neighbourhoods.
    """
    incidents = read_incidents(workspace)
    if not area_years(workspace) or incidents.empty:
        return incidents.iloc[:0]
    areas = read_areas(workspace)
    states = states_of(areas, dwellings_in(workspace, areas), minimum=workspace.settings.dwellings.minimum)
    zone = workspace.settings.town.time_zone
    secret = _secret(workspace)
    units = coarse_units(incidents, areas, states, time_zone=zone, secret=secret)
    return rows_of_units(units, areas, time_zone=zone)


def coarse_record(workspace: Workspace, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the record of an outlook for a coarse reader: hits and totals of each week as multiples of five.

    Everything that is told of a record is a sum of these rows, so that no choice of weeks, types or outlooks tells
    more. The draw belongs to the name of the row: the same week in another outlook gets the same draw.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    """
    secret = _secret(workspace)

    def told(column: str, parts: list[str]) -> pd.Series[int]:
        names: pd.Series[str] | list[str] = (
            rows[parts].astype(str).agg("|".join, axis=1) + f"|{column}" if len(rows) else []
        )
        draw = draws(report_keys(names, secret), secret, measure="coarse-record")
        counts = rows[column].to_numpy(np.float64)
        below = (counts // BASE * BASE).astype(np.int64)
        return pd.Series(below + np.where(draw * BASE < counts - below, BASE, 0), index=rows.index)

    week = ["week", "crime_type"]
    total = told("total", week)
    hits = np.minimum(told("hits", [*week, "model", "area_share"]), total)
    return rows.assign(hits=hits.astype(float), total=total.astype(float))


def _secret(workspace: Workspace) -> bytes:
    out = any((workspace.root / "published" / "figures").glob("[!.]*/facts.json"))
    return secret_of(workspace, published=out)


def coarse_units(
    incidents: pd.DataFrame, areas: Areas, states: pd.Series[str], *, time_zone: str, secret: bytes
) -> pd.DataFrame:
    """Count reports by unit, rounded to multiples of five.

    The draw belongs to the unit, not to its reports: when a report comes in later, the count is held against the same
    draw, so that two answers of different days do not give two draws to lay beside each other.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    states : Series of str, indexed by area code
        A neighbourhood with few dwellings is left out; one of which that is not known is shown.

    Returns
    -------
    DataFrame
        ``area_code``, ``week`` (ordinal), ``crime_type``, ``source`` and ``figure``, above 0.
    """
    hidden = states.index[states == State.FEW_DWELLINGS]
    here = recode_areas(incidents, areas)[0].dropna(subset="area_code")
    here = here[~here["area_code"].isin(hidden)]
    middle = here["from_at"] + (here["to_at"] - here["from_at"]) / 2
    named = here[["area_code", "crime_type", "source"]].astype(str).assign(week=week_numbers(middle, time_zone))
    units = named.groupby(_UNIT, sort=True).size().rename("count").reset_index()
    names: pd.Series[str] | list[str] = units[_UNIT].astype(str).agg("|".join, axis=1) if len(units) else []
    draw = draws(report_keys(names, secret), secret, measure="coarse")
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
            "incident_id": [f"coarse{number}" for number in range(len(each))],
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
