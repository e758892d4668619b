# SPDX-License-Identifier: EUPL-1.2
"""What may be said of a difference, and how: one rule for all, so that nobody picks the words afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stip.learn.paired import Difference
from stip.learn.streams import PLACES, Stream
from stip.settings import LearnSettings
from stip.words import number, share


class Verdict(StrEnum):
    """What is said."""

    BETTER = "better"
    WORSE = "worse"
    NOT_BETTER = "not_better"
    UNDECIDED = "undecided"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Ground:
    """What a verdict rests on.

    Attributes
    ----------
    stream, beside : Stream
    weeks : int
        Final weeks.
    judgements : int
        Places that were pointed at, over all weeks; 0 for outlook and baseline.
    difference : Difference
    baseline : str
        What the baseline is called on screen, by `stip.outlook.model_label`; empty when it was not one and the same.
    """

    stream: Stream
    beside: Stream
    weeks: int
    judgements: int
    difference: Difference
    baseline: str = ""


def verdict_of(ground: Ground, settings: LearnSettings) -> Verdict:
    """Return what may be said.

    - too few final weeks, incidents or (for places) judgements: nothing;
    - the whole interval above 0: better; below 0: worse;
    - the whole interval below the margin: not better, for any gain is too small to matter;
    - else undecided.
    """
    difference = ground.difference
    if _lacking(ground, settings):
        return Verdict.TOO_FEW
    if difference.low > 0:
        return Verdict.BETTER
    if difference.high < 0:
        return Verdict.WORSE
    if difference.high < settings.verdict_margin:
        return Verdict.NOT_BETTER
    return Verdict.UNDECIDED


def sentence_of(ground: Ground, settings: LearnSettings) -> str:
    """Return the verdict in plain Dutch: the figures first, then what they allow to say."""
    difference = ground.difference
    mine, theirs = share(difference.mine, difference.total), share(difference.theirs, difference.total)
    lacking = _lacking(ground, settings)
    if lacking:
        return f"Nog geen uitspraak mogelijk over {_named(ground.stream)}: {lacking}."
    if ground.stream is Stream.DOUBTED:
        facts = (
            f"Op {_named(ground.stream)} verwachtte de vooruitblik {number(difference.mine, 1)} meldingen in "
            f"{ground.weeks} weken; het werden er {number(difference.theirs, 1)}."
        )
    else:
        where = (
            f"op {_named(ground.stream)}" if ground.stream in PLACES else f"in de vakken van {_named(ground.stream)}"
        )
        facts = (
            f"Van {number(difference.total)} meldingen in {ground.weeks} weken vielen er "
            f"{number(difference.mine)} ({mine}) {where} en "
            f"{number(difference.theirs)} ({theirs}) in evenveel vakken van {_named(ground.beside, ground.baseline)}."
        )
    gap = (
        f"Het verschil ligt met 95 % zekerheid tussen {number(100 * difference.low, 1)} en "
        f"{number(100 * difference.high, 1)} procentpunt, hoe vaak u ook kijkt."
    )
    return f"{facts} {gap} {_conclusion(ground, verdict_of(ground, settings), settings)}"


def _lacking(ground: Ground, settings: LearnSettings) -> str:
    if ground.weeks < settings.verdict_weeks:
        return f"er zijn {ground.weeks} definitieve weken en er zijn er {settings.verdict_weeks} nodig"
    if ground.difference.total < settings.verdict_incidents:
        came = number(ground.difference.total)
        return f"er zijn {came} meldingen en er zijn er {settings.verdict_incidents} nodig"
    if ground.stream in PLACES and ground.judgements < settings.verdict_judgements:
        return f"er zijn {ground.judgements} gekozen plekken en er zijn er {settings.verdict_judgements} nodig"
    return ""


def _conclusion(ground: Ground, verdict: Verdict, settings: LearnSettings) -> str:
    if ground.stream is Stream.DOUBTED:
        return {
            Verdict.BETTER: "Wie schrapte of verlaagde, had gelijk: er kwam minder dan verwacht.",
            Verdict.WORSE: "Wie schrapte of verlaagde, had geen gelijk: er kwam meer dan verwacht.",
            Verdict.NOT_BETTER: "Schrappen en verlagen maakte geen verschil dat telt.",
            Verdict.UNDECIDED: "Nog geen uitspraak mogelijk: het kan nog beide kanten op.",
        }[verdict]
    who, beside = _named(ground.stream), _named(ground.beside, ground.baseline)
    was = "was" if ground.stream in (Stream.OUTLOOK, Stream.BASELINE) else "waren"
    margin = number(100 * settings.verdict_margin, 1).removesuffix(",0")
    return {
        Verdict.BETTER: f"{_first(who)} {was} beter dan {beside}.",
        Verdict.WORSE: f"{_first(who)} {was} slechter dan {beside}.",
        Verdict.NOT_BETTER: (
            f"{_first(who)} {was} niet beter dan {beside}. "
            f"Als er al winst is, is die kleiner dan {margin} procentpunt."
        ),
        Verdict.UNDECIDED: "Nog geen uitspraak mogelijk: het kan nog beide kanten op.",
    }[verdict]


def _named(stream: Stream, baseline: str = "") -> str:
    return f"‘{baseline}’" if stream is Stream.BASELINE and baseline else f"de {stream.label}"


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
