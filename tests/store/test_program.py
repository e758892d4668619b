# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

import stip
from stip.store import Workspace, open_run, run_id_of, runs, runs_of
from stip.store.program import ABOVE, hash_of, program_hash
from store.test_runs import freeze

PACKAGE = Path(stip.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGE, tmp_path / "site" / "stip"))


def test_the_same_sources_give_the_same_hash_wherever_they_are(copy: Path, tmp_path: Path) -> None:
    assert hash_of(copy) == program_hash() == hash_of(PACKAGE)
    (copy / "plan" / "__pycache__").mkdir(exist_ok=True)
    (copy / "plan" / "__pycache__" / "run.cpython-311.pyc").write_bytes(b"compiled")
    assert hash_of(copy) == program_hash()
    with zipfile.ZipFile(tmp_path / "stip.whl", "w") as wheel:
        for file in sorted(copy.rglob("*"), reverse=True):  # in another order than a folder gives
            wheel.write(file, file.relative_to(copy.parent))
    assert hash_of(zipfile.Path(tmp_path / "stip.whl", "stip/")) == program_hash()


@pytest.mark.parametrize("file", ["plan/value.py", "agreements/forbidden.toml", "__init__.py"])
def test_a_changed_file_changes_it(copy: Path, file: str) -> None:
    path = copy / file
    path.write_bytes(path.read_bytes() + b"# changed\n")
    assert hash_of(copy) != program_hash()


def test_a_renamed_file_changes_it(copy: Path) -> None:
    (copy / "plan" / "value.py").rename(copy / "plan" / "worth.py")
    assert hash_of(copy) != program_hash()


@pytest.mark.parametrize("room", ABOVE)
def test_rooms_above_the_stages_do_not_count(copy: Path, room: str) -> None:
    (copy / room / "new.py").write_text("x = 1\n", encoding="utf-8")
    assert hash_of(copy) == program_hash()


def test_a_changed_program_makes_a_new_run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = freeze(workspace)
    assert first.facts["program"] == program_hash()
    monkeypatch.setattr(runs, "program_hash", lambda: "another")
    second = freeze(workspace)
    assert second.run_id != first.run_id
    assert second.run_id == run_id_of("outlook", "2026-W37", {"seed": 7}, {"n": "1"})
    assert [run.run_id for run in runs_of(workspace, "outlook")] == [first.run_id, second.run_id]
    assert open_run(first.folder).intact()
