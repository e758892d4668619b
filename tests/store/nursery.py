# SPDX-License-Identifier: EUPL-1.2
"""A process that forks writers for `test_kill.py`, each to be killed with SIGKILL.

It imports once and never starts a thread, so that a writer is born within milliseconds. It reads one JSON order a
line: ``root``, ``action`` and ``die_at`` (just before which change of the file system the writer kills itself; 0 for
never). It answers with the writer's process number, and, when that has ended, with its exit status.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import made

from stip.errors import WorkspaceError
from stip.store import (
    Workspace,
    freeze_run,
    publish_batch,
    record,
    replace_batch,
    undo_batch,
    write_cells,
    write_layer,
)

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def publish(workspace: Workspace) -> None:
    publish_batch(workspace, made.incidents("b2", first=100), made.manifest("b2"))


def replace(workspace: Workspace) -> None:
    replace_batch(workspace, "b1", made.incidents("b1", rows=2), retention_on="2026-09-07")


def undo(workspace: Workspace) -> None:
    undo_batch(workspace, "b1", at=made.MONDAY.to_pydatetime(), reason="verkeerd bestand")


def freeze(workspace: Workspace) -> None:
    tables = {"outlook": made.result(), "backtest": made.result(3)}
    freeze_run(workspace, kind="outlook", week="2026-W37", settings={}, inputs={"n": "2"}, tables=tables)


def decide(workspace: Workspace) -> None:
    record(workspace, "plan", made.plan("p2"), at=made.MONDAY.to_pydatetime())


def layer(workspace: Workspace) -> None:
    write_layer(workspace, made.layer(features=7))


def cells(workspace: Workspace) -> None:
    write_cells(workspace, made.cells(count=7))


def hold(workspace: Workspace) -> None:
    """Hold the workspace and say so by a file, until killed."""
    with workspace.writing():
        (workspace.root / "held").touch()
        signal.pause()


def beside(workspace: Workspace) -> None:
    """Write without end, with rests in which another process gets its turn."""
    everything(workspace, rest_seconds=0.1)


def everything(workspace: Workspace, *, rest_seconds: float = 0) -> None:
    """Write without end, in an order that differs each time."""
    chance = random.Random(os.getpid())
    for n in itertools.count():
        first = 10**7 + 10 * (1000 * os.getpid() + n)
        batch = f"loop{os.getpid()}x{n}"
        at = made.MONDAY.to_pydatetime() + timedelta(seconds=n)
        publish_batch(workspace, made.incidents(batch, first=first), made.manifest(batch))
        steps: list[Callable[[], object]] = [
            lambda batch=batch, first=first: replace_batch(
                workspace, batch, made.incidents(batch, rows=3, first=first)
            ),
            lambda batch=batch, at=at: undo_batch(workspace, batch, at=at, reason="proef"),
            lambda n=n: freeze_run(
                workspace,
                kind="outlook",
                week="2026-W38",
                settings={},
                inputs={"n": f"{os.getpid()}-{n}"},
                tables={"outlook": made.result()},
            ),
            lambda at=at, n=n: record(workspace, "plan", made.plan(f"p{os.getpid()}-{n}"), at=at),
            lambda: write_layer(workspace, made.layer()),
            lambda: write_cells(workspace, made.cells()),
        ]
        for step in chance.sample(steps, 3):
            time.sleep(rest_seconds)
            try:
                step()
            except WorkspaceError as error:  # the batch of this round was taken back before
                if "geen levering" not in str(error):
                    raise


ACTIONS = {f.__name__: f for f in (publish, replace, undo, freeze, decide, layer, cells, hold, beside, everything)}


def die_before(change: int) -> None:
    """Kill this process just before the file system changes for the ``change``-th time."""
    seen = itertools.count(1)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in CHANGES or writes) and next(seen) == change:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        writer = os.fork()
        if writer == 0:
            workspace = Workspace.open(order["root"])
            if order["die_at"]:
                die_before(order["die_at"])
            ACTIONS[order["action"]](workspace)
            os._exit(0)
        sys.stdout.write(f"{writer}\n")
        sys.stdout.flush()
        _, status = os.waitpid(writer, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
