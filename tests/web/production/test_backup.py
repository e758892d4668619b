# SPDX-License-Identifier: EUPL-1.2
"""A backup is rehearsed: made, everything lost, put back, and the same pages and counts again; on both databases."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from stip.errors import FileError
from stip.settings import Settings, Town
from stip.store import Workspace
from stip_web.desk.backup.sealed import MAGIC, PIECE, OpeningReader, SealingWriter, read_key

FILL = """
from stip_web.accounts.demo import make_demo_users
from stip_web.audit.notes import note
from stip_web.audit.processing import processing
make_demo_users()
[note("user.administrator", subject=f"weergave {n}") for n in range(25)]
with processing("kaart"): pass
"""
PAGES = """
import json, re
from django.test import Client
from stip_web.accounts.models import User
from stip_web.desk.backup.database import counts
found = {}
asked = {"fg": ["/beheer/logboek.json", "/beheer/logboek"], "beheerder": ["/beheer/gebruikers.json"]}
for who, paths in asked.items():
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=who), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        found[path] = re.sub(r'"last_login": "[^"]+"', "logged in for this test", answer.content.decode())
print("FOUND" + json.dumps({"pages": found, "counts": counts()}))
"""


class Installation:
    """A site of its own, in a folder, driven by its own commands as an administrator does."""

    def __init__(self, above: Path, database_url: str) -> None:
        self.folder = folder = above / "eigen"
        self.workspace = Workspace.create(folder / "werkmap", Settings(town=Town(name="Proefstad"))).root
        (self.workspace / "data" / "proef.parquet").write_bytes(os.urandom(3 * PIECE))
        (self.workspace / ".half-abc").write_text("left by a kill")
        (folder / "sleutels").mkdir()
        (folder / "sleutels" / "stad.json").write_text("geheim-van-de-nummers")
        (folder / "site").mkdir()
        (folder / "site" / "quarantaine").write_text("een bestand in quarantaine")
        said = {"STIP_MODE": "demo", "STIP_WORKSPACE": self.workspace, "STIP_STATE": folder / "site"}
        said |= {"STIP_KEYS": folder / "sleutels", "DATABASE_URL": database_url}
        said |= {"DJANGO_SETTINGS_MODULE": "stip_web.settings"}
        self.environment = os.environ | {name: str(value) for name, value in said.items()}

    def __call__(self, *words: str, good: bool = True) -> str:
        command = [sys.executable, "-m", "stip_web.manage", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert (done.returncode == 0) is good, done.stderr
        return done.stdout if good else done.stderr

    def backup(self) -> Path:
        return Path(self("backup", str(self.folder / "kopie"), "--key", str(self.folder / "kluis")).strip())

    def seen(self) -> dict[str, dict[str, object]]:
        return json.loads(self("shell", "-v", "0", "-c", PAGES).split("FOUND")[1])  # type: ignore[no-any-return]


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "sqlite":
        yield Installation(tmp_path, "")
        return
    binaries = postgres.find_binaries()
    if binaries is None:
        pytest.skip(postgres.ABSENT)
    with postgres.cluster(binaries) as url:
        yield Installation(tmp_path, url)


@pytest.mark.slow
def test_what_is_lost_comes_back(installation: Installation) -> None:
    site = installation
    site("upgrade")
    site("shell", "-v", "0", "-c", FILL)
    file = site.backup()
    before, kept = site.seen(), (site.workspace / "data" / "proef.parquet").read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert (site.folder / "kluis").stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name], "nothing that is not sealed is left"

    # Everything goes, and some things that were not there come.
    shutil.rmtree(site.workspace)
    site("flush", "--no-input")
    site("shell", "-v", "0", "-c", "from stip_web.audit.notes import note; note('upload.expire')")
    site("restore", str(file), "--key", str(site.folder / "kluis"), good=False)
    assert not site.workspace.exists(), "without --replace nothing changes"
    said = site("restore", str(file), "--key", str(site.folder / "kluis"), "--replace")
    assert re.search(r"Teruggezet: \d+ bestanden en \d+ rijen", said)

    after = site.seen()
    assert (site.workspace / "data" / "proef.parquet").read_bytes() == kept
    assert not (site.workspace / ".half-abc").exists()
    restored = {"Reservekopie teruggezet"}
    log = [json.loads(seen["pages"]["/beheer/logboek.json"])["rows"] for seen in (before, after)]
    assert [row for row in log[1] if row["action"] not in restored] == log[0]
    assert after["pages"]["/beheer/gebruikers.json"] == before["pages"]["/beheer/gebruikers.json"]
    assert {**after["counts"], "audit_auditline": after["counts"]["audit_auditline"] - 1} == before["counts"]  # type: ignore[operator]
    refused = "from django.db import connection as c; c.cursor().execute('DELETE FROM audit_auditline')"
    assert "never changed" in site("shell", "-v", "0", "-c", refused, good=False), "the logs are locked again"


@pytest.mark.slow
def test_a_backup_holds_no_key_and_no_quarantine(tmp_path: Path) -> None:
    site = Installation(tmp_path, "")
    site("upgrade")
    with site.backup().open("rb") as file:
        opened = OpeningReader(file, read_key(site.folder / "kluis"))
        with tarfile.open(fileobj=opened, mode="r|") as archive:
            names = [entry.name for entry in archive]
    assert "workspace/stip.toml" in names
    assert names[-1] == "manifest.json"
    assert not [name for name in names if "sleutel" in name or "quarantaine" in name or "secret" in name]


@pytest.mark.slow
def test_what_does_not_fit_is_told_and_changes_nothing(tmp_path: Path) -> None:
    site = Installation(tmp_path, "")
    site("upgrade")
    assert "--key" in site("backup", str(site.folder / "kopie"), good=False)
    assert "niet bij" in site(
        "backup", str(site.folder / "k"), "--key", str(site.folder / "k" / "sleutel"), good=False
    )
    inside = site("backup", str(site.workspace / "kopie"), "--key", str(site.folder / "kluis"), good=False)
    assert "werkmap zelf" in inside
    file = site.backup()
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    said = site("restore", str(file), "--key", str(site.folder / "kluis"), "--replace", good=False)
    assert "niet heel" in said
    assert "Traceback" not in said
    assert (site.workspace / "stip.toml").is_file()


TRY_EACH = """
import json
from django.core.management import call_command
from stip.errors import FileError
told = []
for file, key in {asked!r}:
    try:
        call_command("restore", file, key=key, replace=True)
    except FileError as refusal:
        told.append(str(refusal))
