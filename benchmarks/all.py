# SPDX-License-Identifier: EUPL-1.2
"""Every benchmark, one after the other, small or in full; goes on after a failure and ends with 1 naming what broke.

Usage: ``python benchmarks/all.py [--full] [--only NAMES]``. Small takes under 15 minutes on two cores. Prints one
table and writes benchmarks/results/bench.json (in full: bench_full.json) and the charts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from about import ROOT, about

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Benchmark:
    """A script with its arguments, small and in full.

    Attributes
    ----------
    name, what : str
    small, full : tuple of str, or None
        None when it runs in the other only.
    """

    name: str
    what: str
    small: tuple[str, ...] | None
    full: tuple[str, ...] | None

    @property
    def script(self) -> Path:
        """The script; several benchmarks may share one."""
        return FOLDER / f"{self.name}.py"


BENCHMARKS = (
    Benchmark("accuracy", "hits beside every baseline, before the cut-off", (), ()),
    Benchmark("calibration", "do counts lie where the outlook said", (), ()),
    Benchmark("headroom", "what half of the future would add", None, ()),
    Benchmark("ablation", "what each part of the outlook adds", None, ()),
    Benchmark("nij", "the NIJ challenge as it was scored", ("--before-cut-off",), ()),
    Benchmark("outlook_peers", "surfaces of other makers", ("--weeks", "1", "--before-cut-off"), ()),
    Benchmark("near_repeats", "Knox beside pointpats", ("--small",), ()),
    Benchmark("store_slice", "a period and an area out of many incidents", ("--small",), ()),
    Benchmark("intake_file", "a large file, beside DuckDB alone", ("--rows", "500000", "--rounds", "7"), ()),
    Benchmark("scale", "one town from counts to outlook", ("--small",), ()),
    Benchmark("weekly", "twice the years cost no more a week", ("--small",), ()),
    Benchmark("country", "the whole country", ("--small",), ()),
    Benchmark("country_cluster", "the same on a cluster, a worker killed", ("--small",), ()),
    Benchmark("learn_year", "does the ranking name who pointed better", ("--seeds", "4", "--keep"), ()),
    Benchmark("feedback", "patrol that follows the outlook", ("--small",), ()),
    Benchmark("dots_page", "the dot map beside deck.gl, without a GPU", ("--small",), ()),
    Benchmark("briefing", "the week plan on paper within ten seconds", (), ("--size", "full")),
    Benchmark("plan_large", "how near to the best plan", ("--largest", "10000"), ()),
)


@dataclass(frozen=True)
class Ran:
    """How a benchmark ended.

    Attributes
    ----------
    name, what : str
    code : int
        0 when all its bounds hold.
    minutes, processor_minutes, peak_gb : float
        Of it and its children; the peak is of the largest process.
    told : str
        Its last line.
    """

    name: str
    what: str
    code: int
    minutes: float
    processor_minutes: float
    peak_gb: float
    told: str


def run(command: Sequence[str], name: str, what: str) -> Ran:
    """Run a command, show what it prints as it comes, and return how it ended."""
    started, last = time.perf_counter(), ""
    print(f"== {name}: {what}", flush=True)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            print(f"   {line}", end="", flush=True)
            last = line.strip() or last
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Ran(
        name,
        what,
        process.returncode,
        round((time.perf_counter() - started) / 60, 1),
        round((used.ru_utime + used.ru_stime) / 60, 1),
        round(used.ru_maxrss / 1e6, 2),
        last,
    )


def table(ran: Sequence[Ran]) -> str:
    """Return what is printed at the end."""
    lines = [f"{'benchmark':<16}{'minutes':>8}{'processor':>10}{'peak GB':>8}  {'':<7}what"]
    lines += [
        f"{each.name:<16}{each.minutes:>8.1f}{each.processor_minutes:>10.1f}{each.peak_gb:>8.2f}  "
        f"{'holds' if each.code == 0 else 'FAILS':<7}{each.what}"
        for each in ran
    ]
    return "\n".join(lines)


def broken(ran: Sequence[Ran]) -> str:
    """Return a sentence that names what broke, empty when nothing did."""
    names = [f"{each.name} ({each.told})" for each in ran if each.code != 0]
    return f"{len(names)} of {len(ran)} benchmarks broke: {'; '.join(names)}" if names else ""


def main() -> None:
    """Run them, print the table, write figures and charts."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--full", action="store_true", help="as large as the claims; hours")
    reader.add_argument(
        "--only", default="", help=f"names with commas: {', '.join(each.name for each in BENCHMARKS)}"
    )
    asked = reader.parse_args()
    only = set(filter(None, asked.only.split(",")))
    if unknown := only - {each.name for each in BENCHMARKS}:
        reader.error(f"No benchmark is called {sorted(unknown)[0]}.")
    ran = []
    for each in BENCHMARKS:
        words = each.full if asked.full else each.small
        if words is None or (only and each.name not in only) or not each.script.exists():
            continue
        ran.append(run([sys.executable, str(each.script), *words], each.name, each.what))
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    figures = {"ran": [asdict(each) for each in ran], "about": about()}
    name = "bench_full.json" if asked.full else "bench.json"
    (results / name).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    ran.append(run([sys.executable, str(FOLDER / "charts.py")], "charts", "the charts of README"))
    print("\n" + table(ran))
    if told := broken(ran):
        raise SystemExit(told)


if __name__ == "__main__":
    main()
