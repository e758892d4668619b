# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook: made from the run and nothing else, so that it says what was really used."""

from __future__ import annotations

from typing import Any

from stip.outlook import model_label
from stip.store import Run
from stip.week import NO_GROUND
from stip_web.outlooks.record import JUDGED, record_of

INPUTS = {
    "arrivals": "meldingen, zoals bekend op maandag 00.00 uur",
    "cells": "vakken van het gebied",
    "context": "omgeving van de vakken",
    "undelivered": "weken waarvan geen bestand kwam",
}

PARTS = (
    "Eén: een som van eerdere meldingen. Hoe korter geleden en hoe dichterbij, hoe zwaarder zij tellen (mixture).",
    "Twee: een formule met wat er gemeld is en wat er om het vak heen staat (loglinear).",
    "Drie: beslisbomen op dezelfde gegevens (boosted).",
)

LIMITS = (
    "Zij gaat over plekken en over meldingen, niet over mensen en niet over alles wat er gebeurt.",
    "Wat niet wordt gemeld, ziet zij niet. Waar meer wordt gemeld, verwacht zij meer.",
    "Voor één vak is het verwachte aantal bijna altijd kleiner dan één; kijk naar een klasse als geheel.",
    "Een feit bij een vak zegt wat er is geteld of gemeten, niet waardoor iets komt.",
    "Zij kent geen weer, evenementen of werkzaamheden. Wie die kent, legt een wijziging vast met een reden.",
    "Het interval is van 80 %: in ongeveer één op de vijf weken valt het aantal erbuiten.",
)


def formula_of(run: Run) -> list[str]:
    """Say in words how the outlook was reckoned."""
    steering = run.facts["settings"]["outlook"]
    lives = ", ".join(f"{each:g}" for each in steering["half_lives_weeks"])
    widths = ", ".join(f"{each:g}" for each in steering["widths_m"])
    if run.notes["model"] == run.notes["baseline"]:
        return [
            f"Dit is een gewone telling: {model_label(str(run.notes['model']))}.",
            "Per vak: het aantal meldingen in die weken, gedeeld door het aantal weken, met een kleine correctie "
            "voor meldingen die nog moeten binnenkomen.",
        ]
    if run.notes["model"] != "blend":
        return [f"Gebruikt is: {model_label(str(run.notes['model']))}."]
    return [
        "Per vak en per soort melding worden drie verwachtingen gemaakt, en samen gewogen.",
        *PARTS,
        f"Eerdere meldingen tellen op {len(steering['half_lives_weeks'])} tijdschalen "
        f"(na {lives} weken nog half) en op {len(steering['widths_m'])} afstanden ({widths} meter).",
        "De gewichten worden geleerd uit wat eerder uitkwam. Zij staan in het bestand, onder ‘learned’.",
        f"De uitkomst is een aantal per vak voor de week. De vakken met het meeste vormen de klassen; "
        f"bij gelijke stand beslist een vast lot ({steering['seed']}).",
    ]


def card_of(run: Run, labels: dict[str, str], *, intact: bool) -> dict[str, Any]:
    """Give the whole card as JSON can hold it."""
    facts, notes = run.facts, run.notes
    record = record_of(run, labels)
    return {
        "run": run.run_id,
        "week": run.week,
        "frozenAt": facts["made_at"],
        "seal": facts.get("seal", ""),
        "intact": intact,
        "version": facts["version"],
        "program": facts["program"],
        "cutoff": notes["cutoff"],
        "model": {"name": notes["model"], "label": model_label(str(notes["model"]))},
        "baseline": {"name": notes["baseline"], "label": model_label(str(notes["baseline"]))},
        "planUses": notes["use"],
        "settings": facts["settings"],
        "inputs": facts["inputs"],
        "tables": facts["tables"],
        "formula": formula_of(run),
        "limits": list(LIMITS),
        "warnings": list(notes.get("warnings", ())),
        "types": {
            name: {
                "label": labels[name],
                "expectedTotal": round(float(known["expected_total"]), 2),
                "knownReports": known["known_reports"],
                "verdict": known["verdict"],
                "learned": known.get("learned", {}),
            }
            for name, known in notes["by_type"].items()
        },
        "record": [
            {
                "crimeType": line.crime_type,
                "model": line.model,
                "isOutlook": line.is_outlook,
                "hits": round(line.hits, 2),
                "total": round(line.total, 2),
                "weeks": line.weeks,
                "areaShare": JUDGED,
            }
            for line in record.lines
        ],
        "noGround": NO_GROUND,
    }
