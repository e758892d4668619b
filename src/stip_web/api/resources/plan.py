# SPDX-License-Identifier: EUPL-1.2
"""The plan of a week: where to go, for how long, and why."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from stip.plan import PlannedPlace, outline, shown_plan
from stip.space import Grid
from stip_web.accounts.permissions import Permission as May
from stip_web.api.geojson import collection, crs_asked, shapes
from stip_web.api.operation import operation
from stip_web.api.parameters import System, WeekText
from stip_web.api.resources.weeks import run_of_week
from stip_web.api.schemas import Body, Collection, Feature, week_field
from stip_web.workspaces.current import current_workspace

router = Router(tags=["weeks"])


class PlanPlace(Body):
    """A place to go to."""

    number: int = Field(description="On list and map, from 1.")
    place_id: str = Field(description="The same for the same cells, whatever the week.")
    cells: list[str]
    areas: list[str] = Field(description="Names of the neighbourhoods it touches.")
    district: str
    expected: float
    low: float
    high: float
    hours: float
    visits: int
    kind: str
    when: list[str]
    origin: Literal["outlook", "person", "random"]
    probability: float = Field(description="Chance with which it was drawn; 1 when it was chosen.")
    reasons: list[str] = Field(description="At most three facts, in Dutch.")


class PlanFeature(Feature):
    """A place within its outline."""

    properties: PlanPlace


class Plan(Collection):
    """The plan as it stands: adopted, or the proposal as long as none is."""

    week: str = week_field()
    run_id: str
    version: int = Field(description="0 when nothing was adopted.")
    status: str = Field(description="What it is, in Dutch.")
    used: Literal["model", "baseline"] = Field(description="What was planned on.")
    why: list[str]
    warnings: list[str]
    features: list[PlanFeature]


@operation(
    router, "/weeks/{week}/plan", permission=May.PLAN_READ, returns=Plan, geo=True, also=(404, 406),
    summary="The plan of a week",
)  # fmt: skip
def get_plan(request: HttpRequest, week: Path[WeekText], system: Query[System]) -> HttpResponse:
    """Give the places of a week's plan."""
    crs = crs_asked(request, system)
    workspace = current_workspace()
    shown = shown_plan(workspace, run_of_week(workspace, "plan", week))
    places, grid = shown.proposal.places, workspace.grid
    outlines = np.array([outline(place.cells, grid) for place in places], dtype=object)
    return collection(
        shapes(outlines, crs, grid.crs),
        [_told(place, grid) for place in places],
        crs,
        matched=len(places),
        week=week,
        runId=shown.run.run_id,
        version=shown.version,
        status=shown.status,
        used=shown.proposal.use,
        why=shown.proposal.why,
        warnings=shown.proposal.warnings,
    )


def _told(place: PlannedPlace, grid: Grid) -> dict[str, Any]:
    return {
        "number": place.number,
        "placeId": place.place_id,
        "cells": [grid.name(cell) for cell in place.cells],
        "areas": place.areas,
        "district": place.district,
        "expected": place.expected,
        "low": place.low,
        "high": place.high,
        "hours": place.hours,
        "visits": place.visits,
        "kind": str(place.kind),
        "when": place.when,
        "origin": place.origin,
        "probability": place.probability,
        "reasons": place.reasons,
    }
