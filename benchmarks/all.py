# SPDX-License-Identifier: EUPL-1.2
"""Every benchmark, small or in full; goes on after a failure and ends with 1 naming what broke.

Usage: ``python benchmarks/all.py [--full] [--only NAMES]``. Small takes 15 to 20 minutes on two cores: what asserts
times runs alone, of the rest two at once. Prints one table and writes benchmarks/results/bench.json (in full:
bench_full.json) and the charts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from about import ROOT, about
from children import ONE_THREAD

FOLDER = Path(__file__).parent
AT_ONCE = 2  # of those that bear it


@dataclass(frozen=True)
class Benchmark:
    """A script with its arguments, small and in full.

    Attributes
    ----------
    name, what : str
    small, full : tuple of str, or None
        None when it runs in the other only.
    beside : bool
        Whether another may run beside it: one that asserts no times.
    """

    name: str
    what: str
    small: tuple[str, ...] | None
    full: tuple[str, ...] | None
    beside: bool = False

    @property
    def script(self) -> Path:
        """The script."""
        return FOLDER / f"{self.name}.py"

    def words(self, *, full: bool) -> tuple[str, ...] | None:
        """Return the arguments of the script, small or in full."""
        return self.full if full else self.small


_LEARN = ("--seeds", "4", "--workers", "1", "--keep")
_PEERS = ("--weeks", "1", "--kdepy-weeks", "13", "--before-cut-off")

BENCHMARKS = (
    Benchmark("accuracy", "hits beside every baseline, before the cut-off", (), ()),
    Benchmark("outlook_peers", "surfaces of other makers", _PEERS, (), beside=True),
    Benchmark("nij", "the NIJ challenge as it was scored", ("--before-cut-off",), (), beside=True),
    Benchmark("calibration", "do counts lie where the outlook said", (), (), beside=True),
    Benchmark("feedback", "patrol that follows the outlook", ("--small",), (), beside=True),
    Benchmark("learn_year", "does the ranking name who pointed better", _LEARN, (), beside=True),
    Benchmark("headroom", "what half of the future would add", None, (), beside=True),
    Benchmark("ablation", "what each part of the outlook adds", None, (), beside=True),
    Benchmark("near_repeats", "Knox beside pointpats", ("--small",), ()),
    Benchmark("store_slice", "a period and an area out of many incidents", ("--small",), ()),
    Benchmark("intake_file", "a large file, beside DuckDB alone", ("--rows", "500000", "--rounds", "7"), ()),
    Benchmark("scale", "one town from counts to outlook", ("--small",), ()),
    Benchmark("weekly", "twice the years cost no more a week", ("--small",), ()),
    Benchmark("country", "the whole country", ("--small",), ()),
    Benchmark("country_cluster", "the same on a cluster, a worker killed", ("--small",), ()),
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
    beside : bool
        Whether another ran beside it, which stretches its minutes.
    """

    name: str
    what: str
    code: int
    minutes: float
    processor_minutes: float
    peak_gb: float
    told: str
    beside: bool = False


def run(command: Sequence[str], name: str, what: str, *, beside: bool = False) -> Ran:
    """Run a command and return how it ended; show what it prints as it comes, or at the end when one runs beside."""
    started, last = time.perf_counter(), ""
    said: list[str] = []
    show = said.append if beside else partial(print, flush=True)
    environ = os.environ | (ONE_THREAD if beside else {})
    show(f"== {name}: {what}")
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            show(f"   {line.rstrip()}")
            last = line.strip() or last
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if said:
        print("\n".join(said), flush=True)
    return Ran(
        name,
        what,
        process.returncode,
        round((time.perf_counter() - started) / 60, 1),
        round((used.ru_utime + used.ru_stime) / 60, 1),
        round(used.ru_maxrss / 1e6, 2),
        last,
        beside,
    )


def run_all(benchmarks: Sequence[Benchmark], *, full: bool) -> list[Ran]:
    """Run benchmarks in their order: alone, or with one beside where both bear that."""

    def one(each: Benchmark) -> Ran:
        command = [sys.executable, str(each.script), *(each.words(full=full) or ())]
        return run(command, each.name, each.what, beside=each.beside)

    ran: list[Ran] = []
    for beside, group in groupby(benchmarks, key=lambda each: each.beside):
        with ThreadPoolExecutor(AT_ONCE if beside else 1) as pool:
            ran += pool.map(one, group)
    return ran


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
    ran = run_all(
        [each for each in BENCHMARKS if each.words(full=asked.full) is not None and (not only or each.name in only)],
        full=asked.full,
    )
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
