# SPDX-License-Identifier: EUPL-1.2
"""The incidents of a period and a part of the town, out of 10 million, beside a scan of all.

Usage: ``python benchmarks/store_slice.py [--small]``. Publishes made-up incidents into a workspace, as a town
would: eight years in a few large batches, two years week by week, with 3 % as many corrections of earlier ones;
small: 1 million in all. Then asks for four weeks of 2 × 2 km, with everything that `read_incidents` promises
(newest versions only), beside reading every incident. Both times are the least of several, done in turn; the
ratio of the processor times is asserted. Writes benchmarks/results/store.json (small: prints only).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from children import check, write_result

from stip.settings import Settings, Town
from stip.store import INCIDENT, Workspace, publish_batch, read_incidents

FIRST = pd.Timestamp("2016-09-05", tz="UTC")
HISTORY_WEEKS, WEEKLY = 416, 104
HISTORY_BATCHES = 5
CORRECTED = 0.03
TIMES = 7
SIDE_M = 15_000
BOX = (140_000.0, 460_000.0, 142_000.0, 462_000.0)
FROM, TO = datetime(2024, 3, 4, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)
SLOWEST = {True: 0.8, False: 0.15}
"""The question may take at most so large a part of the scan: small (opening 109 batches is most of it), and not."""


def drawn(draw: np.random.Generator, rows: int, first: int, from_week: int, weeks: int, batch: str) -> pd.DataFrame:
    """Return incidents of some weeks, in the order in which they came in."""
    seconds = np.sort(draw.integers(from_week * 604_800, (from_week + weeks) * 604_800, rows))
    began = FIRST + pd.to_timedelta(seconds, unit="s")
    middle = draw.random((2, rows)) < 0.5
    place = np.where(middle, draw.normal(0.5, 0.1, (2, rows)), draw.random((2, rows))) * SIDE_M
    number = np.arange(first, first + rows)
    return pd.DataFrame(
        {
            "incident_id": [f"{(n * 2654435761) % 2**64:016x}" for n in number.tolist()],
            "source": "bvh",
            "batch_id": batch,
            "version": np.int32(1),
            "crime_type": draw.choice(["home_burglary", "bicycle_theft", "vandalism", "theft_from_vehicle"], rows),
            "from_at": began,
            "to_at": began + pd.Timedelta(hours=4),
            "known_at": began + pd.Timedelta(days=2),
            "x_m": 133_500.0 + np.round(place[0], -1),
            "y_m": 453_500.0 + np.round(place[1], -1),
            "precision_m": np.float32(10),
            "area_code": None,
            "area_year": None,
        }
    )[INCIDENT.schema.names]


def publish(workspace: Workspace, rows: int) -> None:
    """Fill a workspace with ``rows`` incidents and their corrections."""
    draw = np.random.default_rng(20260907)
    weekly = rows // (HISTORY_WEEKS + WEEKLY)
    per_batch = (rows - weekly * WEEKLY) // HISTORY_BATCHES
    first, before = 0, None
    for number in range(HISTORY_BATCHES):
        weeks = HISTORY_WEEKS // HISTORY_BATCHES
        frame = drawn(draw, per_batch, first, number * weeks, weeks, f"h{number}")
        publish_batch(workspace, frame, {"batch_id": f"h{number}", "received_at": f"2024-09-0{number + 1}"})
        first, before = first + per_batch, frame
    for week in range(WEEKLY):
        batch = f"w{week:03d}"
        frame = drawn(draw, weekly, first, HISTORY_WEEKS + week, 1, batch)
        corrected = before.sample(int(CORRECTED * weekly), random_state=week).assign(version=2, batch_id=batch)
        corrected["known_at"] = frame["known_at"].max()
        frame = pd.concat([frame, corrected], ignore_index=True)
        publish_batch(workspace, frame, {"batch_id": batch, "received_at": f"2026-{week:03d}"})
        first += weekly
        before = frame[frame["version"] == 1] if week > 8 else before


def side_by_side(work: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Do each in turn, several times; return the least processor and wall-clock time of each, in milliseconds."""
    best = dict.fromkeys(work, (np.inf, np.inf))
    for _ in range(TIMES):
        for name, one in work.items():
            wall, spent = time.perf_counter(), time.process_time()
            one()
            now = 1000 * (time.process_time() - spent), 1000 * (time.perf_counter() - wall)
            best[name] = (min(best[name][0], now[0]), min(best[name][1], now[1]))
    return best


