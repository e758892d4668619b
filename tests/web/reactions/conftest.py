# SPDX-License-Identifier: EUPL-1.2
"""A workspace with a key and an inbox, and a message in it, laid there as the public site does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from stip.store import Workspace
from stip_web.inbox.dropping import drop
from stip_web.inbox.letters import Kind, Letter, sent
from stip_web.inbox.sealing import seal
from stip_web.reactions.keys import make_key

TEXT, NAME, EMAIL = "Ik wil niet dat dit gebeurt.", "J. Jansen", "jansen@example.nl"


@pytest.fixture
def workspace(
    own_site: Path, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> Workspace:
    """Give a workspace to change, with keys and an inbox of its own."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    settings.STIP_INBOX = tmp_path / "inbox"  # type: ignore[attr-defined]
    settings.STIP_INBOX.mkdir()  # type: ignore[attr-defined]
    found = Workspace.open(own_site)
    make_key(found)
    return found


def post(workspace: Workspace, tmp_path: Path, kind: Kind = Kind.OBJECTION, days: int = 28, **more: str) -> Letter:
    """Lay a message in the inbox, as the public site does: with the public half of the key only."""
    at = timezone.now()
    said = {"name": NAME, "email": EMAIL} | more
    letter = sent(kind, TEXT, at=at, answer_by=timezone.localtime(at).date() + timedelta(days=days), **said)
    public = bytes.fromhex((workspace.root / "published" / "inbox.pub").read_text())
    drop(tmp_path / "inbox", letter.number, seal(letter.as_bytes(), public))
    return letter
