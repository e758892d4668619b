# SPDX-License-Identifier: EUPL-1.2
"""A writer is killed with SIGKILL; the workspace stays readable, with the old or the new and never a half."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stip.errors import WorkspaceBusy
from stip.store import (
    Workspace,
    area_years,
    batches,
    examine,
    freeze_run,
    publish_batch,
    read_areas,
    read_cells,
    read_decisions,
    read_incidents,
    read_layer,
    record,
    runs_of,
    write_areas,
    write_cells,
    write_layer,
)
from store import made

KILLED = -signal.SIGKILL


class Nursery:
    """The process of ``nursery.py``."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("nursery.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, workspace: Workspace, action: str, *, die_at: int = 0) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"root": str(workspace.root), "action": action, "die_at": die_at}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def ended(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    assert nursery.process.stdin is not None
    assert nursery.process.stdout is not None
    nursery.process.stdin.close()
    assert nursery.process.wait(30) == 0
    nursery.process.stdout.close()


@pytest.fixture
def lived_in(workspace: Workspace) -> Workspace:
    publish_batch(workspace, made.incidents("b1"), made.manifest("b1"))
    freeze_run(
        workspace, kind="outlook", week="2026-W37", settings={}, inputs={"n": "1"}, tables={"outlook": made.result()}
    )
    record(workspace, "plan", made.plan("p1"), at=made.MONDAY.to_pydatetime())
    write_layer(workspace, made.layer())
    write_areas(workspace, made.areas())
    write_cells(workspace, made.cells())
    return workspace


def visible(workspace: Workspace) -> dict[str, object]:
    """Return what every reader sees; each reads whole tables, so that a half would raise."""
    return {
        "batches": [(one["batch_id"], one.get("retention_on")) for one in batches(workspace)],
        "incidents": sorted(read_incidents(workspace)["incident_id"]),
        "runs": [(run.run_id, run.intact(), len(run.table("outlook"))) for run in runs_of(workspace, "outlook")],
        "plans": read_decisions(workspace, "plan")["plan_id"].value_counts().to_dict(),
        "layer": len(read_layer(workspace, "lampposts")),
        "cells": len(read_cells(workspace)),
        "areas": [read_areas(workspace, year).year for year in area_years(workspace)],
    }


def assert_sound(workspace: Workspace) -> None:
    """Nothing is wrong but, perhaps, halves; and these are swept."""
    assert [finding.what for finding in examine(workspace, sweep=True) if not finding.good] == []
    assert list(workspace.root.rglob(".half-*")) == []


@pytest.mark.parametrize("action", ["publish", "undo", "freeze", "decide", "layer", "cells", "replace"])
def test_killed_before_each_change_leaves_the_old_or_the_new(
    lived_in: Workspace, nursery: Nursery, tmp_path: Path, action: str
) -> None:
    before = visible(lived_in)
    seen, change = [], 0
    while True:
        change += 1
        town = tmp_path / f"town{change}"
        shutil.copytree(lived_in.root, town)
        workspace = Workspace.open(town)
        nursery.start(workspace, action, die_at=change)
        ended = nursery.ended()
        seen.append(visible(workspace))
        assert_sound(workspace)
        assert visible(workspace) == seen[-1]
        if ended == 0:
            break
        assert ended == KILLED
    after = seen[-1]
    assert after != before
    between = [state for state in seen if state not in (before, after)]
    if action == "replace":  # the rows are swapped in one step, the fact about it in the next
        assert between
        for state in between:
            assert state == after | {"batches": before["batches"]}
    else:
        assert between == []
    assert seen == sorted(seen, key=lambda state: [before, *between, after].index(state))
    assert change > 3


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


def published(workspace: Workspace, by: str = "") -> int:
    """Count the batches that ever came in, also those that were taken back, whose name begins so."""
    return sum(len(list(workspace.data.glob(f"{place}/{by}[!.]*"))) for place in ("incidents", "undone"))


@pytest.mark.slow
def test_killed_at_any_moment_the_workspace_is_readable(lived_in: Workspace, nursery: Nursery) -> None:
    chance = random.Random(1848)
    kept = set()
    for _ in range(25):
        goal = published(lived_in) + chance.randint(0, 2)  # how busy the machine is does not matter
        writer = nursery.start(lived_in, "everything")
        wait_for(lambda goal=goal: published(lived_in) >= goal)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.04))
        os.kill(writer, signal.SIGKILL)
        assert nursery.ended() == KILLED
        state = visible(lived_in)
        runs, plans = state["runs"], state["plans"]
        assert isinstance(runs, list)
        assert isinstance(plans, dict)
        assert all(intact and rows == 9 for _, intact, rows in runs)
        assert set(plans.values()) == {3}
        assert "i000000" in state["incidents"]  # type: ignore[operator]
        assert kept <= {run_id for run_id, _, _ in runs}  # what was frozen stays
        kept = {run_id for run_id, _, _ in runs}
    assert published(lived_in) > 15
    assert_sound(lived_in)


def test_while_one_process_writes_another_is_told_and_a_killed_one_lets_go(
    lived_in: Workspace, nursery: Nursery
) -> None:
    writer = nursery.start(lived_in, "hold")
    wait_for((lived_in.root / "held").exists)
    sentence = f"Een ander programma schrijft nu in {lived_in.root.name}. Wacht tot het klaar is"
    with pytest.raises(WorkspaceBusy, match=sentence), lived_in.writing(wait_seconds=0.05):
        pass
    assert visible(lived_in)["layer"] == 4  # readers never wait
    os.kill(writer, signal.SIGKILL)
    assert nursery.ended() == KILLED
    with lived_in.writing(wait_seconds=1):
        assert visible(lived_in)["layer"] == 4


def test_a_writer_that_waits_its_turn_gets_it(lived_in: Workspace, nursery: Nursery) -> None:
    with lived_in.writing():
        nursery.start(lived_in, "publish")
        time.sleep(0.3)
        assert len(batches(lived_in)) == 1
    assert nursery.ended() == 0
    assert len(batches(lived_in)) == 2


def test_two_processes_that_write_at_once_keep_everything_whole(lived_in: Workspace, nursery: Nursery) -> None:
    other = nursery.start(lived_in, "beside")
    wait_for(lambda: published(lived_in, "loop") > 0)
    for n in range(8):
        publish_batch(lived_in, made.incidents(f"here{n}", first=5_000_000 + 10 * n), made.manifest(f"here{n}"))
        record(lived_in, "plan", made.plan(f"here{n}"), at=made.MONDAY.to_pydatetime())
        visible(lived_in)
    os.kill(other, signal.SIGKILL)
    assert nursery.ended() == KILLED
    state = visible(lived_in)
    ids = [batch_id for batch_id, _ in state["batches"]]  # type: ignore[attr-defined]
    assert {f"here{n}" for n in range(8)} < set(ids)
    assert published(lived_in, "loop") > 0  # they may all have been taken back
    assert_sound(lived_in)
