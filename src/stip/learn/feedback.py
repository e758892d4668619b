# SPDX-License-Identifier: EUPL-1.2
"""What the team tells about the places of its plan: were you there, how was it, and where would be better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from stip.errors import ContractError, PlanError
from stip.space import week_start
from stip.store import Workspace, read_cells, read_decisions, record
from stip.words import week_name


class FeedbackCode(StrEnum):
    """How it was at a place."""

    QUIET = "rustig"
    AS_EXPECTED = "zoals_verwacht"
    BUSY = "druk"
    OTHER = "anders"
    NOT_VISITED = "niet_bezocht"  # follows from not having been there; nobody chooses it

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return self.value.replace("_", " ")


CODES = tuple(code for code in FeedbackCode if code is not FeedbackCode.NOT_VISITED)
"""What someone who was there can choose from."""
LONGEST_HOURS = 168.0


@dataclass(frozen=True)
class Recorded:
    """A decision that stands.

    Attributes
    ----------
    decision_id : str
    new : bool
        False when the very same was recorded before: then nothing was added.
    week : str
        The ISO week of the plan.
    """

    decision_id: str
    new: bool
    week: str


def record_feedback(
    workspace: Workspace,
    plan_id: str,
    place_id: str,
    *,
    visited: bool,
    at: datetime,
    code: str = "",
    better_cells: Iterable[int] = (),
    supersedes: str | None = None,
) -> Recorded:
    """Record how it was at a place of a plan.

    Parameters
    ----------
    visited : bool
    at : aware datetime
        When it was told; the same content at the same moment is the same feedback, sent twice.
    code : str
        One of `CODES` when visited, else empty.
    better_cells : iterable of int
        Cells of the study area where the team would rather have gone.
    supersedes : str, optional
        The decision that this takes the place of.

    Raises
    ------
    PlanError
        When the plan or place does not exist, the week of the plan has not begun, the code does not fit, or a cell
        lies outside the study area.
    """
    week = _week_of(workspace, plan_id, place_id)
    check_moment(workspace, week, at)
    check_code(code, visited=visited)
    cells = sorted(set(better_cells))
    check_inside(workspace, cells)
    row = {
        "plan_id": plan_id,
        "place_id": place_id,
        "week": week,
        "visited": visited,
        "code": code if visited else str(FeedbackCode.NOT_VISITED),
        "better_cells": cells or None,
    }
    return _record_once(workspace, "feedback", row, at=at, supersedes=supersedes)


def record_visit(
    workspace: Workspace,
    plan_id: str,
    place_id: str,
    *,
    hours: float,
    at: datetime,
    supersedes: str | None = None,
) -> Recorded:
    """Record how long a place of a plan was visited.

    Parameters
    ----------
    hours : float
        Of the team together, above 0.
    at : aware datetime
        When it was told; the same content at the same moment is the same visit, sent twice.
    supersedes : str, optional
        The decision that this takes the place of.

    Raises
    ------
    PlanError
        When the plan or place does not exist, the week of the plan has not begun, or the hours cannot be.
    """
    week = _week_of(workspace, plan_id, place_id)
    check_moment(workspace, week, at)
    if not 0 < hours <= LONGEST_HOURS:
        raise PlanError(f"{hours} uur kan niet. Geef een getal boven 0 en hooguit {LONGEST_HOURS:.0f}, zoals 1.5.")
    row = {"plan_id": plan_id, "place_id": place_id, "week": week, "hours": float(hours)}
    return _record_once(workspace, "visit", row, at=at, supersedes=supersedes)


def check_code(code: str, *, visited: bool) -> None:
    """Refuse a code that does not fit: who was there tells how it was, and nobody else does."""
    if visited and code not in tuple(map(str, CODES)):
        raise PlanError(f"De code ‘{code}’ ken ik niet. Kies uit {', '.join(CODES)}.")
    if not visited and code:
        raise PlanError("Wie er niet was, kan niet zeggen hoe het er was. Laat --code weg bij --not-visited.")


def _week_of(workspace: Workspace, plan_id: str, place_id: str) -> str:
    plans = read_decisions(workspace, "plan")
    rows = plans[plans["plan_id"] == plan_id]
    if rows.empty:
        known = ", ".join(list(dict.fromkeys(plans["plan_id"]))[-3:]) or "nog geen"
        raise PlanError(f"Er is geen vastgesteld plan ‘{plan_id}’. Bekend: {known}. ‘stip plan show’ toont ze.")
    place = rows[rows["place_id"] == place_id]
    if place.empty:
        raise PlanError(f"Plek ‘{place_id}’ staat niet in plan {plan_id}. ‘stip plan show’ toont de plekken.")
    return str(place["week"].iloc[0])


def check_moment(workspace: Workspace, week: str, at: datetime) -> None:
    """Refuse what would be told before there was anything to tell: a clock that runs behind, or a wrong date."""
    if at.tzinfo is None:
        raise ContractError(f"Het tijdstip {at} heeft geen tijdzone. Geef het in UTC.")
    zone = workspace.settings.town.time_zone
    begin = week_start(week, zone)
    if at < begin:
        raise PlanError(
            f"{at.astimezone(ZoneInfo(zone)):%d-%m-%Y %H:%M} ligt vóór {week_name(week)}, de week van dit plan, die "
            f"begint op {begin:%d-%m-%Y}. Kijk de klok van het toestel na, of geef het tijdstip met --at."
        )


def check_inside(workspace: Workspace, chosen: list[int]) -> None:
    """Refuse cells outside the study area."""
    if not chosen:
        return
    cells = read_cells(workspace)
    inside = set(cells.loc[cells["in_study"].astype(bool), "cell"])
    outside = [cell for cell in chosen if cell not in inside]
    if outside:
        town = workspace.settings.town.name
        raise PlanError(
            f"Vak {workspace.grid.name(outside[0])} ligt buiten het gebied van {town}. "
            "Neem een vak van de kaart over."
        )


def _record_once(
    workspace: Workspace, kind: str, row: dict[str, Any], *, at: datetime, supersedes: str | None
) -> Recorded:
    """Record a decision, unless the very same stands already: a phone that got no answer sends again."""
    with workspace.writing():
        stands = read_decisions(workspace, kind)
        for old in stands[stands["at"] == pd.Timestamp(at)].to_dict("records"):
            if all(_same(old[name], value) for name, value in row.items()):
                return Recorded(str(old["decision_id"]), False, str(row["week"]))
        ids = record(workspace, kind, pd.DataFrame([row | {"supersedes": supersedes}]), at=at)
    return Recorded(ids[0], True, str(row["week"]))


def _same(old: Any, new: Any) -> bool:
    if isinstance(new, list):
        return old is not None and list(old) == new
    if new is None:
        return old is None
    return bool(old == new)
