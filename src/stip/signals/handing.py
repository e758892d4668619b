# SPDX-License-Identifier: EUPL-1.2
"""What a partner is told of a signal, as a text to send: what may be shared and was chosen, and nothing else."""

from __future__ import annotations

import shapely

from stip.agreements import is_held
from stip.plan import outline
from stip.settings import SHAREABLE
from stip.signals.kinds import SignalKind, category_label, rule_of
from stip.signals.places import area_name
from stip.signals.standing import Known
from stip.space import monday
from stip.store import Workspace, read_cells
from stip.words import day


def cells_to_name(workspace: Workspace, known: Known) -> tuple[int, ...]:
    """Return the cells of a signal that people and partners may be told.

    None in which so few dwellings stand that it points at a home, and none at all while the plan (of what nobody
    visited: the outlook) is on hold, or a source of the reports it is made of.
    """
    stage = "outlook" if known.kind == SignalKind.UNVISITED else "plan"
    if not known.cells or is_held(workspace, stage):
        return ()
    dwellings = read_cells(workspace).set_index("cell")["dwellings"].reindex(list(known.cells))
    few = dwellings.between(1, workspace.settings.dwellings.minimum - 1).fillna(value=False)
    return tuple(int(cell) for cell in dwellings.index[~few.astype(bool)])


def facts_to_share(workspace: Workspace, known: Known, shared_what: tuple[str, ...]) -> dict[str, str]:
    """Return what the partner is told, by code, in the order of the text."""
    settings = workspace.settings
    rule = rule_of(settings, known.kind)
    held = known.kind == SignalKind.UNVISITED and is_held(workspace, "outlook")
    said = category_label(settings, known.kind, known.category, held=held)
    facts = {"category": f"{said} ({rule.label.lower()})"}
    first = monday(known.week)
    facts["week"] = f"week {int(known.week[-2:])} van {known.week[:4]}, die begon op {day(first)}"
    facts["area"] = area_name(workspace, known.area_code)
    facts["place"] = _place(workspace, known)
    return {code: facts[code] for code in SHAREABLE if code in shared_what and facts[code]}


def handover_text(workspace: Workspace, known: Known, partner: str, shared_what: tuple[str, ...]) -> tuple[str, str]:
    """Return subject and text of a message to a partner, ready to send.

    Parameters
    ----------
    partner : str
        Its code in the rules.
    shared_what : tuple of str
        Codes of what it is told.
    """
    facts = facts_to_share(workspace, known, shared_what)
    words = {"category": "Wat", "week": "Wanneer", "area": "Wijk of buurt", "place": "Plek"}
    label = workspace.settings.signals.partners[partner].label
    town = workspace.settings.town.name
    lines = [
        f"Aan: {label}",
        f"Van: gemeente {town}",
        "",
        "Dit signaal kwam bij ons binnen. Wij vragen u het op te pakken.",
        "",
        *(f"{words[code]}: {said}" for code, said in facts.items()),
        f"Kenmerk: {known.mark}",
        "",
        "Meer weten wij niet. Er hoort geen naam en geen adres bij, en het is geen grond om iemand te controleren.",
        "Laat ons weten of u het op u neemt, en wanneer het klaar is. Noem daarbij het kenmerk.",
    ]
    return f"Signaal {known.mark} van gemeente {town}: {facts['category']}", "\n".join(lines)


def _place(workspace: Workspace, known: Known) -> str:
    named = cells_to_name(workspace, known)
    if not named:
        return ""
    names = ", ".join(workspace.grid.name(cell) for cell in named)
    middle: shapely.Point = outline(named, workspace.grid).representative_point()
    cells = "vak" if len(named) == 1 else "vakken"
    return f"{cells} {names}; een punt daarin is x {middle.x:.0f}, y {middle.y:.0f} ({workspace.grid.crs})"
