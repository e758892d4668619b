# SPDX-License-Identifier: EUPL-1.2
"""Writing down that something is known: what kind, about which place or neighbourhood, and to be decided when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from stip.errors import SignalError
from stip.settings import Settings
from stip.signals.kinds import SignalKind, Stream, roles_known, rule_of
from stip.signals.places import area_of_cells, check_cells, coarse_area
from stip.space import monday
from stip.store import Workspace, read_decisions, record


@dataclass(frozen=True)
class NewSignal:
    """Something that is known.

    Attributes
    ----------
    kind : str
        ``offence``, ``help``, ``space`` or ``unvisited``.
    category : str
        A code of the rule of that kind; of ``unvisited`` a type of crime.
    week : str
        ISO week that it is about.
    role : str
        Of whom raised it; never a name.
    stream : str
        ``outlook``, ``street`` or ``desk``.
    cells : tuple of int
        Where; never of ``help``.
    area_code : str
        The neighbourhood; found from the cells when left out.
    """

    kind: str
    category: str
    week: str
    role: str
    stream: str = Stream.DESK
    cells: tuple[int, ...] = ()
    area_code: str = ""


@dataclass(frozen=True)
class Raised:
    """A signal that stands.

    Attributes
    ----------
    signal_id : str
    new : bool
        False when the same waits already: then nothing was added. Of help each is new: two remarks from one
        neighbourhood can be about two people, and Stip does not know about whom.
    """

    signal_id: str
    new: bool


def check_signal(workspace: Workspace, new: NewSignal) -> NewSignal:
    """Return the signal, tidied: cells in order, the neighbourhood filled in, of help no finer than may be kept.

    Raises
    ------
    SignalError
        When there is no such kind, category or role, or the place will not do.
    """
    settings = workspace.settings
    monday(new.week)
    if new.kind not in tuple(SignalKind):
        raise SignalError(f"De soort ‘{new.kind}’ ken ik niet. Kies uit {', '.join(SignalKind)}.")
    _check_category(settings, new)
    if new.stream not in tuple(Stream):
        raise SignalError(f"De herkomst ‘{new.stream}’ ken ik niet. Kies uit {', '.join(Stream)}.")
    if new.role not in roles_known(settings):
        raise SignalError(f"Deze rol ken ik niet. Kies uit {', '.join(sorted(roles_known(settings)))}; geen naam.")
    if new.kind == SignalKind.HELP:
        if new.cells:
            raise SignalError("Bij hulp wordt geen plek vastgelegd. Noem alleen de buurt.")
        return replace(new, area_code=coarse_area(workspace, new.area_code))
    if not new.cells:
        return replace(new, area_code=coarse_area(workspace, new.area_code))
    cells = tuple(sorted(set(new.cells)))
    found = new.kind == SignalKind.UNVISITED
    check_cells(workspace, cells, open_air=new.kind == SignalKind.SPACE, by_hand=not found)
    given = new.area_code if found else ""
    return replace(new, cells=cells, area_code=given or area_of_cells(workspace, cells) or new.area_code)


def raise_signal(workspace: Workspace, new: NewSignal, *, at: datetime, signal_id: str = "") -> Raised:
    """Write a signal down, to be decided on before the term of its kind is over.

    A signal of help is stamped with its day and no finer: the minute would tell which place the team stood at.

    Parameters
    ----------
    at : aware datetime
        When it became known.
    signal_id : str, optional
        What a log called it beforehand: 32 random hex digits.

    Raises
    ------
    SignalError
        See `check_signal`.
    """
    tidy = check_signal(workspace, new)
    zone = ZoneInfo(workspace.settings.town.time_zone)
    today = at.astimezone(zone).date()
    moment = datetime.combine(today, time(), zone) if tidy.kind == SignalKind.HELP else at
    row = {
        "kind": tidy.kind,
        "category": tidy.category,
        "week": tidy.week,
        "cells": list(tidy.cells) or None,
        "area_code": tidy.area_code or None,
        "due_on": today + timedelta(days=rule_of(workspace.settings, tidy.kind).days),
        "stream": tidy.stream,
        "role": tidy.role,
    } | ({"decision_id": signal_id} if signal_id else {})
    with workspace.writing():
        if (same := waiting_signal(workspace, tidy)) is not None:
            return Raised(same, False)
        return Raised(record(workspace, "signal", pd.DataFrame([row]), at=moment)[0], True)


def _check_category(settings: Settings, new: NewSignal) -> None:
    known = settings.crime_types if new.kind == SignalKind.UNVISITED else rule_of(settings, new.kind).categories
    if new.category not in known:
        raise SignalError(f"Deze categorie ken ik niet bij {new.kind}. Kies uit {', '.join(known) or 'niets'}.")


def waiting_signal(workspace: Workspace, new: NewSignal) -> str | None:
    """Return the id of the same signal that waits already; None when there is none, and always of help.

    Parameters
    ----------
    new : NewSignal
        As `check_signal` gives it.
    """
    if new.kind == SignalKind.HELP:
        return None
    rows = read_decisions(workspace, "signal", week=new.week)
    answered = set(read_decisions(workspace, "answer")["signal_id"])
    for row in rows.to_dict("records"):
        cells = () if row["cells"] is None else tuple(int(cell) for cell in row["cells"])
        same = (row["kind"], row["category"], row["area_code"] or "") == (new.kind, new.category, new.area_code)
        if same and cells == new.cells and row["decision_id"] not in answered:
            return str(row["decision_id"])
    return None
