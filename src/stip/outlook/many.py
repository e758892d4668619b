# SPDX-License-Identifier: EUPL-1.2
"""The outlooks of many towns, each a workspace of its own, side by side on this machine.

A town that is done is found done: its run is frozen. So a job that stopped half-way is finished by starting it again,
and who works on which town changes no figure.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from stip.errors import StipError, WorkspaceError
from stip.outlook.make import make_outlook
from stip.store import Workspace, first_open_week, runs_of

KILLED = "Het proces dat hieraan rekende is afgebroken, waarschijnlijk omdat het geheugen op was. Probeer het alleen."


class Outcome(StrEnum):
    """How a town ended."""

    MADE = "made"
    FOUND = "found"
    FAILED = "failed"


@dataclass(frozen=True)
class TownReport:
    """What became of one town.

    Attributes
    ----------
    town : str
        Name of its folder.
    outcome : Outcome
        ``found`` when its outlook was there already.
    week, run_id : str
        Of the outlook; empty when it failed.
    why : str
        The sentence with which it failed.
    seconds : float
    """

    town: str
    outcome: Outcome
    week: str = ""
    run_id: str = ""
    why: str = ""
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)


Reported = Callable[[TownReport], None]
"""Is told each town as it ends."""


def workspaces_in(folder: Path) -> list[Path]:
    """Return the workspaces right below a folder, the largest first, so that no large one is left for the end.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    found = [file.parent for file in folder.glob("*/stip.toml")]
    if not found:
        raise WorkspaceError(
            f"In {folder} staat geen enkele werkmap. Geef de map waarin de werkmappen van de gemeenten staan."
        )
    return sorted(found, key=lambda root: (-_size(root), root.name))


def outlook_of(root: str, week: str) -> TownReport:
    """Make the outlook of one town and tell how that ended; a refusal is told, not raised.

    Parameters
    ----------
    root : str
        Folder of the workspace.
    week : str
        ISO week; the first that is still open when empty.
    """
    began = time.perf_counter()
    town = Path(root).name
    try:
        workspace = Workspace.open(root)
        week = week or first_open_week(workspace) or ""
        if not week:
            raise WorkspaceError("Er zijn nog geen meldingen. Lees eerst een bestand in met ‘stip intake file’.")
        there = {run.run_id for run in runs_of(workspace, "outlook", week)}
        run = make_outlook(workspace, week)
    except StipError as refusal:
        return TownReport(town, Outcome.FAILED, why=str(refusal), seconds=_since(began))
    except Exception as fault:  # one town's fault may not stop the others; its message could hold values of a file
        why = f"Dit is een fout in Stip zelf: {type(fault).__name__}. Draai deze stad apart en meld wat er dan staat."
        return TownReport(town, Outcome.FAILED, why=why, seconds=_since(began))
    outcome = Outcome.FOUND if run.run_id in there else Outcome.MADE
    return TownReport(town, outcome, week, run.run_id, seconds=_since(began))


def outlooks_here(
    roots: Sequence[Path], week: str = "", *, workers: int, reported: Reported | None = None
) -> list[TownReport]:
    """Make the outlooks of many towns in processes on this machine.

    When a process is killed, whatever it was doing goes on without the others, one town at a time; a town that kills
    its process then too has failed.

    Parameters
    ----------
    roots : sequence of Path
        Workspaces, in the order in which they are begun.
    week : str
        ISO week; for each town its own first open one when empty.
    workers : int
        Processes, each of one thread.
    reported : callable, optional

    Returns
    -------
    list of TownReport
        In the order of ``roots``.
    """
    ended: dict[Path, TownReport] = {}
    for root, report in _all(roots, week, workers):
        ended[root] = report
        if reported is not None:
            reported(report)
    return [ended[root] for root in roots]


def _all(roots: Sequence[Path], week: str, workers: int) -> Iterator[tuple[Path, TownReport]]:
    left = dict.fromkeys(roots)
    for root, report in _together(roots, week, workers):
        del left[root]
        yield root, report
    for root in left:
        alone = list(_together([root], week, 1))
        yield alone[0] if alone else (root, TownReport(root.name, Outcome.FAILED, why=KILLED))


def _together(roots: Sequence[Path], week: str, workers: int) -> Iterator[tuple[Path, TownReport]]:
    """Yield the towns as they end; those that were not done when a process was killed are left out."""
    # A process that begins afresh: what this one holds in memory or in threads is not copied along.
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, min(workers, len(roots))), mp_context=afresh, initializer=_one_thread) as pool:
        asked = {pool.submit(outlook_of, str(root), week): root for root in roots}
        for done in as_completed(asked):
            try:
                report = done.result()
            except BrokenProcessPool:
                continue
            yield asked[done], report


def _one_thread() -> None:
    threadpool_limits(1)


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 2)


def _size(root: Path) -> int:
    return sum(file.stat().st_size for file in (root / "data").glob("**/*.parquet"))
