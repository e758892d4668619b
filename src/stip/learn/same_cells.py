# SPDX-License-Identifier: EUPL-1.2
"""Three streams, one measure: what fell in the places of people, and in as many of the outlook and of the baseline.

A place that people point at is about all that happens there, so it stands beside one list of the outlook: what it
expects of all crime types together. A list for each type apart would give the outlook as many times the cells, and
loose cells would give it the best of each street: no team could win from that, not even one that knew the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.learn.places_like import neighbours, places_like
from stip.learn.scores import Scored
from stip.learn.streams import Choice, Stream
from stip.space import week_number
from stip.store import BESIDE

Doubles = npt.NDArray[np.float64]
_NEIGHBOURS = 2


class Kind(StrEnum):
    """Kinds of judgement that are ranked, each by itself."""

    PEOPLE = "people"  # own places and better here together
    OWN = "own"
    BETTER = "better_here"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Whose choices it is made of."""
        return _STREAMS[self]


_LABELS = {
    Kind.PEOPLE: "eigen plekken en ‘beter hier’ samen",
    Kind.OWN: "eigen plekken",
    Kind.BETTER: "plekken met ‘beter hier’",
    Kind.DROPPED: "geschrapte of verlaagde plekken",
}
_STREAMS = {
    Kind.PEOPLE: (Stream.PERSON, Stream.BETTER),
    Kind.OWN: (Stream.PERSON,),
    Kind.BETTER: (Stream.BETTER,),
    Kind.DROPPED: (Stream.DOUBTED,),
}


def side_by_side(
    outlook: pd.DataFrame,
    came: pd.DataFrame,
    choices: list[Choice],
    scored: Scored,
    *,
    kinds: Sequence[Kind] = tuple(Kind),
) -> pd.DataFrame:
    """Count what fell to people, outlook and baseline in a week, in as many cells each.

    Places that people added or called better stand beside as many places of the same sizes, where the outlook, and
    the baseline, expects most (`places_like`). A dropped place says *rather somewhere else that the outlook puts as
    high*: it stands beside the cells that follow and precede it in the outlook's order and were not dropped, made as
    high as it by what the outlook expects. The baseline has no say in it.

    Parameters
    ----------
    outlook : DataFrame
        OUTLOOK contract; its cells are the study area.
    came : DataFrame
        COUNT contract, of the week; cells outside the study area do not count.
    choices : list of Choice
    scored : Scored
    kinds : sequence of Kind

    Returns
    -------
    DataFrame that keeps the BESIDE contract
        One row a kind and team that judged, and one a kind for all teams together, without those that nobody judged.
    """
    sums = outlook.groupby("cell", sort=True)[["expected", "baseline"]].sum()
    cells = sums.index.to_numpy(np.int64)
    expected, baseline = (sums[name].to_numpy(np.float64) for name in ("expected", "baseline"))
    of_all, beside = _counted(came, cells, outlook["crime_type"].unique()), neighbours(cells)
    rows = []
    for kind in kinds:
        of_kind = [choice for choice in choices if choice.stream in kind.streams]
        for team in ("", *sorted({choice.team for choice in of_kind} - {""})):
            mine = [choice for choice in of_kind if team in ("", choice.team)]
            inside = np.isin(cells, [cell for choice in mine for cell in choice.cells])
            if not inside.any():
                continue
            if kind is Kind.DROPPED:
                figures = _dropped(outlook, came, cells, mine, (expected, of_all))
            else:
                sizes, chance = _sizes(mine, cells), [week_number(scored.week), len(mine)]
                figures = {
                    "people": float(of_all[inside].sum()),
                    "outlook": float(of_all[places_like(expected, sizes, beside, seed=chance)].sum()),
                    "baseline": float(of_all[places_like(baseline, sizes, beside, seed=chance)].sum()),
                }
            rows.append(
                {
                    "run_id": scored.run_id,
                    "week": scored.week,
                    "team": team,
                    "kind": str(kind),
                    "judgements": len(mine),
                    "cells": int(inside.sum()),
                    "total": float(of_all.sum()),
                    "state": scored.state,
                    **figures,
                }
            )
    return pd.DataFrame(rows, columns=BESIDE.schema.names)


def _counted(came: pd.DataFrame, cells: npt.NDArray[np.int64], crime_types: Iterable[str]) -> Doubles:
    """Return how many incidents of these types came in each cell."""
    mine = came[came["crime_type"].isin(list(crime_types))]
    spot = np.searchsorted(cells, mine["cell"].to_numpy(np.int64))
    inside = np.isin(mine["cell"].to_numpy(np.int64), cells)
    counts = mine["count"].to_numpy(np.float64)
    return np.bincount(spot[inside], counts[inside], minlength=len(cells)).astype(np.float64)


def _sizes(choices: Iterable[Choice], cells: npt.NDArray[np.int64]) -> list[int]:
    """Return how many cells each place adds to those before it; a cell of two places counts for the first."""
    taken: set[int] = set()
    sizes = []
    for choice in choices:
        before = len(taken)
        taken.update(np.array(choice.cells)[np.isin(choice.cells, cells)].tolist())
        sizes.append(len(taken) - before)
    return [size for size in sizes if size]


def _dropped(
    outlook: pd.DataFrame,
    came: pd.DataFrame,
    cells: npt.NDArray[np.int64],
    choices: list[Choice],
    together: tuple[Doubles, Doubles],
) -> dict[str, Any]:
    """Return what came in dropped cells, and in as many that the outlook put as high; each type that was meant."""
    people = theirs = 0.0
    for crime_type in sorted({choice.crime_type for choice in choices}):
        expected, counted = together if crime_type == "" else _of_type(outlook, came, cells, crime_type)
        named = [cell for choice in choices if choice.crime_type == crime_type for cell in choice.cells]
        inside = np.isin(cells, named)
        theirs += float(counted[inside].sum())
        people += float(counted @ _as_high(expected, inside))
    return {"people": people, "outlook": theirs, "baseline": None}


def _of_type(
    outlook: pd.DataFrame, came: pd.DataFrame, cells: npt.NDArray[np.int64], crime_type: str
) -> tuple[Doubles, Doubles]:
    frame = outlook[outlook["crime_type"] == crime_type].set_index("cell")["expected"]
    return frame.reindex(cells, fill_value=0.0).to_numpy(np.float64), _counted(came, cells, [crime_type])


def _as_high(expected: Doubles, dropped: npt.NDArray[np.bool_]) -> Doubles:
    """Return weights on the nearest others in order, with which they hold as much expected as the dropped cells."""
    order = np.argsort(-expected, kind="stable")
    kept = np.flatnonzero(~dropped[order])
    weights = np.zeros(len(expected))
    for place in np.flatnonzero(dropped[order]):
        at = int(np.searchsorted(kept, place))
        near = order[kept[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]]
        if expected[near].sum() > 0:
            weights[near] += expected[order[place]] / expected[near].sum()
    return weights
