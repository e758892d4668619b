# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from intake.incident_files import RECEIVED, agree, rows, save, text
from stip.errors import WorkspaceError
from stip.intake import read_incident_file, undo
from stip.store import Workspace, batches, read_incidents


def test_a_delivery_is_taken_back_and_corrections_with_it(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    read_incident_file(workspace, save(tmp_path / "f.csv", text(rows(20))), "proef", received_at=RECEIVED)
    before = read_incidents(workspace)
    lines = rows(21)
    lines[4] |= {"einde": "05-08-2026 12:00:00"}
    path = save(tmp_path / "g.csv", text(lines))
    later = RECEIVED + timedelta(days=7)
    second = read_incident_file(workspace, path, "proef", received_at=later)
    assert second.batch_id is not None
    assert len(read_incidents(workspace)) == 21
    manifest = undo(workspace, second.batch_id, reason="verkeerd bestand", at=later)
    assert (manifest["incidents"], len(batches(workspace))) == (2, 1)
    assert read_incidents(workspace).equals(before)
    (kept,) = (workspace.data / "undone").glob("*.json")
    assert json.loads(kept.read_text())["undone_because"] == "verkeerd bestand"
    again = read_incident_file(workspace, path, "proef", received_at=later)
    assert (again.batch_id, again.new, again.corrected) == (second.batch_id, 1, 1)


@pytest.mark.parametrize(
    ("reason", "words"),
    [(" ", "Een reden ontbreekt"), ("x" * 141, "141 tekens"), ("staat meneer 06-12345678 in", "telefoonnummer")],
)
def test_the_reason_is_kept_and_so_it_is_looked_at(workspace: Workspace, reason: str, words: str) -> None:
    with pytest.raises(WorkspaceError, match=words) as stopped:
        undo(workspace, "abc", reason=reason)
    assert "12345678" not in str(stopped.value)


def test_a_delivery_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="geen levering ‘abc’"):
        undo(workspace, "abc", reason="weg")
