# SPDX-License-Identifier: EUPL-1.2
"""Who pointed at which cells: the outlook, its baseline, people and chance, so that all are scored alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.space import shift_week, week_start
from stip.store import Workspace, read_decisions


class Stream(StrEnum):
    """Where an expectation comes from; stands as ``model`` in the scores of a week."""

    OUTLOOK = "outlook"
    BASELINE = "baseline"
    PLAN = "plan"  # places of the plan that the outlook proposed
    PERSON = "person"  # places that people added
    RANDOM = "random"  # places of the plan that were drawn
    DOUBTED = "doubted"  # places that people dropped or lowered
    BETTER = "better_here"  # cells where the team said it would rather have gone

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]


_LABELS = {
    Stream.OUTLOOK: "vooruitblik",
    Stream.BASELINE: "telling ernaast",
    Stream.PLAN: "plekken van het weekplan",
    Stream.PERSON: "eigen plekken",
    Stream.RANDOM: "gelote plekken",
    Stream.DOUBTED: "geschrapte of verlaagde plekken",
    Stream.BETTER: "plekken met ‘beter hier’",
}
EVERY_TYPE = "all"
"""Stands for all crime types together."""
PLACES = (Stream.PLAN, Stream.PERSON, Stream.RANDOM, Stream.DOUBTED, Stream.BETTER)
"""Streams that name places, not a figure for every cell."""
_OF_ORIGIN = {"outlook": Stream.PLAN, "person": Stream.PERSON, "random": Stream.RANDOM}


@dataclass(frozen=True)
class Choice:
    """One place that someone, or chance, pointed at.

    Attributes
    ----------
    stream : Stream
    cells : tuple of int
        Ascending.
    crime_type : str
        Only this type; empty for all.
    team : str
        Code of the team that pointed; empty when it is not known, or nobody did.
    """

    stream: Stream
    cells: tuple[int, ...]
    crime_type: str = ""
    team: str = ""

    def about(self, crime_type: str) -> bool:
        """Tell whether it says something about this type."""
        return self.crime_type in ("", crime_type)


def decided_before(week: str, time_zone: str) -> datetime:
    """Return until when people could point at places for a week: Tuesday 00:00 local.

    The outlook sees nothing after Monday 00:00. People get that Monday as well, because it is the day on which the
    file comes in and the plan is fixed; later they would know of days that are still to be scored.
    """
    return week_start(week, time_zone) + timedelta(days=1)


def pointed_at(workspace: Workspace, week: str) -> tuple[list[Choice], int]:
    """Return every place that was pointed at for a week, as things stood when it was no hindsight yet.

    What was taken back or changed later stands as it was, so that a judgement that turns out wrong cannot be undone.

    Returns
    -------
    list of Choice
    int
        How many judgements of people came too late.
    """
    zone = workspace.settings.town.time_zone
    begin, late_from = week_start(week, zone), decided_before(week, zone)

    def known(kind: str) -> pd.DataFrame:
        stood = read_decisions(workspace, kind, week=week, before=late_from)
        now = read_decisions(workspace, kind, week=week)
        late = now["at"] >= late_from
        if kind == "plan" and len(stood):  # a later version takes the place of one that was fixed in time
            late &= now["origin"] == "person"
        # Late rows come along to be counted.
        added = [frame for frame in (stood, now[late]) if len(frame)]
        return pd.concat(added, ignore_index=True) if added else now

    choices, late = choices_of(known("plan"), known("override"), before=late_from)
    feedback = read_decisions(workspace, "feedback", before=begin)
    return choices + better_here(feedback, since=week_start(shift_week(week, -1), zone), before=begin), late


def choices_of(plan: pd.DataFrame, overrides: pd.DataFrame, *, before: datetime) -> tuple[list[Choice], int]:
    """Return the places that were pointed at for a week.

    A place counts once a stream, also when it stands both in an override and in the plan that followed it. What
    people decided late knows part of the outcome, so it is no expectation and is left out. What the outlook and
    chance chose was frozen with their runs, so it counts whenever the plan was written down.

    Parameters
    ----------
    plan : DataFrame
        PLAN contract: the standing rows of the week.
    overrides : DataFrame
        OVERRIDE contract: the standing rows of the week.
    before : aware datetime
        What people decided from then on is late; see `decided_before`.

    Returns
    -------
    list of Choice
        Without double ones, in a fixed order.
    int
        How many judgements of people came too late.
    """
    chosen: set[Choice] = set()
    late: set[Choice] = set()
    for row in plan[plan["visits"] > 0].to_dict("records"):
        stream = _OF_ORIGIN[row["origin"]]
        team = _code(row.get("team")) if stream is Stream.PERSON else ""
        found = Choice(stream, _cells(row["cells"]), team=team)
        (late if stream is Stream.PERSON and row["at"] >= before else chosen).add(found)
    for row in overrides.to_dict("records"):
        kind, cells, team = row["kind"], _cells(row["cells"]), _code(row.get("team"))
        told = [] if kind == "add" else [Choice(Stream.DOUBTED, cells, _code(row["crime_type"]), team)]
        if kind in ("add", "move"):
            told.append(Choice(Stream.PERSON, cells if kind == "add" else _cells(row["to_cells"]), team=team))
        (late if row["at"] >= before else chosen).update(told)
    late -= chosen
    return _each_once(chosen), len(late)


def better_here(feedback: pd.DataFrame, *, since: datetime, before: datetime) -> list[Choice]:
    """Return the cells where the team said it would rather have gone.

    Who stands in the street on Thursday knows what happened on Tuesday, so that week itself would be hindsight. What
    was said counts for the next whole week, of which it can be an expectation, beside an outlook of the same age.

    Parameters
    ----------
    feedback : DataFrame
        FEEDBACK contract: the standing rows, of any plan.
    since, before : aware datetime
        Begin and end of the week before the one that is scored.

    Returns
    -------
    list of Choice
        One for each set of cells, in a fixed order.
    """
    told = feedback[feedback["better_cells"].notna() & (feedback["at"] >= since) & (feedback["at"] < before)]
    return _each_once(
        {
            Choice(Stream.BETTER, _cells(row["better_cells"]), team=_code(row.get("team")))
            for row in told.to_dict("records")
        }
    )


def cells_of(choices: Iterable[Choice], stream: Stream, crime_type: str) -> npt.NDArray[np.int64]:
    """Return the cells that a stream pointed at for a type, each once, ascending."""
    named = {
        cell for choice in choices if choice.stream is stream and choice.about(crime_type) for cell in choice.cells
    }
    return np.array(sorted(named), dtype=np.int64)


def judgements(choices: Iterable[Choice], crime_type: str = "") -> dict[str, int]:
    """Return how many places each stream pointed at: for a type, or in all."""
    counted: dict[str, int] = {}
    for choice in choices:
        if not crime_type or choice.about(crime_type):
            counted[str(choice.stream)] = counted.get(str(choice.stream), 0) + 1
    return counted


def _cells(cells: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({int(cell) for cell in cells}))


def _code(code: str | None) -> str:
    return "" if pd.isna(code) else str(code)


def _each_once(chosen: set[Choice]) -> list[Choice]:
    """Return choices in a fixed order; one of no team is left out when a team made the same."""
    with_team = {replace(choice, team="") for choice in chosen if choice.team}
    kept = {choice for choice in chosen if choice.team or choice not in with_team}
    return sorted(kept, key=lambda choice: (choice.stream, choice.cells, choice.crime_type, choice.team))
