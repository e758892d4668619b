# SPDX-License-Identifier: EUPL-1.2
"""What the record says in plain words: whether the outlook does better than its baseline, and what asks for care."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.outlook.history import History
from stip.outlook.summary import compare
from stip.settings import OutlookSettings
from stip.space import week_from_number
from stip.words import number

AREA_SHARE = 0.03
"""Share of the area at which the record is judged."""

_SURE = 0.8  # the plan turns to the baseline when that caught more with at least this certainty
_LATE_WEEKS = 10 / 7
_FEW_REPORTS = 200
_SHORT_WEEKS = 104


def verdict_on(record: pd.DataFrame, crime_type: str, settings: OutlookSettings, label: str) -> dict[str, Any]:
    """Judge the model beside its baseline over the record.

    Returns
    -------
    dict
        ``use`` (``model`` or ``baseline``), ``hits``, ``baseline_hits``, ``total``, ``weeks``, ``certainty``
        (that the model catches more; missing without a record) and ``text``, one Dutch sentence.
    """
    rows = record[(record["crime_type"] == crime_type) & np.isclose(record["area_share"].astype(float), AREA_SHARE)]
    beside = settings.baseline
    if rows.empty or settings.model == beside:
        text = f"{label}: er is nog geen overzicht van eerdere weken om de vooruitblik aan te toetsen."
        return {"use": "model", "hits": 0.0, "baseline_hits": 0.0, "total": 0.0, "weeks": 0, "text": text}
    found = compare(rows, settings.model, seed=settings.seed)
    line = found[found["beside"] == beside].iloc[0]
    certainty = float(line["certainty"])
    use = "baseline" if certainty <= 1 - _SURE else "model"
    return {
        "use": use,
        "hits": float(line["hits"]),
        "baseline_hits": float(line["beside_hits"]),
        "total": float(line["total"]),
        "weeks": int(line["weeks"]),
        "certainty": certainty,
        "text": f"{label}: {_in_words(line, certainty)}",
    }


def _in_words(line: pd.Series[Any], certainty: float) -> str:
    counted = (
        f"in {number(line['weeks'])} weken vielen {number(line['hits'])} van de {number(line['total'])} meldingen in "
        f"de vakken van de vooruitblik (3 % van het gebied) en {number(line['beside_hits'])} in die van de gewone "
        "telling."
    )
    if certainty >= _SURE:
        return f"{counted} De vooruitblik deed het beter."
    if certainty <= 1 - _SURE:
        return f"{counted} De gewone telling deed het beter; het plan kan daar beter op varen."
    return f"{counted} Dat verschil kan toeval zijn."


def warnings_of(history: History, labels: dict[str, str]) -> list[str]:
    """Return what should make the reader careful, as Dutch sentences."""
    found = []
    for crime_type, label in labels.items():
        rows = history.type_index == history.type_number(crime_type)
        reports = float(history.weight[rows].sum())
        last = int(history.known_week[rows].max()) if rows.any() else history.first_week
        late = history.cutoff_week - 1 - last
        if late >= _LATE_WEEKS:
            found.append(
                f"{label}: de laatste melding kwam binnen in {week_from_number(last)}, {late} weken eerder dan "
                "verwacht. Lees het nieuwste bestand in; de vooruitblik mist nu de laatste weken."
            )
        if reports < _FEW_REPORTS:
            found.append(
                f"{label}: er zijn maar {number(reports)} meldingen bekend. Verwacht niet meer dan een grove indruk."
            )
    weeks = history.cutoff_week - history.first_week
    if weeks < _SHORT_WEEKS:
        found.append(
            f"Er zijn {weeks} weken bekend. Onder de {_SHORT_WEEKS} weken telt de tijd van het jaar niet mee."
        )
    return found
