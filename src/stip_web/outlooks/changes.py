# SPDX-License-Identifier: EUPL-1.2
"""What people changed on top of a frozen outlook: the same overrides that the week plan uses, with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from stip.store import WITHDRAWN, Workspace, read_decisions

SAID = {
    "add": "toegevoegd",
    "move": "verplaatst",
    "lower": "verlaagd",
    "drop": "vervallen",
    WITHDRAWN: "ingetrokken",
}
"""What was done with a place, in a word."""

MARKS = {"add": "+", "move": "→", "lower": "↓", "drop": "×"}
"""The sign in a changed cell on the map; it stands in the list too."""

ROLE_NAMES = {"analist": "analist", "coordinator": "coördinator", "lid": "teamlid"}


@dataclass(frozen=True)
class Change:
    """One decision on top of an outlook.

    Attributes
    ----------
    decision_id : str
    at : datetime
        In UTC.
    kind : str
        ``add``, ``move``, ``lower``, ``drop`` or ``withdraw``.
    cells, to_cells : tuple of str
        Names.
    crime_type : str
        Only this type; empty for all.
    reason, role : str
    supersedes : str
        The decision it takes back or replaces; empty when none.
    stands : bool
        Whether it counts now.
    """

    decision_id: str
    at: datetime
    kind: str
    cells: tuple[str, ...]
    to_cells: tuple[str, ...]
    crime_type: str
    reason: str
    role: str
    supersedes: str
    stands: bool

    @property
    def said(self) -> str:
        """What was done, in a word."""
        return SAID[self.kind]

    @property
    def mark(self) -> str:
        """The sign on the map."""
        return MARKS.get(self.kind, "")

    @property
    def who(self) -> str:
        """The role that decided, as people read it."""
        return ROLE_NAMES.get(self.role, self.role)


def changes_of(workspace: Workspace, week: str) -> list[Change]:
    """Give everything that was decided for a week, newest first; what was withdrawn or replaced too."""
    rows = read_decisions(workspace, "override", week=week, history=True)
    gone = set(rows["supersedes"].dropna())
    found = [
        Change(
            str(row["decision_id"]),
            row["at"].to_pydatetime(),
            str(row["kind"]),
            _names(workspace, row["cells"]),
            _names(workspace, row["to_cells"]),
            "" if pd.isna(row["crime_type"]) else str(row["crime_type"]),
            str(row["reason"]),
            str(row["role"]),
            "" if pd.isna(row["supersedes"]) else str(row["supersedes"]),
            row["kind"] != WITHDRAWN and row["decision_id"] not in gone,
        )
        for row in rows.to_dict("records")
    ]
    return found[::-1]


def marks_of(changes: list[Change]) -> dict[str, list[Change]]:
    """Give what stands on each cell by its name, the oldest first; a move marks both ends."""
    found: dict[str, list[Change]] = {}
    for change in reversed(changes):
        if change.stands:
            for name in dict.fromkeys((*change.cells, *change.to_cells)):
                found.setdefault(name, []).append(change)
    return found


def _names(workspace: Workspace, cells: Any) -> tuple[str, ...]:
    return () if cells is None else tuple(workspace.grid.name(int(cell)) for cell in cells)
