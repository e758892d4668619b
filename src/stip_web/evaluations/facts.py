# SPDX-License-Identifier: EUPL-1.2
"""What the pages tell, read once for as long as the workspace does not change."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stip.learn import (
    Outcome,
    Ranking,
    baseline_label,
    final_scores,
    latest_score,
    measure_outcome,
    outlook_that_counts,
    rankings,
    totals,
    weeks_table,
)
from stip.publish import coarse_score, coarse_weeks
from stip.store import Workspace
from stip_web.workspaces.current import current_workspace, state_of

State = tuple[tuple[str, int], ...]


def last_weeks(workspace: Workspace, number: int, *, exact: bool) -> list[dict[str, Any]]:
    """Give the last weeks with an outlook, newest first; what is not there yet is None.

    Parameters
    ----------
    exact : bool
        Else counts of reports are those that a coarse reader gets: see `coarse_weeks`.
    """
    if exact:
        return _weeks(workspace.root, _state(workspace), number)
    state = (*_state(workspace), *state_of(workspace, "data/incidents", "data/areas", "data/layers"))
    return _rounded_weeks(workspace.root, state, number)


def summed(workspace: Workspace) -> list[dict[str, Any]]:
    """Give what the final weeks together allow to say."""
    return _totals(workspace.root, _state(workspace))


def ranked(workspace: Workspace) -> tuple[list[Ranking], str]:
    """Give the rankings, and what the baseline is called in them."""
    return _ranked(workspace.root, _state(workspace))


def outcome_of(workspace: Workspace) -> Outcome:
    """Give what the stated measure says."""
    return _outcome(workspace.root, (*_state(workspace), *state_of(workspace, "data/incidents")))


def by_type(workspace: Workspace, week: str, *, exact: bool) -> list[dict[str, Any]]:
    """Give one week a line for each crime type: expected, reported, and what fell in the cells of whom."""
    outlook = outlook_that_counts(workspace, week)
    if outlook is None:
        return []
    expected = outlook.table("outlook").groupby("crime_type")["expected"].sum()
    score = latest_score(workspace, outlook)
    scored = None if score is None else score.table("score") if exact else coarse_score(workspace, outlook, score)
    labels = workspace.settings.crime_types
    lines = []
    for name, figure in expected.items():
        line: dict[str, Any] = {"crime_type": str(name), "label": labels[str(name)].label, "expected": float(figure)}
        if score is not None and scored is not None:
            rows = scored
            share = float(score.facts["settings"]["area_share"])
            rows = rows[np.isclose(rows["area_share"], share) & (rows["crime_type"] == name)]
            hits = dict(zip(rows["model"], rows["hits"].astype(float), strict=True))
            line |= {
                "reported": float(rows["total"].iloc[0]),
                "hits": hits["outlook"],
                "baseline_hits": hits["baseline"],
            }
        lines.append(line)
    return sorted(lines, key=lambda line: str(line["label"]))


def _state(workspace: Workspace) -> State:
    return state_of(workspace, "runs", "decisions", "stip.toml")


@lru_cache(maxsize=8)
def _weeks(root: Path, state: State, number: int) -> list[dict[str, Any]]:
    return _plain(weeks_table(current_workspace(), number))[::-1]


@lru_cache(maxsize=8)
def _rounded_weeks(root: Path, state: State, number: int) -> list[dict[str, Any]]:
    workspace = current_workspace()
    return _plain(coarse_weeks(workspace, weeks_table(workspace, number)))[::-1]


@lru_cache(maxsize=4)
def _totals(root: Path, state: State) -> list[dict[str, Any]]:
    return _plain(totals(current_workspace()))


@lru_cache(maxsize=4)
def _ranked(root: Path, state: State) -> tuple[list[Ranking], str]:
    workspace = current_workspace()
    return rankings(workspace), baseline_label(workspace, [run.week for run in final_scores(workspace)])


@lru_cache(maxsize=4)
def _outcome(root: Path, state: State) -> Outcome:
    return measure_outcome(current_workspace())


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    whole = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in whole.to_dict("records")]
