# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook on the desk: what the library says of it, with the record beside it."""

from __future__ import annotations

from typing import Any

from stip.outlook import outlook_card
import pandas as pd

from stip.outlook import model_label
from stip.store import Run
from stip_web.outlooks.record import JUDGED, record_of

INPUTS = {
    "arrivals": "meldingen, zoals bekend op maandag 00.00 uur",
    "cells": "vakken van het gebied",
    "context": "omgeving van de vakken",
    "undelivered": "weken waarvan geen bestand kwam",
}


def card_of(rows: pd.DataFrame, run: Run, labels: dict[str, str], *, intact: bool) -> dict[str, Any]:
    """Give the whole card as JSON can hold it."""
    record = [
        {
            "crimeType": line.crime_type,
            "model": line.model,
            "isOutlook": line.is_outlook,
            "hits": round(line.hits, 2),
            "total": round(line.total, 2),
            "weeks": line.weeks,
            "areaShare": JUDGED,
        }
        for line in record_of(run, labels).lines
    ]
    return outlook_card(run, labels, intact=intact) | {"record": record}
    facts, notes = run.facts, run.notes
    record = record_of(rows, run, labels)
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
