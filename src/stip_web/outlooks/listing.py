# SPDX-License-Identifier: EUPL-1.2
"""The twins of the pages: the same rows for programs and spreadsheets, with what must be known to read them alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from stip.store import Run, Workspace, read_areas
from stip.week import NO_GROUND
from stip_web.desk.twins import Listing
from stip_web.outlooks.changes import Change
from stip_web.outlooks.classes import OF_NUMBER
from stip_web.outlooks.coarse import CoarseSheet
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.record import weekly
from stip_web.outlooks.sheet import Sheet

LICENCE = "alleen voor het werk van de gemeente; niet verder verspreiden"


def facts_of(workspace: Workspace, run: Run, kinds: tuple[str, ...], beside: str) -> dict[str, Any]:
    """Give what somebody must know to read a list alone."""
    labels = labels_of(workspace)
    return {
        "gemeente": workspace.settings.town.name,
        "week": run.week,
        "uitkomst": run.run_id,
        "zegel": run.facts.get("seal", ""),
        "vastgelegd": run.facts["made_at"],
        "model": run.notes["model"],
        "ernaast": beside,
        "soorten": ", ".join(labels[name] for name in kinds),
        "waarschuwingen": " ".join(run.notes.get("warnings", ())) or "geen",
        "licentie": LICENCE,
        "let op": NO_GROUND,
    }


def cells_listing(workspace: Workspace, sheet: Sheet, marks: dict[str, list[Change]], rows: Any = None) -> Listing:
    """Give the cells of a sheet as a list; a figure that is hidden is empty, and the state says why."""
    chosen = sheet.squares if rows is None else rows
    records = [
        {
            "cell": row["name"],
            "district": row["district"],
            "area": row["area"],
            "class": int(row["class"]),
            "className": OF_NUMBER[row["class"]].name,
            "expected": _figure(row["expected"], 4),
            "low": _figure(row["low"], 0),
            "high": _figure(row["high"], 0),
            "beside": _figure(row["beside"], 4),
            "difference": _figure(row["difference"], 4),
            "state": state_of_cell(row),
            "changed": "; ".join(f"{each.said}: {each.reason} ({each.who})" for each in marks.get(row["name"], ())),
        }
        for row in chosen.to_dict("records")
    ]
    side = workspace.grid.cell_m
    x, y = workspace.grid.corner(chosen["cell"].to_numpy(np.int64))
    return Listing(
        f"vooruitblik-{sheet.run.week.lower()}",
        {
            "cell": "Vak",
            "district": "Wijk",
            "area": "Buurt",
            "class": "Klasse",
            "className": "Klasse in woorden",
            "expected": "Verwacht",
            "low": "Tussen",
            "high": "En",
            "beside": "Ernaast",
            "difference": "Verschil",
            "state": "Toestand",
            "changed": "Gewijzigd",
        },
        records,
        facts_of(workspace, sheet.run, sheet.crime_types, sheet.beside.label)
        | {"verborgen vakken": sheet.hidden, "vakken": len(sheet.squares)},
        shapely.box(x, y, x + side, y + side),
        workspace.grid.crs,
    )


def state_of_cell(row: Any) -> str:
    """Say in a word what can be said of a cell by itself."""
    return "verborgen om privacy" if row["hidden"] else "te weinig gegevens" if row["thin"] else "interval"


def coarse_listing(workspace: Workspace, sheet: CoarseSheet) -> Listing:
    """Give the totals of neighbourhoods as a list, with their borders."""
    frame = read_areas(workspace).frame.set_index("area_code")
    return Listing(
        f"vooruitblik-{sheet.run.week.lower()}-buurten",
        {
            "area": "Buurt",
            "district": "Wijk",
            "low": "Tussen",
            "high": "En",
            "beside": "Ernaast",
            "state": "Toestand",
        },
        [
            {
                "code": each.code,
                "area": each.name,
                "district": each.district,
                "low": each.low,
                "high": each.high,
                "beside": None if each.beside is None else round(each.beside, 1),
                "state": "verborgen om privacy" if each.hidden else "interval",
            }
            for each in sheet.areas
        ],
        facts_of(workspace, sheet.run, sheet.crime_types, sheet.beside.label)
        | {"precisie": "per buurt; uw rol ziet geen vakken"},
        frame.geometry.reindex([each.code for each in sheet.areas]).to_numpy(),
        workspace.grid.crs,
    )


def changes_listing(workspace: Workspace, week: str, changes: list[Change]) -> Listing:
    """Give the decisions of a week as a list, with those that no longer stand."""
    labels = labels_of(workspace)
    return Listing(
        f"wijzigingen-{week.lower()}",
        {
            "id": "Nummer",
            "at": "Wanneer",
            "kind": "Wat",
            "cells": "Vakken",
            "toCells": "Waarheen",
            "crimeType": "Soort",
            "reason": "Reden",
            "role": "Rol",
            "supersedes": "Herziet",
            "stands": "Geldt nu",
        },
        [
            {
                "id": each.decision_id,
                "at": each.at,
                "kind": each.said,
                "cells": " ".join(each.cells),
                "toCells": " ".join(each.to_cells),
                "crimeType": labels[each.crime_type] if each.crime_type else "alle",
                "reason": each.reason,
                "role": each.who,
                "supersedes": each.supersedes,
                "stands": "ja" if each.stands else "nee",
            }
            for each in changes
        ],
        {"gemeente": workspace.settings.town.name, "week": week, "licentie": LICENCE},
    )


def record_listing(
    workspace: Workspace, run: Run, rows: pd.DataFrame, labels: dict[str, str], area_share: float
) -> Listing:
    """Give the record week by week as a list."""
    return Listing(
        "trackrecord",
        {
            "week": "Week",
            "crime_type": "Soort",
            "model": "Wat",
            "outlook": "Is de vooruitblik",
            "hits": "Meldingen in de hoogste vakken",
            "total": "Alle meldingen",
            "state": "Stand",
        },
        weekly(rows, run, labels, area_share=area_share),
        facts_of(workspace, run, tuple(run.notes["by_type"]), "")
        | {"deel van het gebied": f"{round(100 * area_share)} %"},
    )


def _figure(value: float, decimals: int) -> float | int | None:
    if np.isnan(value):
        return None
    return int(value) if decimals == 0 else round(float(value), decimals)
