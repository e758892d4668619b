# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook on the desk: what the library says of it, with the record beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stip.outlook import finding_of, outlook_card
from stip.store import Run
from stip_web.outlooks.record import JUDGED, record_of
from stip_web.outlooks.runs import is_plain_count

INPUTS = {
    "arrivals": "meldingen, zoals bekend op maandag 00.00 uur",
    "cells": "vakken van het gebied",
    "context": "omgeving van de vakken",
    "undelivered": "weken waarvan geen bestand kwam",
}


def card_of(rows: pd.DataFrame, run: Run, labels: dict[str, str], *, intact: bool, exact: bool) -> dict[str, Any]:
    """Give the whole card as JSON can hold it.

    Parameters
    ----------
    rows : DataFrame
        The record of the run, as finely as the reader may see it.
    exact : bool
        Whether that is to the last report. If not, no count of reports is told: a judgement says what it came to,
        and what is expected is as the page by neighbourhood tells it.
    """
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
        for line in record_of(rows, run, labels, exact=exact).lines
    ]
    card = outlook_card(run, labels, intact=intact) | {"record": record}
    if not exact:
        card["types"] = {name: _coarsely(told, plain=is_plain_count(run)) for name, told in card["types"].items()}
    return card


def _coarsely(told: dict[str, Any], *, plain: bool) -> dict[str, Any]:
    """Leave out what counts reports: beside the card of the week before, the difference would be that week's."""
    kept = {name: value for name, value in told.items() if name != "knownReports"}
    return kept | {
        # A plain count to the last decimal is a number of reports, divided by weeks.
        "expectedTotal": round(told["expectedTotal"]) if plain else told["expectedTotal"],
        "verdict": {"use": told["verdict"]["use"], "finding": finding_of(told["verdict"])},
    }
