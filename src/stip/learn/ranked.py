# SPDX-License-Identifier: EUPL-1.2
"""The rankings of a workspace: of each kind of judgement, by all together and by each team; never by person."""

from __future__ import annotations

import pandas as pd

from stip.learn.ranking import Ranking, rank
from stip.learn.same_cells import Kind
from stip.learn.totals import final_scores
from stip.store import BESIDE, Workspace


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
    weeks = [run.week for run in scores]
    settings = workspace.settings.learn
    teams = sorted(set(rows["team"]) - {""})
    apart = teams if len(teams) > 1 else []
    judged = set(zip(rows["kind"], rows["team"], strict=True))
    asked = [("", kind) for kind in Kind] + [
        (team, kind) for team in apart for kind in Kind if (kind, team) in judged
    ]
    return [rank(rows, weeks, settings, kind=kind, team=team) for team, kind in asked]
