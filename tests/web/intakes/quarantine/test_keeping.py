# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import stat
from pathlib import Path
from uuid import uuid4

import pytest

from stip.errors import WorkspaceError
from stip_web.intakes import quarantine
from stip_web.intakes.quarantine.keeping import plain

SECRET = b"Jan de Vries, Kerkstraat 12"


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_on_the_disk_nothing_is_in_the_clear_and_only_the_owner_may_read(settings: object, tmp_path: Path) -> None:
    upload = uuid4()
    with quarantine.write(upload) as out:
        out.write(SECRET)
    quarantine.put(upload, "seen", SECRET)
    assert b"".join(plain(upload)) == SECRET
    assert quarantine.get(upload, "seen") == SECRET
    state = tmp_path / "site"
    assert SECRET not in all_bytes(state)
    for path in state.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_in_memory_it_can_be_read_and_the_disk_holds_a_link_only(tmp_path: Path) -> None:
    upload = uuid4()
    with quarantine.write(upload) as out:
        out.write(SECRET)
    with quarantine.in_memory(upload, "week 36.csv") as path:
        assert path.is_symlink()
        assert (path.name, path.read_bytes(), path.read_bytes()) == ("week 36.csv", SECRET, SECRET)
        assert os.readlink(path).startswith("/proc/self/fd/")
    assert not list((tmp_path / "site").rglob("*week*"))


def test_destroyed_is_gone_even_for_who_kept_a_copy(tmp_path: Path) -> None:
    upload = uuid4()
    with quarantine.write(upload) as out:
        out.write(SECRET)
    copy = next((tmp_path / "site" / "quarantine").iterdir())
    kept = copy.read_bytes()
    quarantine.destroy(upload)
    quarantine.destroy(upload)
    assert quarantine.sealed_uploads() == {}
    assert list((tmp_path / "site" / "quarantine").iterdir()) == []
    copy.write_bytes(kept)
    with pytest.raises(WorkspaceError, match="al vernietigd"):
        list(plain(upload))


def test_what_was_broken_off_has_no_name(tmp_path: Path) -> None:
    upload = uuid4()
    with pytest.raises(InterruptedError), quarantine.write(upload) as out:
        out.write(SECRET)
        raise InterruptedError
    assert list((tmp_path / "site" / "quarantine").iterdir()) == []


def test_a_key_of_another_installation_opens_nothing(settings: object) -> None:
    upload = uuid4()
    with quarantine.write(upload) as out:
        out.write(SECRET)
    settings.STIP_QUARANTINE_KEY = "ab" * 32  # type: ignore[attr-defined]
    with pytest.raises(WorkspaceError, match="past niet bij deze installatie"):
        list(plain(upload))
