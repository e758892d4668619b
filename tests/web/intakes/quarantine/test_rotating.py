# SPDX-License-Identifier: EUPL-1.2
"""The installation gets another key: everything opens before, during and after; the old key opens nothing more."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap
from django.core.management import call_command

from stip.errors import WorkspaceError
from stip_web.audit.models import AuditLine
from stip_web.intakes import quarantine
from stip_web.intakes.quarantine import rotating
from stip_web.intakes.quarantine.keeping import plain
from stip_web.intakes.quarantine.keys import MASTER, key_of, keys_folder, make_key
from stip_web.intakes.quarantine.rotating import rotate_key

SECRET = b"KANARIE-0612345678" * 100


class Killed(BaseException):
    """Takes the place of kill -9: nothing catches it."""


def sealed(count: int = 3) -> list[UUID]:
    uploads = [uuid4() for _ in range(count)]
    for upload in uploads:
        with quarantine.write(upload) as out:
            out.write(SECRET)
    make_key("note-2026-W37")
    return uploads


def opened(upload: UUID) -> bytes:
    return b"".join(plain(upload))


@pytest.fixture
def opens_all() -> Callable[[list[UUID]], bool]:
    return lambda uploads: all(opened(upload) == SECRET for upload in uploads) and bool(key_of("note-2026-W37"))


def test_a_new_key_opens_everything_and_the_old_one_nothing(opens_all: Callable[[list[UUID]], bool]) -> None:
    uploads = sealed()
    old, ages = (keys_folder() / MASTER).read_bytes(), quarantine.sealed_uploads()
    assert rotate_key() == len(uploads) + 1
    assert opens_all(uploads)
    assert (keys_folder() / MASTER).read_bytes() != old
    assert quarantine.sealed_uploads() == ages, "an upload is as old as it was"
    for path in keys_folder().glob("*.key"):
        assert path.stat().st_mode & 0o077 == 0
        if path.name != MASTER:
            with pytest.raises(InvalidUnwrap):
                aes_key_unwrap(old, path.read_bytes())
    assert old not in [path.read_bytes() for path in keys_folder().iterdir()]


@pytest.mark.parametrize("at", range(14))
def test_a_kill_at_any_point_loses_nothing_and_it_goes_on(
    at: int, opens_all: Callable[[list[UUID]], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads, steps = sealed(), iter(range(at))
    old = (keys_folder() / MASTER).read_bytes()

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*words: Any, **named: Any) -> Any:
            if next(steps, None) is None:
                raise Killed
            return real(*words, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("write_once", "_replace", "erase"):
            patch.setattr(rotating, name, dying(getattr(rotating, name)))
        patch.setattr(Path, "rename", dying(Path.rename))
        with suppress(Killed):
            rotate_key()
    assert opens_all(uploads)
    uploads.append(uuid4())
    with quarantine.write(uploads[-1]) as out:  # somebody brings a file before it is done again
        out.write(SECRET)
    rotate_key()
    assert opens_all(uploads)
    assert old not in [path.read_bytes() for path in keys_folder().iterdir()]
    assert {path.name for path in keys_folder().iterdir()} == {
        MASTER, "note-2026-W37.key", *(f"{upload.hex}.key" for upload in uploads)
    }  # fmt: skip


def test_a_key_of_the_environment_is_changed_there(settings: Any, opens_all: Callable[[list[UUID]], bool]) -> None:
    first, second = os.urandom(32).hex(), os.urandom(32).hex()
    settings.STIP_QUARANTINE_KEY = first
    uploads = sealed()
    settings.STIP_QUARANTINE_KEY, settings.STIP_OLD_QUARANTINE_KEY = second, first
    assert opens_all(uploads)
    rotate_key()
    settings.STIP_OLD_QUARANTINE_KEY = ""
    assert opens_all(uploads)
    settings.STIP_QUARANTINE_KEY = first
    with pytest.raises(WorkspaceError, match="past niet"):
        opened(uploads[0])


def test_the_command_says_what_it_did_and_writes_a_line(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    sealed()
    call_command("quarantine", rotate=True)
    assert "4 sleutels zijn opnieuw op slot gedaan" in capsys.readouterr().err
    assert AuditLine.objects.get(action="quarantine.rotate").details == {"keys": 4}
