# SPDX-License-Identifier: EUPL-1.2
"""Writing down what people know better, before it is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from stip.agreements import tidy_reason
from stip.errors import PlanError
from stip.plan.proposal import Question
from stip.plan.situation import check_place
from stip.space import monday
from stip.store import WITHDRAWN, Workspace, read_cells, read_decisions, record

KINDS = ("add", "drop", "move", "lower")
ROLES = ("analist", "coordinator", "lid")
"""Who may decide, by role; a name is never kept."""


@dataclass(frozen=True)
class Override:
    """A decision about the plan of a week.

    Attributes
    ----------
    week : str
    kind : str
        ``add``, ``drop``, ``move`` or ``lower``; see `stip.plan.overrides`.
    cells : tuple of int
    reason : str
        One sentence of at most 140 characters, without names.
    role : str
        ``analist``, ``coordinator`` or ``lid``; never a name.
    to_cells : tuple of int
        Where to, for ``move``.
    crime_type : str
        Only this type, for ``lower`` and ``drop``; empty for all.
    team : str
        Of which team, by its code in ``plan.teams``; empty when it is of none.
    """

    week: str
    kind: str
    cells: tuple[int, ...]
    reason: str
    role: str
    to_cells: tuple[int, ...] = ()
    crime_type: str = ""
    team: str = ""


def check_override(workspace: Workspace, override: Override) -> Override:
    """Return the decision, tidied.

    Raises
    ------
    PlanError
        When it names no cells of the study area, no place, no such role or type, or a reason that may not be kept.
    """
    monday(override.week)
    if override.kind not in KINDS:
        raise PlanError(f"‘{override.kind}’ ken ik niet. Kies uit {', '.join(KINDS)}.")
    if (override.kind == "move") != bool(override.to_cells):
        raise PlanError("Bij verplaatsen (move) horen vakken waarheen (--to); bij iets anders niet.")
    if override.crime_type and override.crime_type not in workspace.settings.crime_types:
        known = ", ".join(sorted(workspace.settings.crime_types))
        raise PlanError(f"De soort ‘{override.crime_type}’ ken ik niet. Bekend zijn {known}.")
    if override.team and override.team not in workspace.settings.plan.teams:
        known = ", ".join(workspace.settings.plan.teams)
        raise PlanError(f"Het team ‘{override.team}’ ken ik niet. Bekend zijn {known}.")
    if not override.cells:
        raise PlanError("Noem ten minste één vak. De lijst van de vooruitblik noemt hun codes.")
    cells = read_cells(workspace)
    _check_inside(workspace, cells, override.cells)
    _check_inside(workspace, cells, override.to_cells)
    target = {"add": override.cells, "move": override.to_cells}.get(override.kind, ())
    if target:
        chosen = np.array(sorted(set(target)), dtype=np.int64)
        dwellings = pd.to_numeric(cells.set_index("cell")["dwellings"].reindex(chosen))
        settings = workspace.settings
        question = Question(override.week, settings.plan, settings.dwellings.minimum)
        check_place(chosen, dwellings.to_numpy(dtype=np.float64, na_value=np.nan), question)
    return Override(
        override.week,
        override.kind,
        tuple(sorted(set(override.cells))),
        tidy_reason(override.reason, PlanError),
        check_role(override.role),
        tuple(sorted(set(override.to_cells))),
        override.crime_type,
        override.team,
    )


def check_role(role: str) -> str:
    """Return the role.

    Raises
    ------
    PlanError
        When it is none of `ROLES`.
    """
    if role not in ROLES:
        raise PlanError(f"Deze rol ken ik niet. Kies uit {', '.join(ROLES)}; schrijf geen naam.")
    return role


def record_override(workspace: Workspace, override: Override, *, at: datetime, decision_id: str = "") -> str:
    """Write a decision down and return its id; it counts from the next plan on that is made for the week.

    Parameters
    ----------
    at : aware datetime
    decision_id : str, optional
        What a log called it beforehand: 32 random hex digits.

    Raises
    ------
    PlanError
        See `check_override`.
    """
    tidy = check_override(workspace, override)
    row = {
        "week": tidy.week,
        "crime_type": tidy.crime_type or None,
        "kind": tidy.kind,
        "cells": list(tidy.cells),
        "to_cells": list(tidy.to_cells) or None,
        "reason": tidy.reason,
        "role": tidy.role,
        "team": tidy.team or None,
    } | ({"decision_id": decision_id} if decision_id else {})
    return record(workspace, "override", pd.DataFrame([row]), at=at)[0]


def withdraw_override(
    workspace: Workspace, decision_id: str, *, reason: str, role: str, at: datetime, own_id: str = ""
) -> str:
    """Take a decision back; it stays to be read, with the row that takes it back, and counts no longer.

    Parameters
    ----------
    decision_id : str
        Of a decision that stands.
    reason, role : str
        As in `Override`: why, and who by role.
    at : aware datetime
    own_id : str, optional
        What a log called the row that takes it back beforehand: 32 random hex digits.

    Returns
    -------
    str
        The id of the row that takes it back.

    Raises
    ------
    PlanError
        When no such decision stands, or the reason may not be kept, or the role is none.
    """
    standing = read_decisions(workspace, "override").set_index("decision_id")
    if decision_id not in standing.index:
        raise PlanError("Deze wijziging is al ingetrokken, of bestaat niet. Laad de lijst opnieuw.")
    old = standing.loc[decision_id]
    row = (
        {name: old[name] for name in ("week", "crime_type", "cells", "to_cells", "team")}
        | {
            "kind": WITHDRAWN,
            "reason": tidy_reason(reason, PlanError),
            "role": check_role(role),
            "supersedes": decision_id,
        }
        | ({"decision_id": own_id} if own_id else {})
    )
    return record(workspace, "override", pd.DataFrame([row]), at=at)[0]


def _check_inside(workspace: Workspace, cells: pd.DataFrame, chosen: tuple[int, ...]) -> None:
    inside = set(cells.loc[cells["in_study"].astype(bool), "cell"])
    outside = [cell for cell in chosen if cell not in inside]
    if outside:
        raise PlanError(
            f"Vak {workspace.grid.name(outside[0])} ligt buiten het gebied van {workspace.settings.town.name}. "
            "Neem een vak van de kaart over."
        )
