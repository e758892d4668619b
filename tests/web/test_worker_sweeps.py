# SPDX-License-Identifier: EUPL-1.2
"""A worker that starts removes the reports that a killed process left half destroyed, before anything else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from stip.errors import WorkspaceBusy
from stip.store import Workspace
from stip_web.desk.management.commands import worker


def test_a_worker_sweeps_before_it_works_and_works_when_it_cannot(
    db: None, own_site: Path, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    incidents = own_site / "data" / "incidents"
    half = incidents / ".half-abc"
    shutil.copytree(next(path for path in incidents.iterdir() if path.is_dir()), half)
    at_work: list[bool] = []
    monkeypatch.setattr(settings, "STIP_STATE", str(tmp_path))
    monkeypatch.setattr(worker, "call_command", lambda *_, **__: at_work.append(half.exists()))

    def busy(_: Workspace) -> int:
        raise WorkspaceBusy("busy")

    with monkeypatch.context() as patch:
        patch.setattr(worker, "sweep_incidents", busy)
        call_command("worker", batch=True)
    call_command("worker", batch=True)
    assert at_work == [True, False]
