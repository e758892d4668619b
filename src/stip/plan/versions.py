# SPDX-License-Identifier: EUPL-1.2
"""The versions of a week's plan, and what changed from one to the next, in sentences for briefing and phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from stip.plan.frozen import proposal_of
from stip.plan.kinds import VisitKind
from stip.plan.slots import Slot
from stip.store import Workspace, area_years, read_areas, read_decisions, runs_of
from stip.words import counted


@dataclass(frozen=True)
class PlanLine:
    """One place in one version of a plan.

    Attributes
    ----------
    place_id : str
    number : int
        On list and map; 0 when the frozen plan is gone.
    area : str
        Name of its neighbourhood; empty when unknown.
    cells : tuple of int
    kind : str
        What the visits are for, as people read it.
    visits : int
        0 for a place that is not visited.
    hours : float
    team : str
        Code; empty when nobody said.
    slots : tuple of str
    origin : str
    probability : float
    reason : str
    """

    place_id: str
    number: int
    area: str
    cells: tuple[int, ...]
    kind: str
    visits: int
    hours: float
    team: str
    slots: tuple[str, ...]
    origin: str
    probability: float
    reason: str

    @property
    def named(self) -> str:
        """Say which place it is: ``Plek 3 (Binnenstad)``."""
        where = f" ({self.area})" if self.area else ""
        return f"Plek {self.number}{where}" if self.number else f"Een plek{where}"


@dataclass(frozen=True)
class PlanVersion:
    """One version of a week's plan, as it was fixed.

    Attributes
    ----------
    version : int
    at : datetime
        When it was fixed, in UTC.
    lines : tuple of PlanLine
        By number; those not visited too.
    changed : tuple of str
        What it changed against the version before; empty for the first.
    """

    version: int
    at: datetime
    lines: tuple[PlanLine, ...]
    changed: tuple[str, ...]

    @property
    def visited(self) -> tuple[PlanLine, ...]:
        """The places to visit."""
        return tuple(line for line in self.lines if line.visits)


def versions_of(workspace: Workspace, week: str) -> tuple[PlanVersion, ...]:
    """Return every version of the plan of a week, oldest first; none when it was not fixed."""
    rows = read_decisions(workspace, "plan", week=week, history=True)
    if rows.empty:
        return ()
    names = read_areas(workspace).names() if area_years(workspace) else {}
    teams = workspace.settings.plan.teams
    numbers = _numbers(workspace, week)
    found: list[PlanVersion] = []
    for version, of_version in rows.groupby("version", sort=True):
        lines = [_line(row, numbers, names) for row in of_version.to_dict("records")]
        lines.sort(key=lambda line: (line.number or 10_000, line.place_id))
        changed = changes_between(found[-1].lines, lines, teams) if found else ()
        at = of_version["at"].max().to_pydatetime()
        found.append(PlanVersion(int(str(version)), at, tuple(lines), changed))
    return tuple(found)


def changes_between(old: Iterable[PlanLine], new: Iterable[PlanLine], teams: Mapping[str, str]) -> tuple[str, ...]:
    """Say what changed for who goes out: places that came, went, or are visited otherwise.

    Parameters
    ----------
    old, new : iterable of PlanLine
    teams : mapping of str to str
        Names by code.
    """
    before = {line.place_id: line for line in old if line.visits}
    after = {line.place_id: line for line in new if line.visits}
    gone_now = {line.place_id: line for line in new if not line.visits}
    told = []
    for place_id, line in before.items():
        if place_id not in after:
            why = gone_now[place_id].reason if place_id in gone_now else ""
            told.append(f"{line.named} vervalt{f': {why}' if why else ''}".rstrip(".") + ".")
    for place_id, line in after.items():
        if place_id not in before:
            told.append(f"{line.named} is nieuw: {_whole(line, teams)}.")
        elif differences := _differences(before[place_id], line, teams):
            told.append(f"{line.named}: {'; '.join(differences)}.")
    return tuple(told)


def _differences(old: PlanLine, new: PlanLine, teams: Mapping[str, str]) -> list[str]:
    told = []
    if old.kind != new.kind:
        told.append(f"{new.kind} in plaats van {old.kind}")
    if old.visits != new.visits:
        told.append(f"{_visits(new.visits)} in plaats van {old.visits}")
    if old.hours != new.hours:
        told.append(f"{counted(new.hours)} uur in plaats van {counted(old.hours)}")
    if old.slots != new.slots:
        before = f" in plaats van {_moments(old.slots)}" if old.slots else ""
        told.append(f"{_moments(new.slots)}{before}" if new.slots else "geen vast moment meer")
    one, two = (team or next(iter(teams), "") for team in (old.team, new.team))
    if one != two:
        told.append(f"team {teams.get(two, two)} in plaats van {teams.get(one, one)}")
    return told


def _whole(line: PlanLine, teams: Mapping[str, str]) -> str:
    parts = [line.kind, _visits(line.visits), f"{counted(line.hours)} uur"]
    parts += [_moments(line.slots)] if line.slots else []
    parts += [f"team {teams.get(line.team, line.team)}"] if line.team and len(teams) > 1 else []
    return ", ".join(parts)


def _visits(count: int) -> str:
    return "1 bezoek" if count == 1 else f"{count} bezoeken"


def _moments(slots: tuple[str, ...]) -> str:
    return " en ".join(Slot.of(code).short for code in slots)


def _numbers(workspace: Workspace, week: str) -> dict[tuple[str, str], int]:
    """Return the number of each place, by frozen plan and by the place alone."""
    found: dict[tuple[str, str], int] = {}
    for run in runs_of(workspace, "plan", week):
        proposal = proposal_of(run)
        for place in (*proposal.places, *proposal.refused):
            found[run.run_id, place.place_id] = place.number
            found.setdefault(("", place.place_id), place.number)
    return found


def _line(row: Mapping[Any, Any], numbers: Mapping[tuple[str, str], int], names: Mapping[str, str]) -> PlanLine:
    place_id = str(row["place_id"])
    run_id = "" if pd.isna(row["run_id"]) else str(row["run_id"])
    which = numbers.get((run_id, place_id)) or numbers.get(("", place_id), 0)
    code = "" if pd.isna(row["area_code"]) else str(row["area_code"])
    return PlanLine(
        place_id,
        which,
        str(names.get(code, "")),
        tuple(int(cell) for cell in row["cells"]),
        VisitKind(row["kind"]).label,
        int(row["visits"]),
        float(row["hours"]),
        "" if pd.isna(row["team"]) else str(row["team"]),
        () if row["slots"] is None else tuple(str(code) for code in row["slots"]),
        str(row["origin"]),
        float(row["probability"]),
        "" if pd.isna(row["reason"]) else str(row["reason"]),
    )
