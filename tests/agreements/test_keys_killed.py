# SPDX-License-Identifier: EUPL-1.2
"""Keys are rotated and reports come in while processes are killed: none lost, none twice, retention goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.incident_files import RECEIVED, agree, rows, save, text
from stip.agreements import KeyRing, reports_by_key, retention
from stip.intake import read_incident_file
from stip.store import Workspace, batches, read_incidents

ROTATE = """
import sys
from pathlib import Path
from stip.agreements import KeyRing
from stip.store import Workspace
ring = KeyRing.of(Workspace.open(Path(sys.argv[1])))
for _ in range(200):
    ring = ring.rotate()
    print(ring.active.key_id, flush=True)
"""
ROTATE_AND_READ = """
import sys
from datetime import datetime
from pathlib import Path
from stip.agreements import KeyRing
from stip.intake import read_incident_file
from stip.store import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
KeyRing.of(workspace).rotate()
print("rotated", flush=True)
read_incident_file(workspace, Path(sys.argv[2]), "proef", received_at=datetime.fromisoformat(sys.argv[3]))
print("stored", flush=True)
"""


def killed_after(seconds: float, code: str, *words: str) -> str:
    """Run lines in a process and kill it, when it still runs; gives what it had said."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    said = process.stdout.readline()  # from here it is busy
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return said + process.communicate(timeout=60)[0]


@pytest.mark.slow
def test_a_key_that_was_told_is_never_lost(workspace: Workspace) -> None:
    chance = random.Random(6)
    told = [KeyRing.of(workspace).active.key_id]
    for _ in range(6):
        told += killed_after(chance.uniform(0, 0.15), ROTATE, str(workspace.root)).split()
        held = [key.key_id for key in KeyRing.of(workspace).keys]
        assert set(told) <= set(held)
        assert len(held) - len(told) <= 6, "at most one a kill was written and not told"
    assert len(told) > 7


@pytest.mark.slow
def test_reports_are_counted_once_whenever_it_was_killed(workspace: Workspace, tmp_path: Path) -> None:
    """Rotation, a week that comes in and a kill, six times; each week repeats most of what was there."""
    agree(workspace, retention_months=600)
    chance = random.Random(37)
    read_incident_file(workspace, save(tmp_path / "w0.csv", text(rows(40))), "proef", received_at=RECEIVED)
    for week in range(1, 7):
        at = RECEIVED + timedelta(days=7 * week)
        file = save(tmp_path / f"w{week}.csv", text(rows(40 + 5 * week)))
        killed_after(chance.uniform(0, 2.5), ROTATE_AND_READ, str(workspace.root), str(file), at.isoformat())
        report = read_incident_file(workspace, file, "proef", received_at=at + timedelta(hours=1))
        assert report.new in (0, 5), "all of it or nothing was stored before the kill"
        assert report.corrected == 0
        assert report.new + report.unchanged == 40 + 5 * week
        assert len(read_incidents(workspace)) == 40 + 5 * week
    assert len(KeyRing.of(workspace).keys) >= 7
    counted = reports_by_key(workspace)
    assert sum(counted.values()) == 70
    assert len(counted) > 1

    # Retention destroys what is too old, whichever key numbered it; what comes again is not counted anew.
    destroyed = retention(workspace, on=date(2100, 1, 1))
    assert set(destroyed["source"]) == {"proef"}
    assert len(read_incidents(workspace)) == 0
    assert not [manifest for manifest in batches(workspace) if manifest["incidents"]]
