# SPDX-License-Identifier: EUPL-1.2
"""Every dot that somebody may see, as columns: read once and kept while the workspace does not change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import SettingsError
from stip.explore import dots
from stip.publish import coarse_incidents
from stip.space import Areas, area_of_points
from stip.store import Workspace, area_years, read_areas, read_cells, read_incidents, read_versions
from stip_web.dots.morton import morton
from stip_web.workspaces.current import state_of

UNKNOWN_HOUR = 31
WIDEST_H = 12
"""Hours of a window; of one that is wider, no hour is told."""
STEPS = 65_535
MOST_PRECISIONS = 8
MOST_KINDS = 255
OUTSIDE_NAME = "Buiten de buurten"
EPOCH = date(1970, 1, 1)
_NEVER = np.iinfo(np.int64).max
_MOMENT = timedelta(microseconds=1)
_READING = Lock()
_FOLDERS = ("stip.toml", "data/incidents", "data/cells.parquet", "data/areas", "data/layers")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Kind:
    """A crime type from a source."""

    crime_type: str
    source: str


@dataclass(frozen=True, eq=False)
class Seen:
    """The dots, ordered by area and within it along Morton's curve; each array has length ``n``.

    Read once and kept, so that it is its own key for what is made from it.

    Attributes
    ----------
    fine : bool
        At their own place, by agreement; else neighbourhoods by whole weeks, rounded (`coarse_incidents`).
    stamp : str
        Changes when what is seen does.
    x_m, y_m : ndarray of float64
        As `stip.explore.dots` gives them.
    x, y : ndarray of uint16
        Whole steps from ``origin``; what is asked of a place is asked of these, so that server and browser agree.
    day : ndarray of int32
        Local calendar day since 1970, of the middle of the window.
    hour : ndarray of uint8
        Local hour of that middle; 31 when the window is wider than twelve hours.
    kind, precision : ndarray of uint8; area : ndarray of int32
        Places in ``kinds``, ``precisions_m`` and ``area_codes`` (the last area may be None: in no neighbourhood).
    merged : ndarray of bool
        Moved to the middle of cells that are shown as one.
    known_at, corrected_at : ndarray of int64
        Microseconds since 1970 (UTC) from which this version of the report counted, and at which a newer one took its
        place; the largest int64 while none has.
    hidden, outside : int
        Left out by the dwellings rule; and because they lie outside the town.
    earlier : Seen, optional
        Versions that no longer count, for looking back; None when no report was ever corrected.
    """

    fine: bool
    stamp: str
    x_m: Floats
    y_m: Floats
    x: npt.NDArray[np.uint16]
    y: npt.NDArray[np.uint16]
    day: Ints
    hour: Ints
    kind: Ints
    precision: Ints
    area: Ints
    merged: Bools
    known_at: Ints
    corrected_at: Ints
    origin: tuple[float, float]
    step_m: int
    kinds: tuple[Kind, ...]
    precisions_m: tuple[float, ...]
    area_codes: tuple[str | None, ...]
    area_names: tuple[str, ...]
    area_districts: tuple[str | None, ...]
    districts: dict[str, str]
    offsets: tuple[int, ...]
    area_year: int | None
    hidden: int
    outside: int
    known_until: datetime | None
    earlier: Seen | None = None

    @property
    def n(self) -> int:
        """How many dots there are."""
        return len(self.day)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of what is seen."""
        return tuple(sorted({kind.source for kind in self.kinds}))

    @property
    def types(self) -> tuple[str, ...]:
        """The crime types there are, in the order of the kinds."""
        return tuple(dict.fromkeys(kind.crime_type for kind in self.kinds))

    @property
    def first_day(self) -> date:
        """The first day with a report; the beginning of 1970 without reports."""
        return EPOCH + timedelta(days=int(self.day.min()) if self.n else 0)

    @property
    def last_day(self) -> date:
        """The last day with a report."""
        return EPOCH + timedelta(days=int(self.day.max()) if self.n else 0)

    def counted_before(self, moment: datetime) -> Bools:
        """Tell which reports counted, in this version, just before an aware moment."""
        at = np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us").astype(np.int64)
        return (self.known_at < at) & (self.corrected_at >= at)

    @property
    def areas(self) -> dict[str, str]:
        """Names of neighbourhoods and districts by code, districts first."""
        named = {code: name for code, name in zip(self.area_codes, self.area_names, strict=True) if code}
        return {**self.districts, **named}


