# SPDX-License-Identifier: EUPL-1.2
"""The rankings of a workspace: of each kind of judgement, by all together and by each team; never by person."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from stip.learn.blocks import Block, block_now
from stip.learn.ranking import Ranking, rank
from stip.learn.same_cells import Kind
from stip.learn.scoring import FINAL
from stip.learn.totals import final_scores
from stip.store import BESIDE, Run, Workspace, runs_of


def rankings(workspace: Workspace) -> list[Ranking]:
    """Rank people, outlook and baseline on the final weeks of a workspace.

    Returns
    -------
    list of Ranking
        Each `Kind` for all teams together, also when nobody judged yet; then each kind and team that judged. With one
        team, what it did is what all did, so it gets no lines of its own.
    """
    scores = [run for run in final_scores(workspace) if "beside" in run.facts["tables"]]
    tables = [run.table("beside") for run in scores] or [BESIDE.schema.empty_table().to_pandas()]
    rows = pd.concat(tables, ignore_index=True)
    block = _block(workspace, scores)
    settings = workspace.settings.learn
    teams = sorted(set(rows["team"]) - {""})
    apart = teams if len(teams) > 1 else []
    judged = set(zip(rows["kind"], rows["team"], strict=True))
    asked = [("", kind) for kind in Kind] + [
        (team, kind) for team in apart for kind in Kind if (kind, team) in judged
    ]
    return [rank(rows, block, settings, kind=kind, team=team) for team, kind in asked]


def ranking_block(workspace: Workspace) -> Block:
    """Return the block of weeks on which the rankings stand, counted from ``learn.measure.from_week``."""
    return _block(workspace, [run for run in final_scores(workspace) if "beside" in run.facts["tables"]])


def _block(workspace: Workspace, scores: list[Run]) -> Block:
    final_at = {run.week: _first_final(workspace, run) for run in scores}
    return block_now(final_at, workspace.settings.learn.measure.from_week)


def _first_final(workspace: Workspace, score: Run) -> datetime:
    """Return when the week of a score was final for the first time; scoring it again does not make it late."""
    mine = [run for run in runs_of(workspace, "score", score.week) if run.notes["outlook"] == score.notes["outlook"]]
    return min(datetime.fromisoformat(run.notes["scored_at"]) for run in mine if run.notes["state"] == FINAL)
