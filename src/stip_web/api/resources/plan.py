# SPDX-License-Identifier: EUPL-1.2
"""The plan of a week: where to go, for how long, and why."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any, Literal

import numpy as np
import shapely
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from stip.agreements import is_held
from stip.plan import PlannedPlace, outline, shown_places, shown_plan
from stip.space import Grid
from stip.store import Workspace, read_areas, read_cells
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.problems import Refused
from stip_web.answers.shapes import shapes
from stip_web.api.callers import caller_of
from stip_web.api.geojson import collection, crs_asked
from stip_web.api.operation import operation
from stip_web.api.parameters import System, WeekText
from stip_web.api.resources.weeks import run_of_week
from stip_web.api.schemas import Body, Collection, Feature, week_field
from stip_web.workspaces.current import current_workspace

router = Router(tags=["weeks"])


class PlanPlace(Body):
    """A place to go to."""

    number: int = Field(description="On list and map, from 1.")
    place_id: str | None = Field(description="The same for the same cells, whatever the week; null when coarse.")
    cells: list[str] = Field(description="None when coarse.")
    areas: list[str] = Field(description="Names of the neighbourhoods it touches.")
    district: str
    expected: float | None = Field(description="Null when coarse or the outlook is on hold, as `low` and `high`.")
    low: float | None
    high: float | None
    hours: float | None = Field(description="Null when coarse, as `visits` and `probability`.")
    visits: int | None
    kind: str
    when: list[str] = Field(description="None when coarse.")
    origin: Literal["outlook", "person", "random"]
    probability: float | None = Field(description="Chance with which it was drawn; 1 when it was chosen.")
    reasons: list[str] = Field(description="At most three facts; none when coarse or the outlook is on hold.")


class PlanFeature(Feature):
    """A place within its outline; when coarse, the neighbourhoods that it touches."""

    properties: PlanPlace


class Plan(Collection):
    """The plan as it stands: adopted, or the proposal as long as none is."""

    week: str = week_field()
    run_id: str
    version: int = Field(description="0 when nothing was adopted.")
    status: str = Field(description="What it is, in Dutch.")
    used: Literal["model", "baseline"] = Field(description="What was planned on.")
    precision: Literal["cells", "areas"] = Field(description="Cells only for who may see the outlook in cells.")
    why: list[str]
    warnings: list[str]
    features: list[PlanFeature]


@operation(
    router, "/weeks/{week}/plan", permission=May.PLAN_READ, reads="vooruitblik", returns=Plan, geo=True,
    also=(404, 406), summary="The plan of a week",
)  # fmt: skip
def get_plan(request: HttpRequest, week: Path[WeekText], system: Query[System]) -> HttpResponse:
    """Give the places of a week's plan; without `outlook.read` a fixed one, by neighbourhood and without figures."""
    crs = crs_asked(request, system)
    workspace = current_workspace()
    shown = shown_plan(workspace, run_of_week(workspace, "plan", week))
    fine = caller_of(request).may(May.OUTLOOK_READ)
    if not fine and not shown.version:
        raise Refused(404, f"Voor {week} is nog geen weekplan vastgesteld.")
    places, grid = shown_places(workspace, shown.proposal.places), workspace.grid
    tells = not is_held(workspace, "outlook")
    outlines = [outline(place.cells, grid) for place in places] if fine else _neighbourhoods(workspace, places)
    return collection(
        shapes(np.array(outlines, dtype=object), crs, grid.crs),
        [_told(place, grid) if fine else _coarse(place) for place in places],
        crs,
        matched=len(places),
        week=week,
        runId=shown.run.run_id,
        version=shown.version,
        status=shown.status,
        used=shown.proposal.use,
        precision="cells" if fine else "areas",
        why=shown.proposal.why if fine and tells else [],
        warnings=shown.proposal.warnings if tells else [],
    )


def _neighbourhoods(workspace: Workspace, places: Sequence[PlannedPlace]) -> list[shapely.Geometry]:
    """Return for each place the neighbourhoods that it touches, as one shape; empty outside all of them."""
    borders = read_areas(workspace).frame.set_index("area_code").geometry
    code_of = read_cells(workspace).set_index("cell")["area_code"]
    return [
        shapely.union_all([shapely.MultiPolygon(), *borders[code_of.reindex(list(place.cells)).dropna().unique()]])
        for place in places
    ]


def _coarse(place: PlannedPlace) -> dict[str, Any]:
    """Tell what says nothing of single cells; the id does, for it can be worked out of them."""
    return _visit(place) | {
        "placeId": None,
        "cells": [],
        "expected": None,
        "low": None,
        "high": None,
        "hours": None,
        "visits": None,
        "when": [],
        "probability": None,
        "reasons": [],
    }


def _told(place: PlannedPlace, grid: Grid) -> dict[str, Any]:
    return _visit(place) | {
        "placeId": place.place_id,
        "cells": [grid.name(cell) for cell in place.cells],
        "expected": _known(place.expected),
        "low": _known(place.low),
        "high": _known(place.high),
        "reasons": place.reasons,
    }


def _known(value: float) -> float | None:
    """Give nothing for what is held back while the outlook stands still."""
    return None if isnan(value) else value


def _visit(place: PlannedPlace) -> dict[str, Any]:
    return {
        "number": place.number,
        "areas": place.areas,
        "district": place.district,
        "hours": place.hours,
        "visits": place.visits,
        "kind": str(place.kind),
        "when": place.when,
        "origin": place.origin,
        "probability": place.probability,
    }
