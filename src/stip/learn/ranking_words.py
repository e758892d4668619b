# SPDX-License-Identifier: EUPL-1.2
"""A ranking in plain Dutch: the figures, who did better than whom, and how sure that is."""

from __future__ import annotations

from stip.learn.ranking import Pair, Ranking, Side
from stip.learn.same_cells import Kind
from stip.words import counted, number, share

NOTHING = "Geen uitspraak mogelijk"
TO_COMPARE = "Ter vergelijking, zonder uitspraak"
_PEOPLE = "de mensen"


def ranking_sentence(ranking: Ranking, *, baseline: str = "") -> str:
    """Return what a ranking says.

    Parameters
    ----------
    ranking : Ranking
    baseline : str
        What the baseline is called on screen; ``de telling ernaast`` when empty.

    Returns
    -------
    str
        First the conclusion, then figures and certainty; figures only where the ranking carries no verdict.
    """
    if ranking.lacking:
        return f"{NOTHING} over {_named(ranking.kind)}: {ranking.lacking}."
    if not ranking.carries_verdict:
        return f"{TO_COMPARE}: {_uncapital(_figures(ranking, baseline))}"
    parts = [_conclusion(ranking, baseline), _figures(ranking, baseline)]
    if not ranking.says_nothing:
        parts.append(
            f"Dat is vastgesteld na {ranking.moment} weken, {len(ranking.weeks)} daarvan definitief, en voor dat "
            f"moment {_per_cent(ranking.certainty)} zeker."
        )
    return " ".join(parts)


def side_name(side: Side, kind: Kind = Kind.PEOPLE, baseline: str = "") -> str:
    """Return what a side is called in a sentence, with its article."""
    if side is Side.BASELINE:
        return f"‘{baseline}’" if baseline else "de telling ernaast"
    if side is Side.OUTLOOK:
        return "de vooruitblik"
    return "wie plekken schrapte" if kind is Kind.DROPPED else _PEOPLE


def pair_sentence(pair: Pair, kind: Kind, *, baseline: str = "", verdict: bool = True) -> str:
    """Return what is said of two sides, with the interval of their difference; only that without a verdict."""
    first, second = (side_name(side, kind, baseline) for side in (pair.first, pair.second))
    low, high = 100 * pair.low, 100 * pair.high
    if not verdict:
        return (
            f"{first[:1].upper()}{first[1:]} tegenover {second}: een verschil tussen {number(low, 1)} en "
            f"{number(high, 1)} procentpunt van alle meldingen."
        )
    if pair.better is None:
        return (
            f"{NOTHING} over {first} tegenover {second}: het verschil ligt tussen {number(low, 1)} en "
            f"{number(high, 1)} procentpunt van alle meldingen."
        )
    if pair.better is pair.second:
        first, second, low, high = second, first, -high, -low
    verb = "wezen" if first == _PEOPLE else "wees"
    return (
        f"{first[:1].upper()}{first[1:]} {verb} beter aan dan {second}: {number(low, 1)} tot {number(high, 1)} "
        "procentpunt meer van alle meldingen."
    )


def _conclusion(ranking: Ranking, baseline: str) -> str:
    if ranking.says_nothing:
        sides = [side_name(side, ranking.kind, baseline) for side in ranking.hits]
        return f"{NOTHING}: {_listed(sides)} zijn niet van elkaar te onderscheiden."
    if ranking.order:
        first, *rest = (side_name(side, ranking.kind, baseline) for side in ranking.order)
        best = f"{first[:1].upper()}{first[1:]} {'deden' if first == _PEOPLE else 'deed'} het best"
        return f"{best}, dan {', dan '.join(rest)}."
    said = [pair_sentence(pair, ranking.kind, baseline=baseline) for pair in ranking.pairs if pair.better]
    return f"Een hele volgorde is niet te geven. {' '.join(said)}"


def _figures(ranking: Ranking, baseline: str) -> str:
    where = [
        f"{number(hits)} ({share(hits, ranking.total)}) bij {side_name(side, ranking.kind, baseline)}"
        for side, hits in ranking.hits.items()
    ]
    many = number(ranking.cells, 1).removesuffix(",0")
    if ranking.kind is Kind.DROPPED:
        return (
            f"Op {number(ranking.judgements)} geschrapte of verlaagde plekken kwamen in {ranking.weeks_judged} weken "
            f"{counted(ranking.hits[Side.OUTLOOK])} meldingen; in evenveel vakken die de vooruitblik even hoog had "
            f"{counted(ranking.hits[Side.PEOPLE])}."
        )
    return (
        f"Van {number(ranking.total)} meldingen in {ranking.weeks_judged} weken vielen er, in telkens evenveel "
        f"vakken (gemiddeld {many} per week), {_listed(where)}."
    )


def _named(kind: Kind) -> str:
    return f"de {kind.label}"


def _per_cent(part: float) -> str:
    return f"{number(100 * part, 1).removesuffix(',0')} %"


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} en {parts[-1]}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
