# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from outlook.conftest import WEEK, same_answers
from stip.errors import SettingsError, WorkspaceError
from stip.outlook import Outcome, TownReport, outlooks_on, workspaces_in

pytest.importorskip("distributed")
pytestmark = [pytest.mark.enable_socket, pytest.mark.slow]


@dataclass
class Cluster:
    """A scheduler and workers on this machine, each a process that nobody starts again."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    about = tmp_path / "scheduler.json"
    python = [sys.executable, "-W", "ignore", "-m"]
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    scheduler = [*python, "distributed.cli.dask_scheduler", *common, "--port", "0", "--scheduler-file", str(about)]
    worker = [*python, "distributed.cli.dask_worker", *common, "--no-nanny", "--nthreads", "1"]
    worker += ["--scheduler-file", str(about), "--local-directory", str(tmp_path)]
    with (tmp_path / "log").open("wb") as log:
        started = [subprocess.Popen(scheduler, env=environ, stdout=log, stderr=log)]
        started += [subprocess.Popen(worker, env=environ, stdout=log, stderr=log) for _ in range(2)]
        try:
            yield Cluster(_address(about), started[1:])
        finally:
            for process in started:
                process.kill()
                process.wait()


def _address(about: Path) -> str:
    from distributed import Client

    for _ in range(600):
        if about.exists():
            break
        time.sleep(0.1)
    with Client(scheduler_file=str(about), timeout=60) as client:
        client.wait_for_workers(2, timeout=120)
        return str(client.scheduler.address)


def test_a_worker_is_killed_half_way_and_the_answer_is_the_same(
    cluster: Cluster,
    country: Path,
    answers: Path,
) -> None:
    shutil.copytree(country / "town1", country / "town4")
    (country / "town4" / "data" / "cells.parquet").unlink()

    def kill_one(_: TownReport) -> None:
        cluster.workers[0].kill()

    roots = workspaces_in(country)
    reports = {report.town: report for report in outlooks_on(cluster.address, roots, WEEK, reported=kill_one)}
    assert list(reports) == [root.name for root in roots]
    assert cluster.workers[0].wait() != 0
    assert "stip link" in reports.pop("town4").why
    assert {report.outcome for report in reports.values()} <= {Outcome.MADE, Outcome.FOUND}
    assert same_answers(country, answers)


def test_a_cluster_that_is_not_there_is_told_with_what_to_do(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stip.outlook.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(WorkspaceError, match="antwoordt niet"):
        outlooks_on("tcp://127.0.0.1:9", workspaces_in(country), WEEK)


@pytest.mark.parametrize(("programs", "said"), [({"tcp://w": "another"}, "andere versie"), ({}, "geen werkers")])
def test_a_cluster_that_cannot_give_the_same_answer_is_refused(
    country: Path, monkeypatch: pytest.MonkeyPatch, programs: dict[str, str], said: str
) -> None:
    class Asked(nullcontext[object]):
        def __enter__(self) -> Asked:
            return self

        def run(self, _: object) -> dict[str, str]:
            return programs

    monkeypatch.setattr("stip.outlook.cluster._client", lambda _: Asked())
    with pytest.raises(WorkspaceError, match=said):
        outlooks_on("tcp://127.0.0.1:9", workspaces_in(country), WEEK)


def test_without_dask_the_sentence_says_how_to_install_it(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match=r"pip install 'stip\[cluster\]'"):
        outlooks_on("tcp://127.0.0.1:9", workspaces_in(country), WEEK)
