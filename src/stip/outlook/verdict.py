# SPDX-License-Identifier: EUPL-1.2
"""What the record says in plain words: whether the outlook does better than what is beside it; what asks for care."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from stip.outlook.area import Doubles
from stip.outlook.forecaster import model_label
from stip.outlook.history import History
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_number
from stip.words import number, week_name

AREA_SHARE = 0.03
"""Share of the area at which the record is judged."""

VERDICT_WEEKS = 12
"""Weeks in a block; one verdict is given on each, when it is over."""

# So strict that over the blocks of a year together a chance find is called a difference once in twenty years.
SURE = 1 - 0.05 * VERDICT_WEEKS / 52
_TURN = 0.8  # the plan turns to the baseline when that caught more with at least this certainty; a choice, no claim
_ENOUGH_INCIDENTS = 30
_FEWEST_WEEKS = VERDICT_WEEKS // 2
_LATE_DAYS, _USUAL_DAYS = 10, 4  # the last report of a full week is some days old on Monday
_FEW_REPORTS = 200
_RECENT_WEEKS = 26
_SHORT_WEEKS = 104


class Finding(StrEnum):
    """What a judgement on a block of weeks came to."""

    BETTER = "better"  # surely better than all that stands beside it
    BEHIND = "behind"  # caught less than the baseline, so that the plan goes by that
    WORSE = "worse"  # surely worse than something that stands beside it
    CHANCE = "chance"  # the difference can be chance
    TOO_FEW = "too_few"  # too few reports or weeks to judge


def finding_of(verdict: Mapping[str, Any]) -> Finding:
    """Return what a verdict of a frozen outlook came to; of one that does not tell it, from its figures."""
    if "finding" in verdict:
        return Finding(verdict["finding"])
    if "certainty" not in verdict or verdict["total"] < _ENOUGH_INCIDENTS:
        return Finding.TOO_FEW
    if verdict["certainty"] >= SURE:
        return Finding.BETTER
    return Finding.BEHIND if verdict["use"] == "baseline" else Finding.CHANCE


def judged_weeks(week: int, *, final_after_weeks: int) -> range:
    """Return the last block of weeks that are all final in a week; blocks lie fixed, whenever one looks.

    Who looks every week at the last twelve, and stops at the first that is convincing, finds something in the end
    where nothing is (Armitage, McPherson & Rowe 1969). So each block is judged once: when its last week is final, on
    what is known at that moment (``block.stop + final_after_weeks``). What comes later changes no verdict.

    Parameters
    ----------
    week : int
        Ordinal.
    final_after_weeks : int
        As in `LearnSettings`.
    """
    end = (week - final_after_weeks) // VERDICT_WEEKS * VERDICT_WEEKS
    return range(end - VERDICT_WEEKS, end)


def verdict_on(
    block: pd.DataFrame,
    crime_type: str,
    settings: OutlookSettings,
    label: str,
    *,
    untold: tuple[int, ...] = (),
    final_after_weeks: int = 0,
) -> dict[str, Any]:
    """Judge the model beside everything that stands beside it, over a block of weeks.

    It is called better only when it is surely better than each of them (an intersection-union test, Berger 1982: that
    needs no correction for their number), and worse when it is surely worse than one of them (divided by their
    number).

    Parameters
    ----------
    block : DataFrame that keeps the SCORE contract
        Of the weeks of `judged_weeks`.
    crime_type : str
    settings : OutlookSettings
    label : str
        Of the crime type.
    untold : tuple of int
        Weeks of the block that were not delivered, as ordinals; they are not in ``block``.
    final_after_weeks : int
        So many weeks after its last the next block is judged.

    Returns
    -------
    dict
        ``use`` (``model`` or ``baseline``), ``hits``, ``baseline_hits``, ``total``, ``weeks``, ``text``, Dutch
        sentences; and, when there was something to judge: ``best`` (name of what caught most beside the model),
        ``best_hits``, ``last_week`` (of the block), ``finding`` (a `Finding`) and ``certainty`` (that the model
        catches more than each, by a paired t-test over weeks).

    References
    ----------
    Armitage, McPherson & Rowe (1969), Repeated significance tests on accumulating data, JRSS A 132(2). Berger (1982),
    Multiparameter hypothesis testing and acceptance sampling, Technometrics 24(4).
    """
    rows = block[(block["crime_type"] == crime_type) & np.isclose(block["area_share"].astype(float), AREA_SHARE)]
    hits = rows.pivot_table(index="week", columns="model", values="hits", aggfunc="sum", sort=True)
    beside = [str(name) for name in hits.columns if name != settings.model]
    whole = len(hits) + len(untold) >= VERDICT_WEEKS
    if not whole or len(hits) < _FEWEST_WEEKS or settings.model not in hits or not beside:
        text = f"{label}: er is nog geen blok van {VERDICT_WEEKS} weken voorbij om de vooruitblik aan te toetsen."
        if whole and len(hits) < _FEWEST_WEEKS:
            text = f"{label}: van te veel weken kwam geen bestand om de vooruitblik aan te toetsen."
        return {"use": "model", "hits": 0.0, "baseline_hits": 0.0, "total": 0.0, "weeks": len(hits), "text": text}
    mine = hits[settings.model].to_numpy(np.float64)
    caught = {name: float(hits[name].sum()) for name in beside}
    sure = {name: certainty_of(mine - hits[name].to_numpy(np.float64)) for name in beside}
    total = float(rows.loc[rows["model"] == settings.model, "total"].sum())
    best = max(beside, key=lambda name: (caught[name], -sure[name]))
    turns = total >= _ENOUGH_INCIDENTS and sure.get(settings.baseline, 1.0) <= 1 - _TURN
    found: dict[str, Any] = {
        "use": "baseline" if turns else "model",
        "hits": float(mine.sum()),
        "baseline_hits": caught.get(settings.baseline, 0.0),
        "best": best,
        "best_hits": caught[best],
        "total": total,
        "weeks": len(hits),
        "certainty": min(sure.values()),
    }
    found["finding"] = _finding(found, sure)
    gaps = [week_from_number(week) for week in untold]
    last = max([str(hits.index.max()), *gaps])
    found["last_week"] = last
    said = [_in_words(found, sure, last, settings)]
    if gaps:
        said.append(f"Van {', '.join(map(week_name, gaps))} kwam geen bestand; dat telt niet mee.")
    if total >= _ENOUGH_INCIDENTS:
        after = week_from_number(week_number(last) + VERDICT_WEEKS + final_after_weeks)
        said.append(f"Het volgende oordeel komt na {week_name(after)}.")
    return found | {"text": f"{label}: {' '.join(said)}"}


def certainty_of(difference: Doubles) -> float:
    """Return how sure a mean weekly difference is above 0: one less the one-sided chance of Student's t."""
    if np.ptp(difference) == 0:
        return float(0.5 + 0.5 * np.sign(difference[0]))
    n = len(difference)
    return float(stats.t.cdf(difference.mean() / (difference.std(ddof=1) / np.sqrt(n)), n - 1))


