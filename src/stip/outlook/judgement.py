# SPDX-License-Identifier: EUPL-1.2
"""Whether the outlook does better than a plain count: one judgement, in the same words on every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stip.outlook.verdict import AREA_SHARE, Finding, finding_of
from stip.store import Run
from stip.words import counted, number, week_name

_SURE = {Finding.BETTER: "beter", Finding.WORSE: "slechter"}
NOTHING_YET = "Daar is nog niets over te zeggen: er is te weinig nageteld."


@dataclass(frozen=True)
class Judgement:
    """What a frozen outlook says about its own record, crime type by crime type.

    Attributes
    ----------
    lines : tuple of str
        One a crime type: reports caught, by the outlook and by the best count beside it, and how sure that is.
    over : str
        What these figures are measured over; empty when there is no judgement yet.
    behind : tuple of str
        Labels of the crime types for which a count caught as much or more.
    sentence : str
        Everything in one short paragraph: the crime types together that came to the same.
    """

    lines: tuple[str, ...]
    over: str
    behind: tuple[str, ...]
    sentence: str


def judgement_of(run: Run | None, labels: dict[str, str], *, crime_type: str = "", exact: bool = True) -> Judgement:
    """Give the judgement that was frozen with an outlook; the same whoever asks, until the next block is over.

    Parameters
    ----------
    run : Run or None
        An outlook.
    crime_type : str
        Only this one.
    exact : bool
        Whether counts are told; who may not see places reads what it came to, in a word.
    """
    by_type = run.notes.get("by_type", {}) if run else {}
    found = {
        name: facts["verdict"]
        for name, facts in by_type.items()
        if name in labels and crime_type in ("", name) and "best" in facts["verdict"]
    }
    if not found:
        return Judgement((), "", (), NOTHING_YET)
    told = [(labels[name], _hits(verdict) if exact else "", _came_to(verdict)) for name, verdict in found.items()]
    weeks = max(int(verdict["weeks"]) for verdict in found.values())
    last = max(str(verdict.get("last_week", "")) for verdict in found.values())
    until = f" t/m {week_name(last)}" if last else ""
    over = (
        f"Meldingen in de hoogste {number(100 * AREA_SHARE)} % van de vakken, over de {weeks} weken{until}, naast de "
        "telling die er het meest ving."
    )
    return Judgement(
        tuple(f"{label}: {hits}{'; ' if hits else ''}{came_to}." for label, hits, came_to in told),
        over,
        tuple(labels[name] for name, verdict in found.items() if verdict["best_hits"] >= verdict["hits"]),
        " ".join((*_together(told), over)),
    )


def _hits(verdict: dict[str, Any]) -> str:
    """Say hits beside the best of the rest."""
    hits, best, total = (counted(float(verdict[name])) for name in ("hits", "best_hits", "total"))
    return f"{hits} van {total}, telling {best}"


def _came_to(verdict: dict[str, Any]) -> str:
    """Say whether the outlook did better than the best of the rest, and whether that is sure."""
    return _SURE.get(finding_of(verdict), "verschil kan toeval zijn")


def _together(told: list[tuple[str, str, str]]) -> Iterator[str]:
    """Say what it came to once for all crime types of which that is said."""
    for outcome in dict.fromkeys(came_to for _, _, came_to in told):
        alike = "; ".join(f"{label} {hits}".strip() for label, hits, came_to in told if came_to == outcome)
        yield f"{outcome.capitalize()}: {alike}."
