# SPDX-License-Identifier: EUPL-1.2
"""What the team told about the places of a week: who would rather have been elsewhere on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from stip.learn import FeedbackCode
from stip.plan import PlanLine, versions_of
from stip.store import Workspace, read_areas, read_cells, read_decisions

CODES = {code: code.label for code in FeedbackCode}
_FIRST = ("beter hier", "anders", "druk", "niet bezocht")


@dataclass(frozen=True)
class Beside:
    """What the workspace does not have of a message: why nobody went, and the note, as long as it is there."""

    why: str = ""
    note: str = ""


Reader = Callable[[Sequence[str]], Mapping[str, Beside]]
_READERS: list[Reader] = []


def read_beside(reader: Reader) -> None:
    """Let an app above this one give what it keeps beside messages, by their ids."""
    _READERS.append(reader)


@dataclass(frozen=True)
class Told:
    """One message about a place; by whom is not kept.

    Attributes
    ----------
    line : PlanLine or None
        The place, as it stands or last stood in the plan; None when no version has it.
    gone : bool
        Whether the plan that stands no longer goes there.
    place_id : str
    at : datetime
    visited : bool
    said : str
    better : tuple of str
        Names of cells where the team would rather have been.
    towards : tuple of str
        Names of the neighbourhoods of those cells.
    beside : Beside
        What is kept beside it, outside the workspace.
    """

    line: PlanLine | None
    gone: bool
    place_id: str
    at: datetime
    visited: bool
    said: str
    better: tuple[str, ...]
    towards: tuple[str, ...] = ()
    beside: Beside = Beside()

    @property
    def wrong(self) -> bool:
        """Whether the team says that the place is not right."""
        return bool(self.better)


def told_of(workspace: Workspace, week: str) -> tuple[list[Told], list[PlanLine]]:
    """Give what was told about a week, most pressing first, and the places that nobody told of."""
    versions = versions_of(workspace, week)
    lines = {line.place_id: line for line in versions[-1].visited} if versions else {}
    before = {line.place_id: line for version in versions for line in version.visited}  # the last that went there
    rows = read_decisions(workspace, "feedback", week=week)
    ids = [str(name) for name in rows["decision_id"]]
    beside = {name: more for reader in _READERS for name, more in reader(ids).items()}
    area_of = _areas(workspace) if rows["better_cells"].notna().any() else {}
    found = [
        _told(workspace, row, before, frozenset(lines), area_of, beside.get(str(row["decision_id"]), Beside()))
        for row in rows.to_dict("records")
    ]
    found.sort(key=lambda each: (_order(each), -each.at.timestamp()))
    heard = {each.place_id for each in found}
    return found, [line for place_id, line in lines.items() if place_id not in heard]


def _areas(workspace: Workspace) -> dict[int, str]:
    """Give the name of the neighbourhood of each cell that lies in one."""
    names = read_areas(workspace).names()
    cells = read_cells(workspace).dropna(subset="area_code")
    return {int(cell): names.get(code, code) for cell, code in zip(cells["cell"], cells["area_code"], strict=True)}


def _told(
    workspace: Workspace,
    row: dict[Any, Any],
    lines: dict[str, PlanLine],
    standing: frozenset[str],
    area_of: dict[int, str],
    beside: Beside,
) -> Told:
    better = () if row["better_cells"] is None else tuple(int(cell) for cell in row["better_cells"])
    return Told(
        lines.get(str(row["place_id"])),
        str(row["place_id"]) not in standing,
        str(row["place_id"]),
        pd.Timestamp(row["at"]).to_pydatetime(),
        bool(row["visited"]),
        CODES.get(row["code"], str(row["code"]).replace("_", " ")),
        tuple(workspace.grid.name(cell) for cell in better),
        tuple(dict.fromkeys(area_of[cell] for cell in better if cell in area_of)),
        beside,
    )


def _order(told: Told) -> int:
    said = "beter hier" if told.wrong else told.said
    return _FIRST.index(said) if said in _FIRST else len(_FIRST)