print("FOUND" + json.dumps(told))
"""
HARMS = ("cut off", "a byte changed", "another key", "no backup", "a piece left out")


@pytest.mark.slow
def test_what_was_harmed_is_refused_before_anything_changes(installation: Installation) -> None:
    """Rehearsed on both databases: each harm ends in a sentence, and what was there stays to the byte."""
    site = installation
    site("upgrade")
    site("shell", "-v", "0", "-c", FILL)
    file = site.backup()
    whole = file.read_bytes()
    (site.folder / "andere").write_text(base64.b64encode(os.urandom(32)).decode())
    before = site.seen()
    head = len(MAGIC) + 32
    harmed = {
        "cut off": whole[:-100],
        "a byte changed": whole[: len(whole) // 2]
        + bytes([whole[len(whole) // 2] ^ 1])
        + whole[len(whole) // 2 + 1 :],
        "another key": whole,
        "no backup": b"PK" + whole,
        "a piece left out": whole[:head] + whole[head + PIECE + 16 :],
    }
    assert set(harmed) == set(HARMS)
    copies = {harm: (file.parent / f"{harm}.backup") for harm in harmed}
    for harm, content in harmed.items():
        copies[harm].write_bytes(content)
    keys = {harm: site.folder / ("andere" if harm == "another key" else "kluis") for harm in harmed}
    asked = [(str(copies[harm]), str(keys[harm])) for harm in HARMS]
    stood = standing(site)
    told = json.loads(site("shell", "-v", "0", "-c", TRY_EACH.format(asked=asked)).split("FOUND")[1])
    assert len(told) == len(HARMS)
    assert all(sentence.endswith(".") and "backup" not in sentence.lower() for sentence in told), told
    assert standing(site) == stood
    for copy in copies.values():
        copy.unlink()
    after = site.seen()
    assert after["counts"] == before["counts"]
    for page in ("/beheer/logboek.json", "/beheer/gebruikers.json"):
        assert after["pages"][page] == before["pages"][page]
    assert not list(site.folder.glob(".restore-*"))
    file.write_bytes(whole)
    site("restore", str(file), "--key", str(site.folder / "kluis"), "--replace")


def standing(site: Installation) -> dict[str, bytes]:
    """Give every file of the workspace, and what lies beside it."""
    inside = {str(path): path.read_bytes() for path in site.workspace.rglob("*") if path.is_file()}
    return inside | {str(path): b"" for path in site.folder.iterdir()}


KILLED = """
import os, signal
from stip_web.desk.backup import make
make.SealingWriter = lambda out, key: (out.write(b"half"), out.flush(), os.kill(os.getpid(), signal.SIGKILL))
from django.core.management import call_command
call_command("backup", {folder!r}, key={key!r})
"""


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_nothing_that_can_be_read_where_backups_lie(
    installation: Installation,
) -> None:
    site = installation
    site("upgrade")
    site("shell", "-v", "0", "-c", FILL)
    code = KILLED.format(folder=str(site.folder / "kopie"), key=str(site.folder / "kluis"))
    command = [sys.executable, "-m", "stip_web.manage", "shell", "-v", "0", "-c", code]
    assert subprocess.run(command, env=site.environment, capture_output=True).returncode == -9
    left = list((site.folder / "kopie").iterdir())
    assert [path.read_bytes() for path in left] == [b"half"], "the dump lies in the site's own folder"
    dump = site.folder / "site" / "dump"
    assert list(dump.iterdir())
    assert dump.stat().st_mode & 0o077 == 0
    made = site.backup()
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert not dump.exists()


def sealed(content: bytes, key: bytes) -> bytes:
    out = io.BytesIO()
    with SealingWriter(out, key) as writer:
        writer.write(content)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7])
def test_what_is_sealed_opens(size: int) -> None:
    key, content = os.urandom(32), os.urandom(size)
    closed = sealed(content, key)
    assert OpeningReader(io.BytesIO(closed), key).read() == content
    assert size < 16 or content[:16] not in closed


@pytest.mark.parametrize("harm", ["cut", "cut a piece", "swap", "flip", "add", "other key", "no backup"])
def test_what_was_tampered_with_does_not(harm: str) -> None:
    key, content = os.urandom(32), os.urandom(3 * PIECE)
    closed = sealed(content, key)
    head, piece = len(closed) - 3 * (PIECE + 16), PIECE + 16
    parts = [closed[head + n * piece : head + (n + 1) * piece] for n in range(3)]
    harmed = {
        "cut": closed[:-1],
        "cut a piece": closed[:head] + parts[0] + parts[1],
        "swap": closed[:head] + parts[1] + parts[0] + parts[2],
        "flip": closed[: head + 9] + bytes([closed[head + 9] ^ 1]) + closed[head + 10 :],
        "add": closed + b"x",
        "other key": closed,
        "no backup": b"x" + closed,
    }[harm]
    with pytest.raises(FileError):
        OpeningReader(io.BytesIO(harmed), os.urandom(32) if harm == "other key" else key).read()
