# SPDX-License-Identifier: EUPL-1.2
"""The model card of a frozen outlook on the desk: what the library says of it, with the record beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stip.outlook import finding_of, outlook_card
from stip.store import Run
from stip_web.outlooks.record import JUDGED, record_of

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
        Whether that is to the last report; if not, a judgement says what it came to and no counts.
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
        card["types"] = {
            name: told | {"verdict": {"use": told["verdict"]["use"], "finding": finding_of(told["verdict"])}}
            for name, told in card["types"].items()
        }
    return card
