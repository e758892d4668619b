# SPDX-License-Identifier: EUPL-1.2
"""What a public process reads of the register."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from stip.errors import WorkspaceError
from stip.publish.register import published_explanation, published_register, published_register_file


def test_nothing_is_out_yet(tmp_path: Path) -> None:
    assert published_explanation(tmp_path) is None
    assert published_register(tmp_path) is None
    assert published_register_file(tmp_path, "register.csv") is None


def test_only_the_files_of_the_register_can_be_taken_along(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "register.csv").write_text("name\n", encoding="utf-8")
    (folder / "facts.json").write_text(json.dumps({"files": {"register.csv": sha256(b"name\n").hexdigest()}}))
    (tmp_path / "secret.txt").write_text("niet openbaar", encoding="utf-8")
    assert published_register_file(tmp_path, "register.csv") == b"name\n"
    assert published_register_file(tmp_path, "../secret.txt") is None


def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "register.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="stip publish register"):
        published_register(tmp_path)