def _finding(found: Mapping[str, Any], sure: Mapping[str, float]) -> str:
    if found["total"] < _ENOUGH_INCIDENTS:
        return str(Finding.TOO_FEW)
    if found["certainty"] >= SURE:
        return str(Finding.BETTER)
    if found["use"] == "baseline":
        return str(Finding.BEHIND)
    return str(Finding.WORSE if min(sure.values()) <= (1 - SURE) / len(sure) else Finding.CHANCE)


def _in_words(found: dict[str, Any], sure: dict[str, float], last: str, settings: OutlookSettings) -> str:
    total, over = number(found["total"]), f"{number(found['weeks'])} weken t/m {week_name(last)}"
    if found["total"] < _ENOUGH_INCIDENTS:
        return f"in de {over} kwamen maar {total} meldingen, te weinig om over te oordelen."
    said = (
        f"in de {over} vielen {number(found['hits'])} van de {total} meldingen in de vakken van de "
        f"vooruitblik (3 % van het gebied). Van wat ernaast staat ving ‘{model_label(found['best'])}’ het meest: "
        f"{number(found['best_hits'])}. "
    )
    worst = min(sure, key=lambda name: sure[name])
    if found["finding"] == Finding.BETTER:
        said += "De vooruitblik deed het beter dan alles wat ernaast staat."
    elif found["finding"] == Finding.BEHIND:
        said += (
            f"De vooruitblik ving minder dan ‘{model_label(settings.baseline)}’ "
            f"({number(found['baseline_hits'])}); het plan gaat daarom daarvan uit."
        )
    elif found["finding"] == Finding.WORSE:
        said += f"De vooruitblik deed het slechter dan ‘{model_label(worst)}’."
    else:
        said += "Dat verschil kan toeval zijn."
    return said


def warnings_of(history: History, labels: dict[str, str]) -> list[str]:
    """Return what should make the reader careful, as Dutch sentences.

    None counts reports: everybody reads them, and the count of a week later would tell how many came in between.
    """
    found = []
    for crime_type, label in labels.items():
        rows = history.type_index == history.type_number(crime_type)
        reports = float(history.weight[rows].sum())
        last = int(history.known_week[rows].max()) if rows.any() else history.first_week
        missed = history.cutoff_week - 1 - last
        if 7 * missed + _USUAL_DAYS > _LATE_DAYS:
            found.append(
                f"{label}: de laatste melding kwam binnen in {week_name(week_from_number(last))}, {_weeks(missed)} "
                "eerder dan verwacht. Lees het nieuwste bestand in; de vooruitblik mist nu de laatste weken."
            )
        gaps = [week for week in history.undelivered_of(crime_type) if history.cutoff_week - week <= _RECENT_WEEKS]
        if gaps:
            when = ", ".join(week_name(week_from_number(week)) for week in gaps)
            found.append(
                f"{label}: in {when} kwam niets binnen, terwijl er anders elke week meldingen komen. "
                "Dat telt niet als rustig. Lees het bestand alsnog in."
            )
        if reports < _FEW_REPORTS:
            found.append(
                f"{label}: er zijn minder dan {_FEW_REPORTS} meldingen bekend. "
                "Verwacht niet meer dan een grove indruk."
            )
    if history.coarse:
        found.append(
            "Een deel van de meldingen is minder precies bekend dan een vak van "
            f"{history.area.grid.cell_m} meter. Dat deel is gelijk verdeeld over de vakken waar het kan liggen, en "
            "wijst dus geen vak aan."
        )
    weeks = history.cutoff_week - history.first_week
    if weeks < _SHORT_WEEKS:
        found.append(
            f"Er zijn {weeks} weken bekend. Onder de {_SHORT_WEEKS} weken telt de tijd van het jaar niet mee."
        )
    return found


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weken"
