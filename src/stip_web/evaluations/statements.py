# SPDX-License-Identifier: EUPL-1.2
"""Sentences that a councillor can quote: each with where it comes from and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stip.learn import EVERY_TYPE, FeedbackCode, Stream
from stip.store import Workspace
from stip.words import counted, expected, number
from stip_web.evaluations.facts import last_weeks, summed

WEEKS = 12
CODE_NAMES = {
    FeedbackCode.QUIET: "rustig",
    FeedbackCode.AS_EXPECTED: "zoals verwacht",
    FeedbackCode.BUSY: "druk",
    FeedbackCode.OTHER: "anders",
}


@dataclass(frozen=True)
class Statement:
    """One sentence, fit to be quoted.

    Attributes
    ----------
    about, text, source : str
        What question it answers, the sentence, and on what it rests.
    """

    about: str
    text: str
    source: str


def statements(workspace: Workspace, *, exact: bool) -> list[Statement]:
    """Give the sentences on the last weeks; also the ones that do not please.

    Parameters
    ----------
    exact : bool
        Whether reports are counted exactly; else in multiples of five.
    """
    lines = last_weeks(workspace, WEEKS, exact=exact)
    if not lines:
        return []
    return [_done(lines), _reported(lines, exact=exact), _better(workspace), _unsure(workspace, lines)]


def span(lines: list[dict[str, Any]]) -> str:
    """Say which weeks these are."""
    first, last = str(lines[-1]["week"]), str(lines[0]["week"])
    return f"week {int(last[-2:])} van {last[:4]}" if first == last else (
        f"week {int(first[-2:])} van {first[:4]} tot en met week {int(last[-2:])} van {last[:4]}"
    )  # fmt: skip


def week_sentences(line: dict[str, Any], baseline: str, *, exact: bool) -> list[str]:
    """Say one week in plain sentences: expected, reported, hits, visited, told, changed.

    Parameters
    ----------
    exact : bool
        Whether reports are counted exactly; else in multiples of five, too rough to hold against the limits.
    """
    low, high = number(line["low"]), number(line["high"])
    said = [
        f"De vooruitblik verwachtte {expected(line['expected'])} meldingen, waarschijnlijk tussen {low} en {high}."
    ]
    if line["reported"] is None:
        said.append("Wat er kwam, is nog niet nagemeten: de meldingen van deze week zijn nog niet allemaal binnen.")
    else:
        share = f"{number(100 * line['area_share'], 1).removesuffix(',0')} %"
        within = "binnen" if line["low"] <= line["reported"] <= line["high"] else "buiten"
        said += [
            f"Er kwamen {counted(line['reported'])} meldingen{f'; dat ligt {within} die grenzen' if exact else ''}.",
            f"In de {share} van de gemeente die de vooruitblik aanwees, vielen er {counted(line['hits'])}; in "
            f"evenveel vakken van {baseline} {counted(line['baseline_hits'])}. Het meeste wat zoveel vakken konden "
            f"vangen, was {counted(line['best_hits'])}.",
        ]
        if line["person_hits"] is not None:
            said.append(f"Op de eigen plekken van het team vielen {counted(line['person_hits'])} meldingen.")
        if line["state"] == "provisional":
            said.append("Dit is voorlopig: er komen nog meldingen bij.")
    return [*said, *_work(line)]


def _work(line: dict[str, Any]) -> list[str]:
    told = line["places_visited"] + line["places_not_visited"]
    said = [f"Gepland: {_hours(line['planned_hours'])} uur. Als bezoek geboekt: {_hours(line['visited_hours'])} uur."]
    if told:
        codes = [f"{line[str(code)]} keer {name}" for code, name in CODE_NAMES.items() if line[str(code)]]
        said.append(
            f"Van {told} plekken vertelde het team of het er was: op {line['places_visited']} wel, op "
            f"{line['places_not_visited']} niet. Zo was het er: {', '.join(codes) or 'dat is niet gezegd'}."
        )
    else:
        said.append("Er is nog geen terugkoppeling.")
    many = int(line["overrides"])
    said.append(f"Mensen wijzigden {'één keer' if many == 1 else f'{many} keer'} iets aan de vooruitblik.")
    return said


def _done(lines: list[dict[str, Any]]) -> Statement:
    planned, visited = (sum(line[name] for line in lines) for name in ("planned_hours", "visited_hours"))
    been = sum(line["places_visited"] for line in lines)
    told = been + sum(line["places_not_visited"] for line in lines)
    text = (
        f"In {_weeks(len(lines))} plande het team {_hours(planned)} uur en boekte het {_hours(visited)} uur als "
        f"bezoek; het was op {number(been)} van de {number(told)} plekken waarover het iets vertelde."
    )
    basis = (
        f"Weekplannen, bezoeken en terugkoppeling, {span(lines)}. Een bezoek telt voor de uren die ervoor gepland "
        "waren."
    )
    return Statement("Wat deden we?", text, basis)


def _reported(lines: list[dict[str, Any]], *, exact: bool) -> Statement:
    known = [line for line in lines if line["reported"] is not None]
    if not known:
        return Statement(
            "Wat is er gemeld?",
            "Dat is nog niet te zeggen: van geen enkele week zijn de meldingen nageteld.",
            f"Vooruitblikken, {span(lines)}.",
        )
    inside = sum(line["low"] <= line["reported"] <= line["high"] for line in known)
    reported, foreseen = (sum(line[name] for line in known) for name in ("reported", "expected"))
    text = f"In {_weeks(len(known))} kwamen {_about(reported)} meldingen; verwacht waren er {expected(foreseen)}."
    if exact:  # rounded counts are too rough for it
        text += (
            f" {_inside(inside, len(known))} de grenzen die vooraf waren gegeven; dat hoort in ongeveer 8 van de 10 "
            "weken zo te zijn."
        )
    if open_weeks := sum(line["state"] == "provisional" for line in known):
        text += f" Voorlopig: in {_weeks(open_weeks)} komen er nog meldingen bij."
    return Statement("Wat is er gemeld?", text, f"Nagemeten vooruitblikken, {span(known)}. Grenzen van 80 %.")


def _better(workspace: Workspace) -> Statement:
    rows = [row for row in summed(workspace) if row["stream"] == Stream.OUTLOOK and row["crime_type"] == EVERY_TYPE]
    text = str(rows[0]["sentence"]) if rows else "Nog geen uitspraak mogelijk: er is nog geen week definitief."
    return Statement(
        "Was de vooruitblik beter dan gewoon tellen?",
        text,
        "Alle definitieve weken. De grenzen gelden met 95 % zekerheid, hoe vaak u ook kijkt.",
    )


def _unsure(workspace: Workspace, lines: list[dict[str, Any]]) -> Statement:
    late = sum(line["state"] == "provisional" for line in lines)
    missing = sum(line["state"] == "not_scored" for line in lines)
    wait = workspace.settings.learn.final_after_weeks
    text = (
        f"Van de laatste {_weeks(len(lines))} {'is' if late == 1 else 'zijn'} er {late} voorlopig en {missing} nog "
        f"niet nagemeten. Een week is pas na {wait} weken definitief, omdat meldingen later binnenkomen. Of bezoeken "
        "hielpen, zeggen deze cijfers niet: een bezoek kan juist de melding voorkomen die er anders was gekomen."
    )
    return Statement("Waar zijn we onzeker over?", text, f"Stand van de weken, {span(lines)}.")


def _about(reported: float) -> str:
    """Say a count in whole reports: one with a time window counts for a part, and nobody quotes half a report."""
    return number(reported) if counted(reported) == number(reported) else f"ongeveer {number(reported)}"


def _inside(inside: int, of: int) -> str:
    if of == 1:
        return f"Dat aantal lag {'binnen' if inside else 'buiten'}"
    return f"In {inside} van de {of} weken lag het aantal binnen"


def _hours(hours: float) -> str:
    return number(hours, 1).removesuffix(",0")


def _weeks(number_of: int) -> str:
    return "één week" if number_of == 1 else f"{number_of} weken"
