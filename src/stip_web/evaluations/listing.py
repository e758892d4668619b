# SPDX-License-Identifier: EUPL-1.2
"""The pages as lists, for JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stip.learn import CourseChoice, Met, Ranking, ranking_sentence
from stip.store import Workspace
from stip_web.desk.small import TOLD
from stip_web.desk.twins import Listing

WEEK_COLUMNS = {
    "week": "Week",
    "state": "Stand",
    "expected": "Verwacht",
    "low": "Verwacht, laag (80 %)",
    "high": "Verwacht, hoog (80 %)",
    "reported": "Gemeld",
    "area_share": "Deel van de gemeente",
    "hits": "In de vakken van de vooruitblik",
    "baseline_hits": "In evenveel vakken van de telling ernaast",
    "best_hits": "Meeste dat zoveel vakken konden vangen",
    "person_hits": "Op eigen plekken",
    "planned_hours": "Uren gepland",
    "visited_hours": "Uren bezocht",
    "places_visited": "Plekken bezocht",
    "places_not_visited": "Plekken niet bezocht",
    "rustig": "Rustig",
    "zoals_verwacht": "Zoals verwacht",
    "druk": "Druk",
    "anders": "Anders",
    "overrides": "Wijzigingen van mensen",
}
STATES = {"final": "definitief", "provisional": "voorlopig", "not_scored": "niet nagemeten"}
MET = {
    Met.MET: "gehaald",
    Met.NOT_MET: "niet gehaald",
    Met.UNCLEAR: "nog niet te zeggen",
    Met.TOO_FEW: "te weinig weken of meldingen",
}
MEASURES = {
    "": "nog niet ingevuld",
    "hits_share_beats_baseline": "deel van de meldingen in vakken van de vooruitblik, min dat van een gewone telling",
    "reported_change": "verandering van het aantal meldingen tegenover een jaar eerder",
}


def weeks_listing(workspace: Workspace, lines: Sequence[Mapping[str, Any]], *, exact: bool) -> Listing:
    """Give the weeks as a list, in exact counts or in multiples of five."""
    rows = [{**line, "state": STATES[str(line["state"])]} for line in lines]
    told = "Voorlopige weken krijgen er nog meldingen bij."
    facts = {
        "gemeente": workspace.settings.town.name,
        "uitleg": told if exact else f"{told} {TOLD}",
    }
    return Listing("evaluatie", WEEK_COLUMNS, rows, facts)


def types_listing(workspace: Workspace, week: str, lines: Sequence[Mapping[str, Any]]) -> Listing:
    """Give one week by crime type as a list."""
    columns = {
        "label": "Soort",
        "expected": "Verwacht",
        "reported": "Gemeld",
        "hits": "In de vakken van de vooruitblik",
        "baseline_hits": "In evenveel vakken van de telling ernaast",
    }
    return Listing(f"evaluatie-{week}", columns, lines, {"gemeente": workspace.settings.town.name, "week": week})


def people_listing(workspace: Workspace, found: Sequence[Ranking], baseline: str) -> Listing:
    """Give the rankings as a list, without anybody's name."""
    columns = {
        "team": "Team",
        "kind": "Soort oordeel",
        "judgements": "Oordelen",
        "weeks": "Definitieve weken",
        "people": "Meldingen bij mensen",
        "outlook": "Meldingen bij de vooruitblik",
        "baseline": "Meldingen bij de telling ernaast",
        "total": "Alle meldingen",
        "order": "Volgorde",
        "certainty": "Zekerheid",
        "sentence": "In woorden",
    }
    teams = workspace.settings.plan.teams
    rows = [
        {
            "team": teams.get(each.team, each.team) or "alle teams samen",
            "kind": each.kind.label,
            "judgements": each.judgements,
            "weeks": len(each.weeks),
            "total": None if each.lacking else each.total,
            "order": ", ".join(each.order)
            or ("geen uitspraak mogelijk" if each.carries_verdict else "ter vergelijking"),
            "certainty": each.certainty or None,
            "sentence": ranking_sentence(each, baseline=baseline),
        }
        | ({} if each.lacking else {str(side): hits for side, hits in each.hits.items()})
        for each in found
    ]
    return Listing("afwijkingen", columns, rows, {"gemeente": workspace.settings.town.name, "telling": baseline})


def courses_listing(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> Listing:
    """Give every decision as a list."""
    columns = {
        "at": "Wanneer",
        "choice": "Besluit",
        "reason": "Reden",
        "role": "Rol",
        "measure": "Maat",
        "threshold": "Drempel",
        "from_week": "Vanaf week",
        "weeks": "Definitieve weken",
        "value": "Uitkomst",
        "low": "Uitkomst, laag (95 %)",
        "high": "Uitkomst, hoog (95 %)",
        "outcome": "Maat gehaald",
    }
    told = [
        {
            **row,
            "choice": CourseChoice(str(row["choice"])).label,
            "outcome": MET[Met(str(row["outcome"]))],
            "measure": MEASURES[str(row["measure"])],
        }
        for row in rows
    ]
    return Listing("besluiten", columns, told, {"gemeente": workspace.settings.town.name})