def see(workspace: Workspace, *, fine: bool) -> Seen:
    """Give the dots that may be seen."""
    state = state_of(workspace, *_FOLDERS)
    with _READING:  # whoever comes while it is read waits for that, instead of reading it too
        return _kept(workspace.root, state, fine)


@lru_cache(maxsize=2)  # one fine and one coarse
def _kept(root: Path, state: tuple[tuple[str, int], ...], fine: bool) -> Seen:
    workspace = Workspace.open(root)
    incidents = read_incidents(workspace) if fine else coarse_incidents(workspace)
    areas = read_areas(workspace) if area_years(workspace) else None
    stamp = blake2b(repr((state, fine)).encode(), digest_size=12).hexdigest()
    seen = _make(workspace, incidents.assign(corrected_at=_NEVER), areas, fine=fine, stamp=stamp)
    if not fine:
        return replace(seen, known_until=_known_until(read_incidents(workspace)))
    if not (incidents["version"] > 1).any():
        return seen
    replaced = _replaced(workspace, incidents)
    return replace(seen, earlier=_make(workspace, replaced, areas, fine=fine, stamp=f"{stamp}-earlier"))


def _known_until(incidents: pd.DataFrame) -> datetime | None:
    return incidents["known_at"].max().to_pydatetime() if len(incidents) else None


