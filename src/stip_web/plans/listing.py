# SPDX-License-Identifier: EUPL-1.2
"""The plan that stands as a list to take along."""

from __future__ import annotations

from math import isnan

from stip.store import Workspace
from stip_web.desk.twins import Listing
from stip_web.plans.seen import Outline, Standing

_COLUMNS = {
    "number": "Plek",
    "area": "Buurt",
    "district": "Wijk",
    "cells": "Vakken",
    "kind": "Soort bezoek",
    "visits": "Bezoeken",
    "hours": "Uren",
    "team": "Team",
    "when": "Wanneer",
    "origin": "Gekozen door",
    "probability": "Kans bij loten",
    "expected": "Verwacht",
    "reasons": "Waarom hier",
    "reason": "Reden van mensen",
}


def plan_listing(workspace: Workspace, week: str, standing: Standing) -> Listing:
    """Give the places to visit, by number."""
    rows = [
        {
            "number": seen.place.number,
            "area": seen.area,
            "district": seen.place.district,
            "cells": " ".join(seen.cells),
            "kind": seen.place.kind.label,
            "visits": seen.place.visits,
            "hours": seen.place.hours,
            "team": seen.team_name,
            "when": seen.when,
            "origin": seen.origin_label,
            "probability": round(seen.place.probability, 4),
            "expected": None if isnan(seen.place.expected) else round(seen.place.expected, 2),
            "reasons": " ".join(seen.place.reasons),
            "reason": seen.place.reason,
        }
        for seen in standing.places
    ]
    facts = {
        "week": week,
        "versie": standing.shown.version,
        "stand": standing.shown.status,
        "uitkomst": standing.shown.run.run_id,
        "let op": "Een weekplan gaat over plekken, nooit over mensen. Het is geen grond om iemand te controleren.",
    }
    return Listing(f"weekplan-{week.lower()}", _COLUMNS, rows, facts, crs=workspace.grid.crs)


def outline_listing(week: str, outline: Outline) -> Listing:
    """Give the neighbourhoods that the team goes to."""
    facts = {"week": week, "versie": outline.version, "wijken": ", ".join(outline.districts)}
    return Listing(f"weekplan-{week.lower()}", {"area": "Buurt"}, [{"area": name} for name in outline.areas], facts)
