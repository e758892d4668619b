# SPDX-License-Identifier: EUPL-1.2
"""A week plan on the terminal."""

from __future__ import annotations

from dataclasses import asdict, replace
from math import isnan
from typing import Any

from rich.padding import Padding
from rich.text import Text

from stip.cli.show import console, number, say
from stip.plan import ORIGINS, TYPES_APART, PlannedPlace, Proposal
from stip.space import Grid


def show_proposal(proposal: Proposal, *, run_id: str, status: str) -> None:
    """Print where to go, how long, what is expected, why, and what was passed over."""
    where = " en ".join(proposal.districts) or "de hele stad"
    console.print(Text(f"Weekplan {proposal.week} · {where}", style="bold"))
    hours = f"{number(proposal.planned_hours, 1)} van {number(proposal.hours, 1)} uur"
    say(f"{len(proposal.places)} plekken, {hours} · {status}")
    for sentence in proposal.why:
        say(sentence)
    for warning in proposal.warnings:
        console.print(Text(f"Let op: {warning}", style="bold"))
    for place in proposal.places:
        _place(place)
    console.print()
    for line in (*_proof(proposal), *_chance(proposal), *_changes(proposal)):
        say(line)
    say(TYPES_APART)
    say("Dit is een voorstel over plekken, nooit over mensen. Mensen beslissen.")
    say(f"Bewaard als {run_id}." if run_id else "Er is niets geschreven.")


def _place(place: PlannedPlace) -> None:
    console.print()
    mark = "" if place.origin == "outlook" else f"  [{ORIGINS[place.origin]}]"
    where = ", ".join(place.areas) or "buiten de buurten"
    console.print(Text(f"{place.number}. {where}", style="bold"), Text(f"{mark}  {place.place_id}"))
    when = f" · {', '.join(place.when)}" if place.when else ""
    times = "1 bezoek" if place.visits == 1 else f"{place.visits} bezoeken"
    lines = [
        f"{number(place.hours, 1)} uur, {times}, {place.kind.label}{when}",
        *([] if isnan(place.expected) else [_expected(place)]),
        *(f"· {reason}" for reason in place.reasons),
    ]
    console.print(Padding(Text("\n".join(lines)), (0, 0, 0, 3)))


def _expected(place: PlannedPlace) -> str:
    return f"Verwacht: {number(place.expected, 2)} meldingen; waarschijnlijk {_between(place.low, place.high)}"


def _between(low: float, high: float) -> str:
    if high == 0:
        return "geen"
    return number(low) if low == high else f"tussen {number(low)} en {number(high)}"


def _proof(proposal: Proposal) -> list[str]:
    """Say how good the plan is, and how that is known; nothing while the outlook, which says it, is on hold."""
    if isnan(proposal.objective):
        return ["De vooruitblik staat stil: wat zij van deze plekken zei, staat er zolang niet bij."]
    what = "elke aaneengesloten, compacte plek" if proposal.proven else "de bekeken plekken"
    best = (
        "Beter kan niet"
        if proposal.gap < 1e-6
        else f"Een ander plan haalt hoogstens {number(100 * proposal.gap, 1)} % meer"
    )
    return [
        f"{best}: dat is nagegaan over {what} ({number(proposal.seconds, 1)} s).",
        f"Bereikt {_fine(proposal.objective)}, grens {_fine(proposal.bound)}, "
        f"en {_fine(proposal.relaxed_bound)} als vakken niet aan elkaar hoefden te liggen.",
    ]


def _fine(value: float) -> str:
    return number(value, 2 if value >= 1 else 3)


def _chance(proposal: Proposal) -> list[str]:
    drawn = [place.number for place in proposal.places if place.origin == "random"]
    if not drawn:
        return []
    names = ", ".join(str(each) for each in drawn)
    left_out = ""
    for count, why in ((proposal.left_out, "wordt bijna niets verwacht"), (proposal.touched, "komt het team al")):
        if count:
            left_out += f" {'1 plek loot' if count == 1 else f'{count} plekken loten'} niet mee: daar {why}."
    return [
        f"Door het lot gekozen: plek {names}, uit {len(proposal.frame)} plekken met elk dezelfde kans "
        f"(lot {proposal.seed}).{left_out}"
    ]


def _changes(proposal: Proposal) -> list[str]:
    if not proposal.like_week:
        return []
    gone = f" Weg: {', '.join(proposal.gone)}." if proposal.gone else ""
    kept, fresh = len(proposal.kept), len(proposal.fresh)
    return [f"Vergeleken met {proposal.like_week}: {kept} plekken gebleven, {fresh} nieuw.{gone}"]


def facts_of(proposal: Proposal, grid: Grid) -> dict[str, Any]:
    """Return the plan as JSON can hold it: cells by name, of the frame only its size, what is held back null."""
    facts = asdict(replace(proposal, frame=()))
    del facts["frame"]
    for place in (*facts["places"], *facts["refused"]):
        place["cells"] = [grid.name(cell) for cell in place["cells"]]
    return {
        **_known(facts),
        "districts": list(proposal.districts),
        "planned_hours": proposal.planned_hours,
        "gap": _known(proposal.gap),
        "drawn_from": len(proposal.frame),
    }


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_known(each) for each in value]
    return None if isinstance(value, float) and isnan(value) else value
