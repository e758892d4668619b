# SPDX-License-Identifier: EUPL-1.2
"""A week with a fixed plan, and what a paper says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from stip.plan import PlannedPlace, adopt, proposal_of
from stip.plan.frozen import notes_of
from stip.store import Run, Workspace, freeze_run, latest_run

from .said import WEEK

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

Fix = Callable[..., Workspace]


@pytest.fixture
def fix(own_site: Path) -> Fix:
    """Give a function that fixes the plan of the week, its places changed by another function first."""

    def fix_plan(change: Callable[[PlannedPlace], PlannedPlace] | None = None, **options: Any) -> Workspace:
        workspace = Workspace.open(own_site)
        run = frozen_anew(workspace, change) if change else newest(workspace)
        adopt(workspace, proposal_of(run), at=NOW, run_id=run.run_id, **options)
        return workspace

    return fix_plan


def frozen_anew(workspace: Workspace, change: Callable[[PlannedPlace], PlannedPlace]) -> Run:
    """Freeze the proposal of the week again, with its places changed."""
    base = newest(workspace)
    proposal = proposal_of(base)
    changed = replace(proposal, places=tuple(change(place) for place in proposal.places))
    return freeze_run(
        workspace,
        kind="plan",
        week=WEEK,
        settings=base.facts["settings"] | {"changed": True},
        inputs=base.facts["inputs"],
        tables={name: pq.read_table(base.folder / f"{name}.parquet") for name in base.facts["tables"]},
        notes=notes_of(changed),
    )


def newest(workspace: Workspace) -> Run:
    """Give the last proposal of the week."""
    run = latest_run(workspace, "plan", WEEK)
    assert run is not None
    return run
