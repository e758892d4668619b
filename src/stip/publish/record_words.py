# SPDX-License-Identifier: EUPL-1.2
"""What is said in public of how well it went, in plain Dutch: bad news in the same words as good news."""

from __future__ import annotations

from stip.learn import Met, Verdict
from stip.publish.hits import Hits, WeekByWeek
from stip.publish.interval import Between
from stip.settings import Measure
from stip.words import number, week_name

METHOD = (
    "Deze cijfers tellen samen de buurten waarvan de cijfers openbaar zijn. Elk aantal "
    "is een veelvoud van 5 en wijkt hoogstens 4 af. Deel en verschil zijn uitgerekend met die afgeronde aantallen; "
    "de grenzen houden daar rekening mee, en zijn daarom ruim. Een melding telt één keer: in de week van het midden "
    "van haar tijdvak. Het aantal voor alle soorten samen is de som van de soorten, en wijkt dus meer af."
)
VERDICTS = {
    Verdict.BETTER: "beter",
    Verdict.WORSE: "slechter",
    Verdict.NOT_BETTER: "niet beter",
    Verdict.UNDECIDED: "geen uitspraak",
    Verdict.TOO_FEW: "geen uitspraak",
}
SAID = {
    Verdict.BETTER: "De vooruitblik was beter.",
    Verdict.WORSE: "De vooruitblik was slechter.",
    Verdict.NOT_BETTER: "De vooruitblik was niet beter.",
    Verdict.UNDECIDED: "Geen uitspraak mogelijk: het kan nog beide kanten op.",
    Verdict.TOO_FEW: "Geen uitspraak mogelijk: er zijn te weinig weken of te weinig meldingen.",
}
MET = {
    Met.MET: "gehaald",
    Met.NOT_MET: "niet gehaald",
    Met.UNCLEAR: "geen uitspraak",
    Met.TOO_FEW: "geen uitspraak",
}
NOT_MEASURED = "In dit kwartaal is nog geen hele week nagemeten. Daarom staat hier niet hoe goed de vooruitblik was."
ON_HOLD = "Het nameten stond op pauze toen deze cijfers werden gemaakt. Daarom staat hier niet hoe goed het ging."
NOT_ALLOWED = "Een bron van deze cijfers mag niet worden gebruikt om na te meten hoe goed het ging."
FEWEST_OVERRIDES = 30


def hits_sentence(hits: Hits, found: Between | None, verdict: Verdict) -> str:
    """Say what fell where, and what that allows to say."""
    said = (
        f"Van ongeveer {number(hits.reported.figure)} meldingen vielen er ongeveer {number(hits.outlook.figure)} in "
        f"de plekken van de vooruitblik, en ongeveer {number(hits.baseline.figure)} in evenveel plekken van de "
        "telling ernaast."
    )
    if found is not None and verdict is not Verdict.TOO_FEW:
        said += (
            f" Het verschil ligt met 95 % zekerheid tussen {number(100 * found.low)} en "
            f"{number(100 * found.high)} procentpunt."
        )
    return f"{said} {SAID[verdict]}"


def weeks_sentence(found: WeekByWeek | None) -> str:
    """Say in how many weeks the outlook did better, and in how many worse."""
    if found is None:
        return "Er zijn te weinig meldingen of weken om week voor week te vergelijken."
    better, worse = (_side(side, found.weeks) for side in (found.better, found.worse))
    said = (
        f"Van de {found.weeks} weken had de vooruitblik er {better} met meer meldingen in haar plekken dan de "
        f"telling ernaast, en {worse} met minder."
    )
    rest = found.equal
    return said if rest is None else f"{said} In {_weeks(rest)} was het gelijk."


def _side(told: int | None, weeks: int) -> str:
    if told is None:
        return "hoogstens één"
    return f"ten minste {told}" if told == weeks - 1 else str(told)


def overrides_sentence(many: int) -> str:
    """Say how often people changed the outlook; exactly only from thirty on."""
    if many < FEWEST_OVERRIDES:
        return f"Mensen wijzigden minder dan {FEWEST_OVERRIDES} keer iets aan de vooruitblik."
    return f"Mensen wijzigden {number(many)} keer iets aan de vooruitblik."


def measure_sentence(measure: Measure, met: Met) -> str:
    """Say what was agreed beforehand, and how that stands."""
    if not measure.is_stated:
        return "De gemeente heeft nog niet vastgelegd waaraan zij afmeet of het werkt."
    points = number(100 * abs(measure.threshold), 1).removesuffix(",0")
    asked = (
        f"het deel van de meldingen dat de vooruitblik aanwijst, is ten minste {points} procentpunt groter dan "
        "dat van de telling ernaast"
        if measure.kind == "hits_share_beats_baseline"
        else f"het aantal meldingen daalt ten minste {points} procent tegenover een jaar eerder"
    )
    return f"Vooraf afgesproken: {asked}, vanaf {week_name(measure.from_week)}. Stand: {MET[met]}."


def decision_sentence(label: str, week: str) -> str:
    """Say what was decided on going on."""
    return f"Het besluit van week {int(week[-2:])} van {week[:4]}: {label}."


def _weeks(many: int) -> str:
    return "één week" if many == 1 else f"{many} weken"
