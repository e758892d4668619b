# SPDX-License-Identifier: EUPL-1.2
"""Whether the outlook does better than a plain count: one judgement, in the same words on every page."""

from __future__ import annotations

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
    """

    lines: tuple[str, ...]
    over: str
    behind: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Everything in one paragraph."""
        return " ".join((*self.lines, self.over)) if self.lines else NOTHING_YET


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
        return Judgement((), "", ())
    weeks = max(int(verdict["weeks"]) for verdict in found.values())
    last = max(str(verdict.get("last_week", "")) for verdict in found.values())
    until = f" t/m {week_name(last)}" if last else ""
    return Judgement(
        tuple(f"{labels[name]}: {_in_short(verdict, exact=exact)}" for name, verdict in found.items()),
        f"Meldingen in de hoogste {number(100 * AREA_SHARE)} % van de vakken, over de {weeks} weken{until}, naast de "
        "telling die er het meest ving.",
        tuple(labels[name] for name, verdict in found.items() if verdict["best_hits"] >= verdict["hits"]),
    )


def _in_short(verdict: dict[str, Any], *, exact: bool) -> str:
    """Say hits beside the best of the rest, and whether that difference is sure."""
    came_to = _SURE.get(finding_of(verdict), "verschil kan toeval zijn")
    if not exact:
        return f"{came_to}."
    hits, best, total = (counted(float(verdict[name])) for name in ("hits", "best_hits", "total"))
    return f"{hits} van {total}, telling {best}; {came_to}."