def _replaced(workspace: Workspace, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the versions that no longer count, with when the first higher one became known."""
    versions = read_versions(workspace, known_before=incidents["known_at"].max().to_pydatetime() + _MOMENT)
    corrected = set(incidents.loc[incidents["version"] > 1, "incident_id"])
    versions = versions[versions["incident_id"].isin(corrected)].sort_values(["incident_id", "version"])
    known = pd.Series(_micros(versions["known_at"]), index=versions.index)
    # from the highest version down: the first moment at which this one or a higher one was known
    first = known[::-1].groupby(versions["incident_id"][::-1], sort=False).cummin()[::-1]
    versions["corrected_at"] = first.groupby(versions["incident_id"]).shift(-1, fill_value=_NEVER)
    return versions[versions["corrected_at"] != _NEVER].reset_index(drop=True)


def _micros(moments: pd.Series[Any]) -> Ints:
    return moments.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]").astype(np.int64)


def _make(workspace: Workspace, incidents: pd.DataFrame, areas: Areas | None, *, fine: bool, stamp: str) -> Seen:
    # What a coarse reader gets stands for neighbourhoods already, so no cell of it has to move.
    shown = dots(incidents, workspace.settings, read_cells(workspace), desk=True)
    table = shown.table
    rows = incidents.loc[table.index]
    origin, step = _frame(table, areas)
    metres = (table["x_m"].to_numpy(float), table["y_m"].to_numpy(float))
    steps = [np.round((each - at) / step) for each, at in zip(metres, origin, strict=True)]
    reached = np.logical_and.reduce([(each >= 0) & (each <= STEPS) for each in steps])
    table, rows = table[reached], rows[reached]
    x, y = (each[reached].astype(np.uint16) for each in steps)
    codes, names, of_district, districts = _areas(areas)
    area = _area_of(table, rows, areas, codes, fine=fine)
    middle = rows["from_at"] + (rows["to_at"] - rows["from_at"]) / 2
    local = middle.dt.tz_convert(workspace.settings.town.time_zone)
    day = (local.dt.tz_localize(None).dt.normalize() - pd.Timestamp(EPOCH)).dt.days.to_numpy().astype(np.int32)
    wide = (rows["to_at"] - rows["from_at"]) > pd.Timedelta(hours=WIDEST_H)
    kinds, kind = _kinds(workspace, rows)
    precisions, precision = _classes(table["precision_m"].to_numpy(float))
    order = np.lexsort((day, morton(x, y), area))
    present = np.bincount(area, minlength=len(codes))
    if not present[-1]:  # nothing lies outside the neighbourhoods: no such area
        codes, names, of_district, present = codes[:-1], names[:-1], of_district[:-1], present[:-1]
    return Seen(
        fine=fine, stamp=stamp,
        x_m=table["x_m"].to_numpy(float)[order], y_m=table["y_m"].to_numpy(float)[order],
        x=x[order], y=y[order], day=day[order],
        hour=np.where(wide, UNKNOWN_HOUR, local.dt.hour)[order].astype(np.uint8),
        kind=kind[order], precision=precision[order], area=area[order],
        merged=np.zeros(len(order), bool),
        known_at=_micros(rows["known_at"])[order], corrected_at=rows["corrected_at"].to_numpy(np.int64)[order],
        origin=origin, step_m=step, kinds=kinds, precisions_m=precisions,
        area_codes=codes, area_names=names, area_districts=of_district, districts=districts,
        offsets=(0, *np.cumsum(present).tolist()), area_year=None if areas is None else areas.year,
        hidden=shown.hidden, outside=shown.outside + int((~reached).sum()),
        known_until=_known_until(incidents),
    )  # fmt: skip


def _frame(table: pd.DataFrame, areas: Areas | None) -> tuple[tuple[float, float], int]:
    """Return origin and step such that the town lies in the middle of what fits, on the dots' own raster."""
    if areas is not None:
        left, low, right, high = areas.frame.total_bounds
    elif len(table):
        left, right, low, high = table["x_m"].min(), table["x_m"].max(), table["y_m"].min(), table["y_m"].max()
    else:
        left, low, right, high = 0.0, 0.0, 1.0, 1.0
    step = max(1, int(np.ceil(max(right - left, high - low) / STEPS)))
    ends = ((left + right) / 2, (low + high) / 2)
    corner = [np.floor(middle - step * STEPS / 2) for middle in ends]
    if len(table):  # half metres stay exact when all lie on one
        parts = [table[name].to_numpy(float)[0] % 1 for name in ("x_m", "y_m")]
        corner = [at + part for at, part in zip(corner, parts, strict=True)]
    return (float(corner[0]), float(corner[1])), step


def _areas(
    areas: Areas | None,
) -> tuple[tuple[str | None, ...], tuple[str, ...], tuple[str | None, ...], dict[str, str]]:
    """Return code, name and district of each area, one for outside them last; and the names of the districts."""
    if areas is None:
        return (None,), (OUTSIDE_NAME,), (None,), {}
    codes, names, of = areas.names(), areas.names().values(), areas.district_of()
    return (*codes, None), (*names, OUTSIDE_NAME), (*(of[code] for code in codes), None), areas.district_names()


def _area_of(
    table: pd.DataFrame, rows: pd.DataFrame, areas: Areas | None, codes: tuple[str | None, ...], *, fine: bool
) -> Ints:
    """Return the place of each dot's area; of a coarse dot that of where it is shown, never of where it was."""
    if areas is None or table.empty:
        return np.full(len(table), len(codes) - 1, np.int32)
    stored = rows["area_code"].astype("string")
    found: Any = stored if fine and (rows["area_year"].dropna() == areas.year).all() else None
    if found is None:
        found = area_of_points(table["x_m"].to_numpy(float), table["y_m"].to_numpy(float), areas)
    at = pd.Index(codes[:-1]).get_indexer(pd.Index(found.to_numpy(object)))
    return np.where(at < 0, len(codes) - 1, at).astype(np.int32)


def _kinds(workspace: Workspace, rows: pd.DataFrame) -> tuple[tuple[Kind, ...], Ints]:
    """Return every (type, source) there is, types in the order of stip.toml; and the place of each row's."""
    type_at, types = pd.factorize(rows["crime_type"].astype(str))
    source_at, sources = pd.factorize(rows["source"].astype(str))
    pair = type_at * max(len(sources), 1) + source_at
    there, at = np.unique(pair, return_inverse=True)
    kinds = [Kind(str(types[each // len(sources)]), str(sources[each % len(sources)])) for each in there]
    if len(kinds) > MOST_KINDS:
        raise SettingsError(f"De kaart kent hooguit {MOST_KINDS} soorten per bron; hier zijn het er {len(kinds)}.")
    known = {name: place for place, name in enumerate(workspace.settings.crime_types)}
    order = sorted(
        range(len(kinds)),
        key=lambda k: (known.get(kinds[k].crime_type, len(known)), kinds[k].crime_type, kinds[k].source),
    )
    rank = np.argsort(np.array(order, np.int64))
    return tuple(kinds[k] for k in order), rank[at].astype(np.uint8)


def _classes(precision_m: Floats) -> tuple[tuple[float, ...], Ints]:
    """Return at most eight precisions and the place of each dot's: never finer than it is."""
    every = np.unique(precision_m)
    if len(every) > MOST_PRECISIONS:
        every = every[np.unique(np.linspace(0, len(every) - 1, MOST_PRECISIONS + 1).round().astype(int))[1:]]
    return tuple(float(side) for side in every), np.searchsorted(every, precision_m).astype(np.uint8)
