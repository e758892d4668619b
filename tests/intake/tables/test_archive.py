# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from intake.incident_files import save
from stip.errors import FileError
from stip.intake.tables.archive import members


def zipped(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.shp", b"1")
        archive.writestr("a.dbf", b"2")
    return path.read_bytes()


def test_names_are_listed_without_unpacking(tmp_path: Path) -> None:
    zipped(tmp_path / "f.zip")
    assert members(tmp_path / "f.zip") == ["a.shp", "a.dbf"]
    assert [path.name for path in tmp_path.iterdir()] == ["f.zip"]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="beschadigd"):
        members(save(tmp_path / "g.zip", zipped(tmp_path / "f.zip")[:40]))


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    locked = zipped(tmp_path / "f.zip").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )
    with pytest.raises(FileError, match="wachtwoord"):
        members(save(tmp_path / "g.zip", locked))
