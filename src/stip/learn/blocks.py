# SPDX-License-Identifier: EUPL-1.2
"""The moments at which a ranking is made: blocks of calendar weeks, counted from a week that was named beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stip.space import shift_week, week_number

HALF_YEAR, YEAR = 26, 52


@dataclass(frozen=True)
class Block:
    """The calendar weeks on which the ranking stands.

    Attributes
    ----------
    moment : int
        After how many weeks of its year it is made, 26 or 52; 0 when no moment has come yet.
    weeks : tuple of str
        The weeks of the block whose score was final when the moment came, ascending; the others are missing in it.
    next_at : str
        The ranking after this one is made when this week, or a later one, is final; empty without a first week.
    """

    moment: int = 0
    weeks: tuple[str, ...] = ()
    next_at: str = ""


def block_now(final_at: Mapping[str, datetime], first: str) -> Block:
    """Return the block on which the ranking stands now.

    Years of 52 calendar weeks follow each other from the first week on. A year that is not half done yet says nothing
    by itself; then the year before still stands. The moment of a block comes with the first final score of its last
    week, or of a later one. A week whose score was not final then stays out of the block for good: what comes late
    moves no other week to another block, and does not change a ranking that was made.

    Parameters
    ----------
    final_at : mapping of str to datetime
        When the score of each week was final for the first time.
    first : str
        ISO week; empty when none was named, then there is no block.

    Examples
    --------
    >>> weeks = [shift_week("2026-W01", number) for number in range(78)]
    >>> at = {week: datetime(2028, 1, 1) for week in weeks}
    >>> [block_now(dict(list(at.items())[:many]), "2026-W01").moment for many in (25, 26, 51, 52, 77, 78)]
    [0, 26, 26, 52, 52, 26]
    """
    if not first:
        return Block()
    begin = week_number(first)
    known = {week_number(week) - begin: at for week, at in final_at.items() if week_number(week) >= begin}
    halves = (max(known) + 1) // HALF_YEAR if known else 0
    next_at = shift_week(first, (halves + 1) * HALF_YEAR - 1)
    if not halves:
        return Block(next_at=next_at)
    moment, end = (HALF_YEAR if halves % 2 else YEAR), halves * HALF_YEAR
    closed = min(at for place, at in known.items() if place >= end - 1)
    inside = sorted(place for place, at in known.items() if end - moment <= place < end and at <= closed)
    return Block(moment, tuple(shift_week(first, place) for place in inside), next_at)
