# SPDX-License-Identifier: EUPL-1.2
"""Gathering what a week shows from its frozen outlook and plan."""

from __future__ import annotations

from datetime import timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.agreements import Purpose, check_sources
from stip.explore import dots as dots_of
from stip.link import visible_cells
from stip.outlook import Expected, model_label, summary
from stip.plan import shown_plan
from stip.space import monday, shift_week, week_start
from stip.store import (
    Run,
    Workspace,
    incident_sources,
    layer_names,
    read_areas,
    read_cells,
    read_incidents,
    read_layer,
)
from stip.week.view import TIER_NAMES, RecordLine, Tier, WeekView
from stip.words import day

_DOT_WEEKS = 4
_BASE_LAYERS = ("roads", "water")


def gather(workspace: Workspace, outlook: Run, plan: Run) -> WeekView:
    """Return everything a page about the week of these runs shows.

    Raises
    ------
    AgreementError
        When a source is on hold, or its agreement ended or does not name the dot map as a purpose.
    """
    check_sources(workspace, incident_sources(workspace), Purpose.DOT_MAP)
    settings = workspace.settings
    shown = shown_plan(workspace, plan)
    proposal = shown.proposal
    first = monday(outlook.week)
    cells = read_cells(workspace)
    together, tiers = _all_types(workspace, outlook, cells)
    dots, hidden, coarse = gather_dots(workspace, cells, outlook.week)
    record, weeks = _record(outlook, settings.learn.area_share, {k: t.label for k, t in settings.crime_types.items()})
    targets = settings.outlook.targets
    return WeekView(
        town=settings.town.name,
        week=outlook.week,
        monday=day(first, year=False),
        sunday=day(first + timedelta(days=6)),
        run_id=outlook.run_id,
        plan_id=shown.run.run_id,
        status=shown.status,
        used=proposal.use,
        districts=proposal.districts,
        why=proposal.why,
        places=proposal.places,
        tiers=tiers,
        record=record,
        record_weeks=weeks,
        record_share=settings.learn.area_share,
        verdicts=tuple(outlook.notes.get("verdicts", ())),
        warnings=tuple(dict.fromkeys((*outlook.notes.get("warnings", ()), *proposal.warnings))),
        cells=_squares(workspace, together),
        dots=dots,
        dots_hidden=hidden,
        dots_coarse=coarse,
        areas=read_areas(workspace).frame,
        base=_base(workspace),
        labels={name: settings.crime_types[name].label for name in targets},
        colours={name: settings.crime_types[name].colour for name in targets},
    )


def _base(workspace: Workspace) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that lie under the map, as far as the town has them."""
    there = layer_names(workspace)
    layers = {name: read_layer(workspace, name) for name in _BASE_LAYERS if name in there}
    for layer in layers.values():
        check_sources(workspace, layer["source"].unique(), Purpose.DOT_MAP)
    return layers


def _all_types(workspace: Workspace, outlook: Run, cells: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Tier, ...]]:
    """Add the crime types up, cut the classes anew, and say what each class expects together."""
    known = Expected.of(outlook, cells.set_index("cell")["area_code"], seed=workspace.settings.outlook.seed)
    tier, (low, high) = known.tier, known.intervals
    tiers = tuple(
        Tier(name, per_cent, int((tier == per_cent).sum()), *known.between(tier == per_cent))
        for per_cent, name in TIER_NAMES.items()
    )
    # A square with a few dwellings points at a home: on the map it looks like any other.
    seen = visible_cells(cells, minimum=workspace.settings.dwellings.minimum).set_index("cell")["state"]
    tier = np.where(seen.reindex(known.cells).isin(["shown", "unknown"]).to_numpy(bool), tier, 100)
    frame = pd.DataFrame({"cell": known.cells, "expected": known.total, "low": low, "high": high, "tier": tier})
    return frame, tiers


def _squares(workspace: Workspace, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    grid = workspace.grid
    x, y = grid.corner(frame["cell"].to_numpy())
    squares = shapely.box(x, y, x + grid.cell_m, y + grid.cell_m)
    names = [grid.name(cell) for cell in frame["cell"]]
    return gpd.GeoDataFrame(frame.assign(name=names), geometry=squares, crs=grid.crs)


def gather_dots(workspace: Workspace, cells: pd.DataFrame, week: str) -> tuple[pd.DataFrame, int, int]:
    """Count the reports of the last four weeks by cell, as far as the dwellings rule lets them be shown.

    Returns what stands on the map, how many are hidden, and how many are known less finely than a cell: those stand
    in no cell, for they would point at one in which they need not have happened.
    """
    grid, zone = workspace.grid, workspace.settings.town.time_zone
    cutoff = week_start(week, zone)
    incidents = read_incidents(
        workspace,
        crime_types=workspace.settings.outlook.targets,
        known_before=cutoff,
        from_at=week_start(shift_week(week, -_DOT_WEEKS), zone),
        to_at=cutoff,
    )
    coarse = incidents["precision_m"] > grid.cell_m
    shown = dots_of(incidents[~coarse], workspace.settings, cells)
    at = grid.cell_at(*(shown.table[name].to_numpy(np.float64) for name in ("x_m", "y_m")))
    added = shown.table.assign(cell=at).groupby(["crime_type", "cell"], as_index=False).size()
    x, y = grid.centre(added["cell"].to_numpy(np.int64))
    counted = added["size"].astype(float)
    dots = pd.DataFrame({"crime_type": added["crime_type"], "x_m": x, "y_m": y, "count_of": counted})
    return dots, shown.hidden, int(coarse.sum())


def _record(outlook: Run, area_share: float, labels: dict[str, str]) -> tuple[tuple[RecordLine, ...], int]:
    rows = outlook.table("record")
    if rows.empty:
        return (), 0
    model = str(outlook.notes["model"])
    added = summary(rows[np.isclose(rows["area_share"], area_share)])
    columns = (added[name].tolist() for name in ("crime_type", "model", "hits", "total"))
    lines = [
        RecordLine(labels[kind], model_label(name), name == model, hits, total)
        for kind, name, hits, total in zip(*columns, strict=True)
    ]
    order = sorted(lines, key=lambda line: (line.crime_type, not line.is_outlook, -line.hits))
    return tuple(order), int(rows["week"].nunique())
