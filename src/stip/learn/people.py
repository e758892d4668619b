# SPDX-License-Identifier: EUPL-1.2
"""Who did better: what people said beside the outlook and the baseline, in words that also say how sure that is.

Three kinds of judgement, each all people together and none by name: places they added, cells where the team said it
would rather have gone (*beter hier*), and places they dropped or lowered.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stip.learn.streams import EVERY_TYPE, Stream
from stip.learn.verdict import Verdict
from stip.settings import LearnSettings
from stip.words import number, share

KINDS = (Stream.PERSON, Stream.BETTER, Stream.DOUBTED)
_RIVALS = (Stream.OUTLOOK, Stream.BASELINE)


@dataclass(frozen=True)
class Judged:
    """What may be said of one kind of judgement.

    Attributes
    ----------
    stream : Stream
        One of `KINDS`.
    judgements : int
        How many there were, over the final weeks.
    sentence : str
        Dutch.
    """

    stream: Stream
    judgements: int
    sentence: str


def people_beside(summed: pd.DataFrame, settings: LearnSettings, *, crime_type: str = EVERY_TYPE) -> list[Judged]:
    """Say of each kind of judgement of people whether it did better than outlook and baseline.

    Parameters
    ----------
    summed : DataFrame
        As `stip.learn.totals` returns it.
    settings : LearnSettings
    crime_type : str
        One type; all together otherwise.

    Returns
    -------
    list of Judged
        One for each of `KINDS`, also when there is nothing to say.
    """
    return [_judged(stream, summed[summed["crime_type"] == crime_type], settings) for stream in KINDS]


def _judged(stream: Stream, summed: pd.DataFrame, settings: LearnSettings) -> Judged:
    rows = {str(row["beside"]): row for row in summed[summed["stream"] == stream].to_dict("records")}
    if not rows:
        needed = settings.verdict_judgements
        said = f"Geen uitspraak mogelijk over de {stream.label}: er zijn er nog geen, en er zijn er {needed} nodig."
        return Judged(stream, 0, said)
    first = rows[str(Stream.OUTLOOK)]
    count = int(first["judgements"])
    if stream is Stream.DOUBTED or first["verdict"] == Verdict.TOO_FEW:
        return Judged(stream, count, str(first["sentence"]))
    total = float(first["total"])
    counts = {stream: float(first["mine"])} | {rival: float(rows[str(rival)]["theirs"]) for rival in _RIVALS}
    told = [f"{number(hits)} ({share(hits, total)}) {_where(name)}" for name, hits in counts.items()]
    facts = (
        f"Van {number(total)} meldingen in {first['weeks']} weken vielen er, in telkens evenveel vakken, "
        f"{', '.join(told[:-1])} en {told[-1]}."
    )
    verdicts = [_beside(stream, rival, rows[str(rival)], settings) for rival in _RIVALS]
    return Judged(stream, count, " ".join([facts, *verdicts]))


def _where(stream: Stream) -> str:
    return f"in die van de {stream.label}" if stream in _RIVALS else f"op de {stream.label}"


def _beside(stream: Stream, rival: Stream, row: Mapping[Hashable, Any], settings: LearnSettings) -> str:
    """Say plainly which of two did better, and how sure that is."""
    low, high = 100 * float(row["low"]), 100 * float(row["high"])
    if row["verdict"] == Verdict.BETTER:
        between = f"{number(low, 1)} tot {number(high, 1)} procentpunt meer"
        return f"De {stream.label} deden het beter dan de {rival.label}; dat is 95 % zeker ({between})."
    if row["verdict"] == Verdict.WORSE:
        between = f"{number(-high, 1)} tot {number(-low, 1)} procentpunt meer"
        return f"De {rival.label} deed het beter dan de {stream.label}; dat is 95 % zeker ({between})."
    if row["verdict"] == Verdict.NOT_BETTER:
        margin = number(100 * settings.verdict_margin, 1).removesuffix(",0")
        return (
            f"De {stream.label} deden het niet beter dan de {rival.label}: met 95 % zekerheid is hun winst kleiner "
            f"dan {margin} procentpunt."
        )
    return (
        f"Geen uitspraak mogelijk over de {stream.label} tegenover de {rival.label}: het verschil ligt met 95 % "
        f"zekerheid tussen {number(low, 1)} en {number(high, 1)} procentpunt."
    )
