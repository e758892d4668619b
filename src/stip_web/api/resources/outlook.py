# SPDX-License-Identifier: EUPL-1.2
"""The frozen outlook of a week beside its baseline: by cell, or by neighbourhood for who sees it coarse."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import pandas as pd
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from stip.outlook import judgement_of
from stip.store import Run, Workspace, read_decisions
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.shapes import shapes
from stip_web.api.callers import caller_of
from stip_web.api.cursor import page
from stip_web.api.expectations import by_area, by_cell
from stip_web.api.geojson import collection, crs_asked, inside_shapes
from stip_web.api.operation import operation
from stip_web.api.parameters import Box, Paging, System, WeekText
from stip_web.api.resources.weeks import run_of_week
from stip_web.api.schemas import Body, Collection, Expected, Feature, week_field
from stip_web.workspaces.current import current_workspace

router = Router(tags=["weeks"])


class ExpectedInCell(Expected):
    """Expected in one cell."""

    tier: Literal[1, 3, 5, 10, 100] = Field(
        description="Inside that per cent of the area with most expected; 100: outside them."
    )
    reasons: list[str] = Field(description="At most three facts, in Dutch.")


class OutlookPlace(Body):
    """A cell, or a neighbourhood when coarse."""

    cell: str | None = Field(description="Its name, by its south-west corner; null for a neighbourhood.")
    area_code: str | None
    name: str
    hidden: bool = Field(description="Hidden by the dwellings rule, as on the page: nothing is told of this place.")
    types: list[Expected | ExpectedInCell]


class OutlookFeature(Feature):
    """What is expected at a place."""

    properties: OutlookPlace


class Override(Body):
    """What people changed on top of the frozen outlook, which itself stays as it is."""

    at: datetime
    kind: Literal["add", "move", "lower", "drop"]
    crime_type: str | None
    cells: list[str]
    to_cells: list[str]
    reason: str
    role: str


class Outlook(Collection):
    """The newest outlook of a week."""

    week: str = week_field()
    run_id: str
    made_at: datetime
    cutoff: datetime = Field(description="What became known from then on did not count.")
    model: str
    baseline: str
    used: Literal["model", "baseline"] = Field(description="What is better by the record.")
    precision: Literal["cells", "areas"]
    verdicts: list[str] = Field(description="In Dutch: was it better than its baseline, and how sure is that?")
    warnings: list[str]
    overrides: list[Override] = Field(description="Oldest first; none when coarse.")
    features: list[OutlookFeature]


@operation(
    router, "/weeks/{week}/outlook", permission=(May.OUTLOOK_READ, May.OUTLOOK_COARSE), reads="vooruitblik",
    returns=Outlook, geo=True, also=(404, 406), summary="The outlook of a week",
)  # fmt: skip
def get_outlook(
    request: HttpRequest, week: Path[WeekText], box: Query[Box], paging: Query[Paging], system: Query[System]
) -> HttpResponse:
    """Give what is expected in a week, with its 80 % interval, its baseline and the facts behind it."""
    crs = crs_asked(request, system)
    caller, workspace = caller_of(request), current_workspace()
    run = run_of_week(workspace, "outlook", week)
    fine = caller.may(May.OUTLOOK_READ)
    places = by_cell(workspace, run) if fine else by_area(workspace, run)
    places = places[inside_shapes(places["geometry"].to_numpy(), box, workspace.settings.town.crs)]
    now = page(len(places), paging, run.run_id, fine, box)
    rows = places.iloc[now.rows]
    notes = run.notes
    return collection(
        shapes(rows["geometry"].to_numpy(), crs, workspace.settings.town.crs),
        rows["properties"],
        crs,
        matched=len(places),
        following=now.next,
        week=week,
        runId=run.run_id,
        madeAt=run.facts["made_at"],
        cutoff=notes["cutoff"],
        model=notes["model"],
        baseline=notes["baseline"],
        used=notes["use"],
        precision="cells" if fine else "areas",
        verdicts=_verdicts(workspace, run, fine=fine),
        warnings=notes.get("warnings", []),
        overrides=_overrides(workspace, week) if fine else [],
    )


def _verdicts(workspace: Workspace, run: Run, *, fine: bool) -> list[str]:
    """Give the judgements in full; to who may not see cells without their counts."""
    if fine:
        return list(run.notes.get("verdicts", ()))
    labels = {name: kind.label for name, kind in workspace.settings.crime_types.items()}
    return list(judgement_of(run, labels, exact=False).lines)


def _overrides(workspace: Workspace, week: str) -> list[dict[str, Any]]:
    def names(cells: Any) -> list[str]:
        return [] if cells is None else [workspace.grid.name(int(cell)) for cell in cells]

    return [
        {
            "at": row["at"].isoformat(),
            "kind": row["kind"],
            "crimeType": None if pd.isna(row["crime_type"]) else row["crime_type"],
            "cells": names(row["cells"]),
            "toCells": names(row["to_cells"]),
            "reason": row["reason"],
            "role": row["role"],
        }
        for row in read_decisions(workspace, "override", week=week).to_dict("records")
    ]
