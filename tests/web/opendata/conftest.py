# SPDX-License-Identifier: EUPL-1.2
"""A folder ``published`` of a small town, and the public process as it is started, which knows nothing else."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import httpx
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from shapely import box

from stip.agreements import PAUSES_FILE
from stip.publish import AREA, FIGURE, METHOD, TOWN, State, publish_places
from stip.settings import Settings, Town
from stip.space import Areas
from stip.store import Workspace, conform, write_areas

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
NAMES = ["=SOM(A1:A9)", 'Oost, "Noord"', "Café-Oost", "'t Zand", "Station", "Haven"]
HIDDEN = {"BU99990004": State.FEW_DWELLINGS, "BU99990005": State.UNKNOWN_DWELLINGS}
TYPES = {"bicycle_theft": "Fietsdiefstal", "vandalism": "Vernieling"}
QUARTERS = {"2025-K4": 2025, "2026-K1": 2026, "2026-K2": 2026}
"""By quarter, the year of the borders."""
SIDE_M, WEST_M, SOUTH_M = 500, 150_000, 436_000
READS = 25


def areas_of(year: int) -> Areas:
    """Give six squares in a row; those of 2025 lie a little higher."""
    south = SOUTH_M + (0 if year == 2026 else 50)
    squares = [box(WEST_M + SIDE_M * n, south, WEST_M + SIDE_M * (n + 1), south + SIDE_M) for n in range(len(NAMES))]
    frame = gpd.GeoDataFrame(
        {
            "area_code": [f"BU9999000{n}" for n in range(len(NAMES))],
            "name": NAMES,
            "district_code": "WK999900",
            "district_name": "Centrum",
            "area_year": year,
        },
        geometry=squares,
        crs="EPSG:28992",
    )
    return Areas(frame)


def write_quarter(published: Path, quarter: str, year: int) -> None:
    """Write figures as the door does; what they are is of no importance here, only that they are these."""
    chance = np.random.default_rng(int(quarter[:4]) * 10 + int(quarter[-1]))
    rows: list[tuple[Any, ...]] = []
    for crime_type in TYPES:
        rows.append((TOWN, "GM9999", "Proefstad", crime_type, int(chance.integers(10, 40)) * 5, State.PUBLISHED))
        for n, name in enumerate(NAMES):
            code = f"BU9999000{n}"
            state = HIDDEN.get(code, State.PUBLISHED)
            figure = int(chance.integers(0, 12)) * 5 if state is State.PUBLISHED else None
            rows.append((AREA, code, name, crime_type, figure, str(state)))
    frame = pd.DataFrame(rows, columns=["level", "area_code", "area_name", "crime_type", "figure", "state"])
    frame = frame.assign(quarter=quarter, area_year=np.int16(year), figure=frame["figure"].astype("Int64"))
    folder = published / "figures" / quarter
    folder.mkdir(parents=True)
    pq.write_table(conform(frame[FIGURE.schema.names], FIGURE), folder / "figures.parquet")
    facts = {"quarter": quarter, "approved_at": AT.isoformat(), "role": "fg", "method": METHOD, "labels": TYPES}
    facts |= {"run_id": f"publish-{quarter}", "known_until": AT.isoformat()}
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


@pytest.fixture(autouse=True)
def site() -> None:
    """Make no sample town, as the other rooms of the site do: the public process knows no workspace."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder once; only to be read."""
    top = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STIP_KEYS", str(top / "keys"))
        workspace = Workspace.create(top / "work", Settings(town=Town(name="Proefstad")))
        for year in sorted(set(QUARTERS.values())):
            write_areas(workspace, areas_of(year))
            publish_places(workspace, at=AT, year=year)
    published = top / "published"
    (top / "work" / "published").rename(published)
    shutil.rmtree(top / "work")  # no workspace is left to read
    for quarter, year in QUARTERS.items():
        write_quarter(published, quarter, year)
    (published / PAUSES_FILE).write_text("[]", encoding="utf-8")  # as the door does: without it all stands still
    return published


def page_of(client: httpx.Client, path: str = "", **more: Any) -> httpx.Response:
    """Ask an address that ends without a slash, which httpx would add to an empty one."""
    return client.get(f"{str(client.base_url).rstrip('/')}{path}", **more)


class Process:
    """The public process, started when it is first asked for."""

    def __init__(self, published: Path, inbox: Path) -> None:
        self.published, self.inbox = published, inbox
        self.running: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> str:
        """Give its address, once it answers."""
        if self.running is None:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            self.url = f"http://127.0.0.1:{port}/openbaar/gegevens"
            told = {
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(sys.path),
                "STIP_MODE": "demo",
                "STIP_PUBLISHED": str(self.published),
                "STIP_INBOX": str(self.inbox),
            }
            command = [sys.executable, "-m", "stip_web.manage", "serve-public", "--port", str(port)]
            self.running = subprocess.Popen(command, env=told, cwd=self.inbox)
            self._wait(port)
        return self.url

    def _wait(self, port: int) -> None:
        assert self.running is not None
        while self.running.poll() is None:
            try:
                httpx.get(f"http://127.0.0.1:{port}/openbaar/gezondheid", timeout=READS).raise_for_status()
                return
            except httpx.TransportError:
                time.sleep(0.2)
        raise RuntimeError("the public process did not start")

    def stop(self) -> None:
        """End it."""
        if self.running is not None:
            self.running.terminate()
            self.running.wait(READS)


@pytest.fixture(scope="session")
def process(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """Keep one process for all that only read."""
    kept = Process(made, tmp_path_factory.mktemp("inbox"))
    yield kept
    kept.stop()


@pytest.fixture
def address(socket_enabled: None, process: Process) -> str:
    """Give the address of the open data."""
    return process.start()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """Ask the open data."""
    with httpx.Client(base_url=address, timeout=READS) as made:
        yield made


@pytest.fixture
def own(socket_enabled: None, made: Path, tmp_path: Path) -> Iterator[tuple[Path, httpx.Client]]:
    """Give a folder that a test may change, and a process that reads it."""
    published = tmp_path / "published"
    shutil.copytree(made, published)
    (tmp_path / "inbox").mkdir()
    kept = Process(published, tmp_path / "inbox")
    try:
        with httpx.Client(base_url=kept.start(), timeout=READS) as asks:
            yield published, asks
    finally:
        kept.stop()
