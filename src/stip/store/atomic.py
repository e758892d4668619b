# SPDX-License-Identifier: EUPL-1.2
"""Writing so that a kill at any moment leaves either the old or the new, never a half.

Everything is written under a temporary name in the same folder and moved into place. What a killed process
leaves behind starts with `TEMPORARY`, is read by nobody and is swept by ``stip doctor``; what may hold reports also
by who destroys them, and by a worker that starts.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import NotStored

TEMPORARY = ".half-"
_OLDER = f"{TEMPORARY}older-"
PARQUET = {"compression": "zstd", "write_page_checksum": True}
"""How every table is written: with a checksum a page, so that the doctor finds a byte that changed."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_ACCESS = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to, and move it to ``path`` when the block ends well.

    Raises
    ------
    NotStored
        When the disk is full, or the place may not or cannot be written.
    """
    half = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}{path.suffix}"
    with _can_be_stored(path):
        _make_folder(path.parent)
        try:
            yield half
            _flush(half)
            half.replace(path)
            _flush(path.parent)
        finally:
            half.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, *, replaces: bool = False) -> Iterator[Path]:
    """Give a temporary folder to fill, and move it to ``path`` when the block ends well.

    Parameters
    ----------
    replaces : bool
        Put it in the place of what is at ``path``; without it, nothing may be there. A kill between the two renames
        leaves nothing there, never a mix; `sweep` and the next writer put the old one back.

    Raises
    ------
    NotStored
        When the disk is full, or the place may not or cannot be written.
    """
    half, older = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}", path.parent / f"{_OLDER}{path.name}"
    with _can_be_stored(path):
        _make_folder(path.parent)
        _put_back(older)
        half.mkdir()
        try:
            yield half
            for file in half.rglob("*"):
                _flush(file)
            _flush(half)
            if replaces and path.exists():
                path.rename(older)
            try:
                half.rename(path)
            except OSError:
                if older.exists():
                    older.rename(path)
                raise
            _flush(path.parent)
        finally:
            shutil.rmtree(half, ignore_errors=True)
            if path.exists():
                shutil.rmtree(older, ignore_errors=True)


def remove_folder(path: Path) -> None:
    """Remove a folder in one step as seen by readers: renamed first, emptied after.

    Raises
    ------
    NotStored
        When it may not be removed.
    """
    half = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    with _can_be_removed(path):
        path.rename(half)
        _flush(path.parent)
        shutil.rmtree(half)


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step."""
    with new_file(path) as half:
        half.write_text(text, encoding="utf-8")


def write_parquet(path: Path, table: pa.Table, *, row_group_size: int | None = None) -> None:
    """Write a Parquet file in one step."""
    with new_file(path) as half:
        pq.write_table(table, half, row_group_size=row_group_size, **PARQUET)


def halves(folder: Path) -> list[Path]:
    """Return what killed processes left behind below ``folder``; what lies inside a half is not named apart."""
    found = sorted(folder.rglob(f"{TEMPORARY}*"))
    return [path for path in found if not any(above.name.startswith(TEMPORARY) for above in path.parents)]


def sweep(folder: Path) -> int:
    """Remove what killed processes left behind below ``folder``, and say how much; only by who keeps writers out.

    Raises
    ------
    NotStored
        When it may not be removed.
    """
    left = halves(folder)
    for path in left:
        with _can_be_removed(path):
            if _put_back(path):
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return len(left)


def _put_back(older: Path) -> bool:
    """Put back a folder that was moved aside for a new one which never came; return whether it was."""
    if not older.name.startswith(_OLDER) or not older.is_dir():
        return False
    path = older.parent / older.name.removeprefix(_OLDER)
    if path.exists():
        shutil.rmtree(older)
    else:
        older.rename(path)
    return True


@contextmanager
def _can_be_removed(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ACCESS:
            raise
        raise NotStored(
            f"{path.name} mag niet worden weggehaald. Vraag de beheerder om toegang tot de map {path.parent.name}."
        ) from error


def _make_folder(path: Path) -> None:
    """Make a folder and those above it, each flushed, so that a power cut cannot lose the way to a file."""
    missing = [path, *path.parents]
    missing = missing[: next(n for n, folder in enumerate(missing) if folder.is_dir())]
    path.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        _flush(folder.parent)


@contextmanager
def _can_be_stored(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NotStored(
                f"De schijf is vol: {path.name} is niet opgeslagen en er is niets half veranderd. Maak ruimte."
            ) from error
        if error.errno in _NO_ACCESS:
            raise NotStored(
                f"{path.name} is niet opgeslagen: in de map {path.parent.name} mag niet worden geschreven. "
                "Vraag de beheerder om toegang."
            ) from error
        if error.errno is None:  # raised by a library, about what it was reading
            raise
        raise NotStored(
            f"{path.name} is niet opgeslagen: in de map {path.parent.name} lukt het schrijven niet. "
            "Kijk of die map bestaat en of de schijf het nog doet."
        ) from error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
