# SPDX-License-Identifier: EUPL-1.2
"""Does a Dask cluster give the same country, also when a worker is killed? Writes benchmarks/results/cluster.json.

Usage: ``python benchmarks/country_cluster.py [--small] [--share 0.1] [--work FOLDER]``. Draws (a part of) the country
as `country.py` does, and makes its outlooks three times over a scheduler and workers that are started here, each a
process of one thread: on one worker, on two, and on two of which one is killed when a third of the towns is done.
Every run and every table must be the same to the last bit; how much faster two are than one is told, not asserted,
because it takes two cores that do nothing else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from children import check, write_result
from country import COUNTRY, draw_town, sizes_of
from scale_town import UNTIL

from stip.outlook import Outcome, TownReport, outlooks_on, workspaces_in
from stip.store import Workspace, latest_run

_WAIT_SECONDS = 120


@dataclass
class Cluster:
    """A scheduler's address, and workers that nobody starts again."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[Cluster]:
    """Start a scheduler and workers on this machine, and end them."""
    from distributed import Client

    folder.mkdir(parents=True)
    about = folder / "scheduler.json"
    python = [sys.executable, "-W", "ignore", "-m"]
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(about)]
    scheduler = [*python, "distributed.cli.dask_scheduler", *common, "--port", "0"]
    worker = [*python, "distributed.cli.dask_worker", *common, "--no-nanny", "--nthreads", "1"]
    worker += ["--local-directory", str(folder)]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with (folder / "log").open("wb") as log:
        started = [subprocess.Popen(scheduler, env=environ, stdout=log, stderr=log)]
        started += [subprocess.Popen(worker, env=environ, stdout=log, stderr=log) for _ in range(workers)]
        try:
            for _ in range(10 * _WAIT_SECONDS):
                if about.exists():
                    break
                time.sleep(0.1)
            with Client(scheduler_file=str(about), timeout=_WAIT_SECONDS) as client:
                client.wait_for_workers(workers, timeout=_WAIT_SECONDS)
                address = str(client.scheduler.address)
            yield Cluster(address, started[1:])
        finally:
            for process in started:
                process.kill()
                process.wait()


def processor_s(process: subprocess.Popen[bytes]) -> float:
    """Return the processor time of a running process so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(folder: Path, work: Path, *, workers: int, kill: bool = False) -> dict[str, Any]:
    """Make all outlooks afresh on so many workers; tell what it cost and what came out."""
    for runs in folder.glob("*/runs"):
        shutil.rmtree(runs)
        runs.mkdir()
    roots = workspaces_in(folder)
    done: list[TownReport] = []
    with cluster_of(workers, work) as cluster:

        def reported(report: TownReport) -> None:
            done.append(report)
            if kill and len(done) == max(1, len(roots) // 3):
                cluster.workers[0].kill()

        began = time.perf_counter()
        reports = outlooks_on(cluster.address, roots, UNTIL, reported=reported)
        seconds = time.perf_counter() - began
        spent = [processor_s(each) for each in cluster.workers if each.poll() is None]
    return {
        "workers": workers,
        "killed": int(kill),
        "failed": sum(report.outcome is Outcome.FAILED for report in reports),
        "seconds": round(seconds, 1),
        "processor_s": None if kill else round(sum(spent), 1),
        "answers": {root.name: answer_of(root) for root in roots},
    }


def answer_of(root: Path) -> tuple[str, Any]:
    """Return the id of a town's run and the hashes of its tables."""
    run = latest_run(Workspace.open(root), "outlook", UNTIL)
    return ("", None) if run is None else (run.run_id, run.facts["tables"])


def main() -> None:
    """Draw, measure three times, print a table, write the figures and refuse another answer."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="four small towns")
    reader.add_argument("--share", type=float, default=0.1, help="so much of the country: fewer towns, as unequal")
    reader.add_argument("--work", type=Path, default=None, help="where to keep the towns; else a temporary folder")
    asked = reader.parse_args()
    towns, cells, incidents, weeks = COUNTRY[asked.small]
    share = 1 / 3 if asked.small else asked.share
    sizes = sizes_of(*(round(share * number) for number in (towns, cells, incidents)), weeks)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.work or Path(temporary) / "country"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        for size in sizes:
            draw_town(str(folder), size)
        one, two, killed = (
            measure(folder, Path(temporary) / name, workers=workers, kill=name == "killed")
            for name, workers in (("one", 1), ("two", 2), ("killed", 2))
        )
    answers = [found.pop("answers") for found in (one, two, killed)]
    print(f"{'workers':<9}{'killed':>7}{'failed':>7}{'seconds':>9}{'processor':>11}")
    for found in (one, two, killed):
        spent = "" if found["processor_s"] is None else found["processor_s"]
        told = f"{found['workers']:<9}{found['killed']:>7}{found['failed']:>7}"
        print(f"{told}{found['seconds']:>9}{spent:>11}")
    speed_up = round(one["seconds"] / two["seconds"], 2)
    print(f"two workers are {speed_up} times as fast as one, at a load of {os.getloadavg()[0]:.1f}")
    facts = {"towns": len(sizes), "cells": sum(s.cells for s in sizes), "incidents": sum(s.incidents for s in sizes)}
    measured = {"measured": [one, two, killed], "speed_up": speed_up}
    write_result(f"cluster{'_small' if asked.small else ''}", {"country": facts} | measured)
    check(
        {
            "every town has an outlook": not any(found["failed"] for found in (one, two, killed)),
            "two workers give the tables of one": answers[0] == answers[1],
            "with a worker killed they are the same": answers[0] == answers[2],
        }
    )


if __name__ == "__main__":
    main()
