# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from outlook.conftest import WEEK, same_answers
from stip.errors import WorkspaceError
from stip.outlook import Outcome, TownReport, outlook_of, outlooks_here, workspaces_in
from stip.outlook.many import KILLED


def test_the_largest_town_comes_first(country: Path, tmp_path: Path) -> None:
    assert {root.name for root in workspaces_in(country)} == {"town1", "town2", "town3"}
    sizes = [sum(f.stat().st_size for f in root.glob("data/**/*.parquet")) for root in workspaces_in(country)]
    assert sizes == sorted(sizes, reverse=True)
    (tmp_path / "empty").mkdir()
    with pytest.raises(WorkspaceError, match="geen enkele werkmap"):
        workspaces_in(tmp_path / "empty")


def test_processes_give_the_answers_of_one_and_a_town_that_fails_stops_no_other(country: Path, answers: Path) -> None:
    broken = country / "town9"
    shutil.copytree(country / "town1", broken)
    (broken / "data" / "cells.parquet").unlink()
    roots = workspaces_in(country)
    told: list[TownReport] = []
    first = outlooks_here(roots, WEEK, workers=2, reported=told.append)
    assert [report.town for report in first] == [root.name for root in roots]
    assert sorted(told, key=str) == sorted(first, key=str)
    (failed,) = [report for report in first if report.outcome is Outcome.FAILED]
    assert (failed.town, failed.run_id) == ("town9", "")
    assert "stip link" in failed.why
    assert same_answers(country, answers)
    again = outlooks_here([root for root in roots if root != broken], WEEK, workers=2)
    assert {report.outcome for report in again} == {Outcome.FOUND}
    assert {report.run_id for report in again} == {report.run_id for report in first} - {""}


def test_a_town_gets_its_own_open_week_and_none_without_reports(country: Path) -> None:
    assert outlook_of(str(country / "town1"), "").week >= WEEK
    shutil.rmtree(country / "town2" / "data" / "incidents")
    assert "geen meldingen" in outlook_of(str(country / "town2"), "").why


def test_a_fault_of_ours_is_told_by_its_kind_alone(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ValueError("a value of the file")

    monkeypatch.setattr("stip.outlook.many.make_outlook", fault)
    report = outlook_of(str(country / "town1"), WEEK)
    assert report.outcome is Outcome.FAILED
    assert "ValueError" in report.why and "a value" not in report.why


def test_after_a_process_is_killed_the_job_ends_with_the_same_answer(country: Path, answers: Path) -> None:
    killed: list[int] = []

    def kill_once(_: TownReport) -> None:
        if not killed:
            killed.extend(child.pid for child in multiprocessing.active_children() if child.pid)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    reports = outlooks_here(workspaces_in(country), WEEK, workers=1, reported=kill_once)
    assert killed
    assert {report.outcome for report in reports} == {Outcome.MADE}
    assert same_answers(country, answers)


@pytest.fixture
def killer() -> Iterator[None]:
    """Kill every process that is started, as a machine without memory does."""
    done = threading.Event()
    before = set(multiprocessing.active_children())

    def kill() -> None:
        while not done.wait(0.05):
            for child in set(multiprocessing.active_children()) - before:
                if child.pid:
                    os.kill(child.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.mark.usefixtures("killer")
def test_a_town_that_never_ends_alive_is_told_as_failed(country: Path) -> None:
    (report,) = outlooks_here(workspaces_in(country)[:1], WEEK, workers=1)
    assert (report.outcome, report.why) == (Outcome.FAILED, KILLED)
