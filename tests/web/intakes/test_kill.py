# SPDX-License-Identifier: EUPL-1.2
"""A real worker in a process of its own, killed half-way: nothing is half, and it can be done again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from own_process import environment
from stip.store import Workspace, batches
from stip_web.intakes import quarantine
from stip_web.intakes.models import Step, Upload
from stip_web.workspaces.current import state_of

from .conftest import Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def long_file(week: bytes, rows: int = 60_000) -> bytes:
    head, *lines = week.decode("cp1252").splitlines()
    good = [line for line in lines if line.count(";") == head.count(";") and "_BVH_" in line.split(";")[0]]
    made = [line.replace("_BVH_2027", f"_BVH_{at}", 2) for at in range(rows // len(good)) for line in good]
    return "\r\n".join([head, *made]).encode("cp1252")


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "stip_web.manage", "db_worker", "--interval", "0.2", "--no-startup-delay"]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def wait_for(kind: Step.Kind, *states: Step.State) -> Step:
    for _ in range(2400):
        step = Step.objects.filter(kind=kind).order_by("-id").first()
        if step is not None and step.state in states:
            return step
        time.sleep(0.05)
    raise AssertionError(f"{kind} never became {states}")


def test_a_worker_that_is_killed_leaves_nothing_half(desk: Desk, own_site: Path, next_week: bytes) -> None:
    workspace = Workspace.open(own_site)
    before = state_of(workspace, "data")
    desk.bring(long_file(next_week))
    upload = Upload.objects.get()
    with worker() as process:
        wait_for(Step.Kind.LOOK, Step.State.DONE)
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/kolommen")
        wait_for(Step.Kind.CHECK, Step.State.RUNNING)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert "De werker is halverwege gestopt" in desk.see(upload)
    assert state_of(workspace, "data") == before
    with worker() as process:
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/opnieuw")
        wait_for(Step.Kind.CHECK, Step.State.DONE)
        desk.client.post(
            f"/gegevens/inlezen/{upload.pk}/publiceren", {"toch": "ja", "reden": "Proef met een lang bestand"}
        )
        wait_for(Step.Kind.STORE, Step.State.RUNNING)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    page = desk.see(upload)
    assert "De werker is halverwege gestopt" in page and "Opnieuw proberen" in page
    assert state_of(workspace, "data") == before
    with worker():
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/opnieuw")
        wait_for(Step.Kind.STORE, Step.State.DONE)
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert upload.report["new"] > 50_000
    assert upload.batch_id in {manifest["batch_id"] for manifest in batches(workspace)}
    desk.see(upload)  # this worker may have been ended between writing that it is done and destroying the file
    assert quarantine.sealed_uploads() == {}


def test_a_running_step_can_be_stopped(desk: Desk, own_site: Path, next_week: bytes) -> None:
    workspace = Workspace.open(own_site)
    before = state_of(workspace, "data")
    desk.bring(long_file(next_week))
    upload = Upload.objects.get()
    with worker():
        wait_for(Step.Kind.LOOK, Step.State.DONE)
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/kolommen")
        wait_for(Step.Kind.CHECK, Step.State.RUNNING)
        desk.client.post(f"/gegevens/inlezen/{upload.pk}/weggooien")
        wait_for(Step.Kind.CHECK, Step.State.CANCELLED)
        desk.bring(next_week, "volgende.csv")  # the worker goes on with the next
        wait_for(Step.Kind.LOOK, Step.State.DONE)
    assert "weggegooid en vernietigd" in desk.see(upload)
    assert upload.pk not in quarantine.sealed_uploads()
    assert state_of(workspace, "data") == before
