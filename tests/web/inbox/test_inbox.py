# SPDX-License-Identifier: EUPL-1.2
"""The inbox: the public side adds and cannot read, the desk reads, and nothing half or foreign comes through."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip_web.inbox import dropping
from stip_web.inbox.dropping import drop
from stip_web.inbox.letters import MOST_SIGNS, Kind, Letter, new_number, read_letter, sent
from stip_web.inbox.sealing import new_private_key, public_of, seal, unseal
from stip_web.inbox.taking import waiting

AT = datetime(2026, 9, 7, 12, tzinfo=UTC)
NOBODY = 65534


def letter(text: str = "Klopt dit cijfer?", **more: str) -> Letter:
    given = {"name": "", "email": ""} | more
    return sent(Kind.QUESTION, text, at=AT, answer_by=date(2026, 9, 21), **given)


SIGNS = st.characters(exclude_categories=("Cs",))


@given(text=st.text(SIGNS, min_size=1, max_size=MOST_SIGNS), name=st.text(SIGNS, max_size=100))
def test_what_is_sealed_is_opened_as_it_was(text: str, name: str) -> None:
    key = new_private_key()
    one = letter(text, name=name)
    sealed = seal(one.as_bytes(), public_of(key))
    assert text.encode() not in sealed or len(text) < 3
    assert read_letter(unseal(sealed, key) or b"") == one


def test_another_key_opens_nothing_and_damage_is_seen() -> None:
    key = new_private_key()
    sealed = seal(letter().as_bytes(), public_of(key))
    assert unseal(sealed, new_private_key()) is None
    assert unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), key) is None
    assert unseal(b"", key) is None
    with pytest.raises(ValueError, match="32"):
        seal(b"x", b"no key")


def test_its_length_does_not_tell_how_much_was_written() -> None:
    key = public_of(new_private_key())
    assert len({len(seal(letter("a" * many).as_bytes(), key)) for many in (1, 50, 2000)}) == 1


def test_a_number_spells_no_word_and_comes_once() -> None:
    drawn = {new_number() for _ in range(2000)}
    assert len(drawn) == 2000
    assert not any(set(one) & set("AEIOUY01") for one in drawn)


def test_what_is_no_letter_is_not_read_and_not_told() -> None:
    assert read_letter(b"{}") is None
    assert read_letter(b"\xff") is None
    assert "geheim" not in repr(letter("geheim", name="geheim", email="geheim"))


def test_a_message_is_laid_down_whole(tmp_path: Path) -> None:
    drop(tmp_path, "2222-2222", b"sealed")
    assert [(path.name, inside) for path, inside in waiting(tmp_path)] == [("2222-2222.sealed", b"sealed")]
    with pytest.raises(FileExistsError):
        drop(tmp_path, "2222-2222", b"another")
    assert [inside for _, inside in waiting(tmp_path)] == [b"sealed"]
    assert {path.name for path in tmp_path.iterdir()} == {"2222-2222.sealed"}


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dropping.os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        drop(tmp_path, "2222-2222", b"sealed")
    assert list(tmp_path.iterdir()) == []


def test_a_nearly_full_disk_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "_ROOM_BYTES", 10**18)
    with pytest.raises(OSError, match="no room"):
        drop(tmp_path, "2222-2222", b"sealed")
    with pytest.raises(OSError, match="nergens"):
        drop(tmp_path / "nergens", "2222-2222", b"sealed")


def test_links_folders_large_files_and_other_names_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"secret")
    (tmp_path / "2222-2223.sealed").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "2222-2224.sealed").mkdir()
    (tmp_path / "2222-2225.sealed").write_bytes(b"x" * 100_000)
    (tmp_path / "..sealed").write_bytes(b"x")
    os.mkfifo(tmp_path / "2222-2226.sealed")
    assert list(waiting(tmp_path)) == []
    assert list(waiting(tmp_path / "nergens")) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user")
def test_in_a_folder_that_cannot_be_listed_another_user_adds_and_reads_nothing(tmp_path: Path) -> None:
    """As the containers have it: the folder is the desk's, mode 1733, and the public site is another user."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    inbox.chmod(0o1733)
    for folder in (tmp_path, *tmp_path.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o011) if folder != Path("/") else None
    (inbox / "2222-2223.sealed").write_bytes(b"of the desk")
    adds = (
        "import os, sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from stip_web.inbox.dropping import drop\n"
        f"os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "inbox = Path(sys.argv[1])\n"
        "drop(inbox, '2222-2222', b'sealed')\n"
        "for forbidden in (lambda: os.listdir(inbox), lambda: (inbox / '2222-2223.sealed').unlink()):\n"
        "    try: forbidden()\n"
        "    except PermissionError: print('refused')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", adds, str(inbox), *sys.path], capture_output=True, text=True, check=False
    )
    assert (ran.stdout.split(), ran.stderr) == (["refused", "refused"], "")
    assert {path.name for path, _ in waiting(inbox)} == {"2222-2222.sealed", "2222-2223.sealed"}


def test_a_message_that_somebody_else_takes_meanwhile_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(tmp_path, "2222-2222", b"taken")
    drop(tmp_path, "2222-2223", b"stays")
    real = os.lstat

    def look(path: str | Path) -> os.stat_result:
        if str(path).endswith("2222-2222.sealed"):
            Path(path).unlink(missing_ok=True)
        return real(path)

    monkeypatch.setattr(os, "lstat", look)
    assert [inside for _, inside in waiting(tmp_path)] == [b"stays"]
