# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stip.errors import WorkspaceError
from stip.store.atomic import halves, new_file, new_folder, remove_folder, sweep, write_parquet, write_text


def test_a_file_appears_whole_in_folders_that_did_not_exist(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b" / "c.txt", "één")
    assert (tmp_path / "a" / "b" / "c.txt").read_text(encoding="utf-8") == "één"
    write_text(tmp_path / "a" / "b" / "c.txt", "twee")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.txt"]


def test_a_failure_leaves_the_old_file_and_no_half(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    write_text(path, "oud")
    with pytest.raises(ZeroDivisionError), new_file(path) as half:
        half.write_text("nieuw, maar half")
        assert halves(tmp_path) == [half]
        _ = 1 / 0
    assert path.read_text() == "oud"
    assert halves(tmp_path) == []


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "f") as half:
        (half / "one").touch()
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
    with new_folder(tmp_path / "f") as half:
        (half / "one").touch()
        assert not (tmp_path / "f").exists()
    assert [path.name for path in (tmp_path / "f").iterdir()] == ["one"]
    remove_folder(tmp_path / "f")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_moved_aside_comes_back_when_the_new_one_never_came(tmp_path: Path) -> None:
    path = tmp_path / "f"
    for said in ("old", "new"):
        with new_folder(path, replaces=True) as half:
            (half / "one").write_text(said)
    assert (path / "one").read_text() == "new"
    path.rename(tmp_path / ".half-older-f")  # as a kill between the two renames leaves it
    assert sweep(tmp_path) == 1
    assert (path / "one").read_text() == "new"
    path.rename(tmp_path / ".half-older-f")
    with pytest.raises(ZeroDivisionError), new_folder(path, replaces=True):
        _ = 1 / 0
    assert (path / "one").read_text() == "new"


def test_every_page_of_a_table_has_a_checksum(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    write_parquet(path, pa.table({"x": list(range(100_000))}))
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    with pytest.raises(OSError, match="CRC"):
        pq.read_table(path, page_checksum_verification=True)


def test_files_and_the_way_to_them_are_flushed_before_they_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_text(tmp_path / "new" / "deep" / "c.txt", "x")
    assert {str(tmp_path), str(tmp_path / "new")} <= set(flushed[:-1])  # the folders that were made
    assert ".half-" in flushed[-2]  # then the content, then its name
    assert flushed[-1] == str(tmp_path / "new" / "deep")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_ends_in_a_sentence(tmp_path: Path, number: int) -> None:
    write_text(tmp_path / "c.txt", "oud")
    with (
        pytest.raises(WorkspaceError, match="De schijf is vol: c.txt is niet opgeslagen"),
        new_file(tmp_path / "c.txt"),
    ):
        raise OSError(number, os.strerror(number))
    with pytest.raises(WorkspaceError, match="De schijf is vol: f is niet"), new_folder(tmp_path / "f"):
        raise OSError(number, os.strerror(number))
    assert [path.name for path in tmp_path.iterdir()] == ["c.txt"]


def test_another_failure_of_the_disk_is_not_called_full(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="c.txt is niet opgeslagen: .* lukt het schrijven niet"):
        write_text(tmp_path / "file" / "c.txt", "x")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_place_that_may_not_be_written_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "old").mkdir()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    for name in ("mkdir", "rename", "write_text"):
        monkeypatch.setattr(Path, name, refuse)
    with pytest.raises(WorkspaceError, match="c.txt is niet opgeslagen: in .* mag niet worden geschreven"):
        write_text(tmp_path / "c.txt", "x")
    with pytest.raises(WorkspaceError, match="c.txt is niet opgeslagen: in .* mag niet worden geschreven"):
        write_text(tmp_path / "new" / "c.txt", "x")
    with pytest.raises(WorkspaceError, match="f is niet opgeslagen"), new_folder(tmp_path / "f"):
        pass
    with pytest.raises(WorkspaceError, match="old mag niet worden weggehaald"):
        remove_folder(tmp_path / "old")