def main() -> None:
    """Publish, ask, print the table, assert the ratio."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="1 million incidents; nothing is written")
    reader.add_argument("--work", type=Path, default=None, help="keep the workspace here, or use the one there")
    asked = reader.parse_args()
    rows = 1_000_000 if asked.small else 10_000_000
    with tempfile.TemporaryDirectory() as temporary:
        root = (asked.work or Path(temporary)) / f"town{rows}"
        if (root / "stip.toml").exists():
            workspace = Workspace.open(root)
        else:
            workspace = Workspace.create(root, Settings(town=Town(name="Proefstad")))
            publish(workspace, rows)
        files = [str(file) for file in (workspace.data / "incidents").glob("*/incidents.parquet")]
        size_mb = sum(Path(file).stat().st_size for file in files) / 1e6

        def question() -> pd.DataFrame:
            return read_incidents(workspace, from_at=FROM, to_at=TO, box_m=BOX)

        def scan() -> object:
            query = (
                "select max(incident_id), max(version), max(crime_type), max(from_at), max(to_at), max(known_at), "
                "max(x_m), max(y_m) from read_parquet(?)"
            )
            with duckdb.connect() as connection:
                return connection.sql(query, params=[files]).to_arrow_table()

        found = question()
        everything = read_incidents(workspace, from_at=FROM - timedelta(days=60), to_at=TO + timedelta(days=60))
        inside = everything["x_m"].between(BOX[0], BOX[2], inclusive="left")
        inside &= everything["y_m"].between(BOX[1], BOX[3], inclusive="left")
        inside &= (everything["from_at"] >= FROM) & (everything["from_at"] < TO)
        same = found.reset_index(drop=True).equals(everything[inside].reset_index(drop=True))
        times = side_by_side(
            {
                "question": question,
                "period": lambda: read_incidents(workspace, from_at=FROM, to_at=TO),
                "scan": scan,
            }
        )
    ratio = times["question"][0] / times["scan"][0]
    print(f"{rows:,} incidents in {len(files)} batches, {size_mb:.0f} MB\n")
    print(f"{'':48}{'cpu ms':>9}{'wall ms':>9}{'of a scan (cpu)':>17}")
    labels = {
        "question": f"four weeks of 2 × 2 km ({len(found):,} incidents)",
        "period": "four weeks of the whole town",
        "scan": "a scan of every incident",
    }
    for name, label in labels.items():
        cpu_ms, wall_ms = times[name]
        print(f"{label:48}{cpu_ms:9.0f}{wall_ms:9.0f}{cpu_ms / times['scan'][0]:17.3f}")
    print()
    limit = SLOWEST[asked.small]
    bounds = {
        "the same incidents as by looking through all of the months around it": same and len(found) > 0,
        f"at most {limit} of a scan: {ratio:.3f}": ratio <= limit,
    }
    if not asked.small:
        facts = {"incidents": rows, "batches": len(files), "mb": round(size_mb), "found": len(found)}
        facts |= {"cpu_ms": {name: round(cpu) for name, (cpu, _) in times.items()}, "ratio": round(ratio, 4)}
        facts |= {"wall_ms": {name: round(wall) for name, (_, wall) in times.items()}}
        print(write_result("store", facts | {"bounds": bounds}))
    check(bounds)


if __name__ == "__main__":
    main()
