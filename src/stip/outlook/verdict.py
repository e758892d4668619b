# SPDX-License-Identifier: EUPL-1.2
"""What the record says in plain words: whether the outlook does better than its baseline, and what asks for care."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.outlook.forecaster import model_label
from stip.outlook.history import History
from stip.outlook.summary import compare
from stip.settings import OutlookSettings
from stip.space import week_from_number
from stip.words import number

AREA_SHARE = 0.03
"""Share of the area at which the record is judged."""

_SURE = 0.95  # from here a difference is called one
_TURN = 0.8  # the plan turns to the baseline when that caught more with at least this certainty
_ENOUGH_INCIDENTS = 30
_LATE_DAYS, _USUAL_DAYS = 10, 4  # the last report of a full week is some days old on Monday
_FEW_REPORTS = 200
_RECENT_WEEKS = 26
_SHORT_WEEKS = 104


def verdict_on(record: pd.DataFrame, crime_type: str, settings: OutlookSettings, label: str) -> dict[str, Any]:
    """Judge the model beside its baseline over the record.

    Returns
    -------
    dict
        ``use`` (``model`` or ``baseline``), ``hits``, ``baseline_hits``, ``total``, ``weeks``, ``certainty``
        (that the model catches more; missing without a record) and ``text``, Dutch sentences.
    """
    rows = record[(record["crime_type"] == crime_type) & np.isclose(record["area_share"].astype(float), AREA_SHARE)]
    if rows.empty or settings.model == settings.baseline:
        text = f"{label}: er is nog geen overzicht van eerdere weken om de vooruitblik aan te toetsen."
        return {"use": "model", "hits": 0.0, "baseline_hits": 0.0, "total": 0.0, "weeks": 0, "text": text}
    found = compare(rows, settings.model, seed=settings.seed)
    line = found[found["beside"] == settings.baseline].iloc[0]
    enough = float(line["total"]) >= _ENOUGH_INCIDENTS
    certainty = float(line["certainty"])
    return {
        "use": "baseline" if enough and certainty <= 1 - _TURN else "model",
        "hits": float(line["hits"]),
        "baseline_hits": float(line["beside_hits"]),
        "total": float(line["total"]),
        "weeks": int(line["weeks"]),
        "certainty": certainty,
        "text": f"{label}: {_in_words(line, found)}",
    }


def _in_words(line: pd.Series[Any], found: pd.DataFrame) -> str:
    total, weeks = float(line["total"]), number(line["weeks"])
    if total < _ENOUGH_INCIDENTS:
        return f"in {weeks} weken kwamen maar {number(total)} meldingen. Dat is te weinig om over te oordelen."
    said = (
        f"in {weeks} weken vielen {number(line['hits'])} van de {number(total)} meldingen in de vakken van de "
        f"vooruitblik (3 % van het gebied), en {number(line['beside_hits'])} in de vakken die het hoogst stonden "
        f"volgens ‘{model_label(str(line['beside']))}’."
    )
    certainty = float(line["certainty"])
    if certainty >= _SURE:
        said += " De vooruitblik deed het beter."
    elif certainty <= 1 - _TURN:
        said += " De vooruitblik deed het niet beter; het plan gaat daarom uit van de gewone telling."
    else:
        said += " Dat verschil kan toeval zijn."
    best = found.sort_values("beside_hits").iloc[-1]
    if best["beside"] != line["beside"] and best["beside_hits"] > best["hits"]:
        said += f" Het meest viel in die van ‘{model_label(str(best['beside']))}’: {number(best['beside_hits'])}."
    return said


def warnings_of(history: History, labels: dict[str, str]) -> list[str]:
    """Return what should make the reader careful, as Dutch sentences."""
    found = []
    for crime_type, label in labels.items():
        rows = history.type_index == history.type_number(crime_type)
        reports = float(history.weight[rows].sum())
        last = int(history.known_week[rows].max()) if rows.any() else history.first_week
        missed = history.cutoff_week - 1 - last
        if 7 * missed + _USUAL_DAYS > _LATE_DAYS:
            found.append(
                f"{label}: de laatste melding kwam binnen in {week_from_number(last)}, {_weeks(missed)} eerder dan "
                "verwacht. Lees het nieuwste bestand in; de vooruitblik mist nu de laatste weken."
            )
        gaps = [week for week in history.undelivered_of(crime_type) if history.cutoff_week - week <= _RECENT_WEEKS]
        if gaps:
            when = ", ".join(week_from_number(week) for week in gaps)
            found.append(
                f"{label}: in {when} kwam niets binnen, terwijl er anders elke week meldingen komen. "
                "Dat telt niet als rustig. Lees het bestand alsnog in."
            )
        if reports < _FEW_REPORTS:
            found.append(
                f"{label}: er zijn maar {number(reports)} meldingen bekend. Verwacht niet meer dan een grove indruk."
            )
    if history.coarse:
        found.append(
            f"{number(history.coarse)} meldingen zijn minder precies bekend dan een vak van "
            f"{history.area.grid.cell_m} meter. Zij zijn gelijk verdeeld over de vakken waar zij kunnen liggen, en "
            "wijzen dus geen vak aan."
        )
    weeks = history.cutoff_week - history.first_week
    if weeks < _SHORT_WEEKS:
        found.append(
            f"Er zijn {weeks} weken bekend. Onder de {_SHORT_WEEKS} weken telt de tijd van het jaar niet mee."
        )
    return found


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weken"
