# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook on the desk: what the library says of it, with the record beside it."""

from __future__ import annotations

from typing import Any

from stip.outlook import outlook_card
from stip.store import Run
from stip_web.outlooks.record import JUDGED, record_of

INPUTS = {
    "arrivals": "meldingen, zoals bekend op maandag 00.00 uur",
    "cells": "vakken van het gebied",
    "context": "omgeving van de vakken",
    "undelivered": "weken waarvan geen bestand kwam",
}


def card_of(run: Run, labels: dict[str, str], *, intact: bool) -> dict[str, Any]:
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
