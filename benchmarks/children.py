# SPDX-License-Identifier: EUPL-1.2
"""Measuring a piece of work in a process of its own, so that its peak memory is its own.

The parent imports nothing big: a new process would count its parent's memory as its own.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
"""Environment of a process that runs beside others: two of them on two cores wait for each other at every product."""


def child(script: Path, *words: object, python: Path | str = sys.executable) -> dict[str, Any]:
    """Run ``script --child …`` on one thread and return what it measured."""
    answer = subprocess.run(
        [str(python), "-W", "ignore", str(script), "--child", *map(str, words)],
        env=os.environ | ONE_THREAD,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SystemExit(f"{script.name} {' '.join(map(str, words))} failed:\n{answer.stderr[-2000:]}")
    return json.loads(answer.stdout.strip().splitlines()[-1])


def measured(work: Callable[[], dict[str, Any]], *, times: int = 1) -> None:
    """Do the work and print its facts as JSON.

    With them the least processor time, the peak memory of this process, and what of that the work added to what
    importing and a first call took.
    """
    spent = []
    before_mb = _peak_mb()
    for _ in range(times):
        started = time.process_time()
        facts = work()
        spent.append(time.process_time() - started)
    memory = {"peak_mb": round(_peak_mb(), 1), "added_mb": round(_peak_mb() - before_mb, 1)}
    print(json.dumps(facts | {"cpu_s": round(min(spent), 4)} | memory))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peers_python(asked: Path | None) -> Path:
    """Return the Python that has the peers."""
    python = asked or PEERS
    if not python.exists():
        raise SystemExit(f"{python} is not there. Make the peers' environment with `make peers`.")
    return python


def write_result(name: str, found: dict[str, Any]) -> Path:
    """Write what was found, with the machine, to benchmarks/results/<name>.json; return where, from the root on.

    The last line of a benchmark is kept in bench.json, which may not name the folders of one machine.
    """
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    about = {
        "made_on": date.today().isoformat(),
        "commit": commit.stdout.strip() or "unknown",
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    file = ROOT / "benchmarks" / "results" / f"{name}.json"
    file.write_text(json.dumps({"about": about} | found, indent=1) + "\n", encoding="utf-8")
    return file.relative_to(ROOT)


def check(bounds: dict[str, bool]) -> None:
    """Print each bound with whether it holds, and end with 1 when one does not."""
    for bound, holds in bounds.items():
        print(f"{'holds' if holds else 'FAILS'}  {bound}")
    if not all(bounds.values()):
        raise SystemExit(1)
