# SPDX-License-Identifier: EUPL-1.2
"""How fast a large file comes in, beside DuckDB reading the same columns of it into Parquet.

Run ``python benchmarks/intake_file.py`` (minutes) or with ``--rows 500000 --rounds 7``: short rounds jitter, so there
are more of them. The file is made (columns of a police export, most of them refused) and read in a process each, so
that the peaks of memory do not meet. Both have the same number of threads. What is measured is the reading: a file of
a few rows goes before, so that neither importing nor loading compiled code counts. Of each reader
the median of its rounds counts: one round may be a third off. It ends with 1 when Stip is slower than a third of
DuckDB in processor time, and writes benchmarks/results/intake_file.json (with another number of rows it prints only).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from children import write_result
from pyarrow import csv

ROWS = 5_000_000
BOUND = 1 / 3
"""Least speed of Stip, as a part of DuckDB's."""
FEW = 2_000
WRITTEN = "%d-%m-%Y %H:%M:%S"
DATES = ("Begin-pleegdatum/tijd", "Eind-pleegdatum/tijd", "Kennisnamedatum/tijd")


def make_file(path: Path, rows: int) -> None:
    """Write a file in the shape of the police export, without faults."""
    rng = np.random.default_rng(1)
    begin = pd.to_datetime(rng.integers(1_400_000_000, 1_780_000_000, rows), unit="s")
    end = begin + pd.to_timedelta(rng.integers(0, 86_400, rows), unit="s")
    known = end + pd.to_timedelta(rng.integers(0, 864_000, rows), unit="s")
    numbers = pa.array([f"PL0100_BVH_{place:09d}" for place in range(rows)])

    def one_of(*texts: str) -> np.ndarray:
        return np.array(texts)[rng.integers(0, len(texts), rows)]

    table = pa.table(
        {
            "Incident Identificatie": numbers,
            "Bronregistratie": numbers,
            "Incidentsoort code": one_of("A72", "A10", "A50", "C40", "B99"),
            "Pleegstraatnaam": one_of("Dorpsstraat", "Nieuweweg", "Kerkplein"),
            "Verdachten": rng.integers(0, 3, rows),
            "Object": one_of("Openbare Weg/-Water", "Erf/Tuin/Balkon"),
            **{name: at.strftime(WRITTEN) for name, at in zip(DATES, (begin, end, known), strict=True)},
            "Temperatuur": one_of("3,4", "12,1", "19,0"),
            "X": rng.integers(125_000, 145_000, rows),
            "Y": rng.integers(445_000, 465_000, rows),
        }
    )
    csv.write_csv(table, path, write_options=csv.WriteOptions(delimiter=";", quoting_style="none"))


def read_with_stip(path: Path, folder: Path) -> int:
    """Read the file as `stip intake file` does."""
    from stip.agreements import install_shipped
    from stip.intake import read_incident_file
    from stip.settings import Settings, Town
    from stip.store import Workspace

    os.environ["STIP_KEYS"] = str(folder / "keys")
    workspace = Workspace.create(folder / "town", Settings(town=Town(name="Proefstad")))
    install_shipped(workspace)
    return read_incident_file(workspace, path, "bvh", received_at=datetime.now(UTC)).rows


def read_with_duckdb(path: Path, folder: Path) -> int:
    """Read the seven declared columns, with dates and numbers, and write them as Parquet."""
    dates = ", ".join(f"strptime(\"{name}\", '{WRITTEN}') as d{place}" for place, name in enumerate(DATES))
    columns = f'"Incident Identificatie", "Incidentsoort code", {dates}, "X"::double as x, "Y"::double as y'
    duckdb.execute(
        f"copy (select {columns} from read_csv('{path}', delim=';', header=true, all_varchar=true)) "  # noqa: S608
        f"to '{folder / 'out.parquet'}' (compression zstd)"
    )
    return duckdb.execute(f"select count(*) from '{folder / 'out.parquet'}'").fetchall()[0][0]  # noqa: S608


READERS = {"stip": read_with_stip, "duckdb": read_with_duckdb}


def measure(reader: str, path: Path, threads: int) -> None:
    """Read a file of a few rows and then this one, and print the figures of this one as JSON."""
    duckdb.execute(f"set threads = {threads}")
    pa.set_cpu_count(threads)
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.csv"
        make_file(few, FEW)
        (Path(folder) / "first").mkdir()
        READERS[reader](few, Path(folder) / "first")
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        rows = READERS[reader](path, Path(folder))
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = {
        "reader": reader,
        "rows": rows,
        "mb": round(path.stat().st_size / 1e6),
        "processor_s": round(processor, 2),
        "wall_s": round(seconds, 2),
        "rows_per_processor_s": round(rows / processor),
        "peak_gb": round(after.ru_maxrss / 1e6, 2),
    }
    print(json.dumps(figures))


def run(word: str, path: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Do one part of the work in a process of its own."""
    words = ["--part", word, "--file", str(path), "--rows", str(asked.rows), "--threads", str(asked.threads)]
    done = subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="")
    return json.loads(done.stdout or "{}")


def main() -> int:
    """Make a file, read it in turn with each reader, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--part", choices=[*READERS, "make"])
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.part and asked.file:
        make_file(asked.file, asked.rows) if asked.part == "make" else measure(asked.part, asked.file, asked.threads)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        run("make", path, asked)
        rounds = [{reader: run(reader, path, asked) for reader in READERS} for _ in range(asked.rounds)]
    usual = {
        time: {reader: statistics.median(one[reader][time] for one in rounds) for reader in READERS}
        for time in ("processor_s", "wall_s")
    }
    ratios = {time: of["duckdb"] / of["stip"] for time, of in usual.items()}
    enough = ratios["processor_s"] >= BOUND
    measured = {"rows": asked.rows, "threads": asked.threads, "rounds": rounds}
    found = {
        "ratio": round(ratios["processor_s"], 3),
        "wall_ratio": round(ratios["wall_s"], 3),
        "bound": round(BOUND, 3),
    }
    if asked.rows == ROWS:
        print(write_result("intake_file", measured | found))
    print(
        f"Speed of Stip beside DuckDB, {asked.threads} threads, median of {asked.rounds} rounds: "
        f"{ratios['processor_s']:.3f} in processor time ({'' if enough else 'not '}at least {BOUND:.3f}), "
        f"{ratios['wall_s']:.3f} in wall time."
    )
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
