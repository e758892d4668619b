# SPDX-License-Identifier: EUPL-1.2
"""Notes of entries: sealed under a key of the week in which they came, and destroyed after eight weeks.

The keys lie where those of the quarantine lie: outside database, workspace and backups. Once the key of a week is
gone its notes cannot be read in any copy of the database either.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from stip.errors import WorkspaceError
from stip.space import week_at
from stip_web.audit.notes import STIP, note
from stip_web.intakes.quarantine.keys import drop_key, key_of, keys_folder, make_key
from stip_web.street.models import Entry, Note

WEEKS = 8
"""How long a note is kept."""

_NONCE = 12


def seal(entry: Entry, text: str) -> Note:
    """Give the note of a new entry, sealed under the key of this week; it is not in the database yet.

    Raises
    ------
    WorkspaceError
        When the key of this week was locked by another installation's.
    OSError
        When the folder of keys cannot be written.
    """
    week = week_at(timezone.now(), timezone.get_default_timezone_name())
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(week)).encrypt(nonce, text.encode(), entry.entry_id.bytes)
    return Note(entry=entry, week=week, sealed=nonce + sealed)


def keep(note: Note) -> bool:
    """Keep a sealed note; says whether it is the first of its week."""
    first = not Note.objects.filter(week=note.week).exists()
    note.save(force_insert=True)
    return first


def note_of(entry: Entry) -> str:
    """Give the note of an entry; empty when there was none, or it was destroyed."""
    kept = Note.objects.filter(entry=entry).first()
    if kept is None:
        return ""
    sealed = bytes(kept.sealed)
    try:
        box = AESGCM(key_of(_name(kept.week)))
        return box.decrypt(sealed[:_NONCE], sealed[_NONCE:], entry.entry_id.bytes).decode()
    except (InvalidTag, WorkspaceError):  # another installation's database, or its key is gone already
        return ""


def count_old(now: datetime) -> int:
    """Count the notes of more than eight weeks ago."""
    return Note.objects.filter(week__lt=_limit(now)).count()


def destroy_old(now: datetime) -> int:
    """Destroy the notes of more than eight weeks ago, keys first; gives how many notes went."""
    limit = _limit(now)
    for path in keys_folder().glob(f"{_name('*')}.key"):
        if path.stem.removeprefix(_name("")) < limit:
            drop_key(path.stem)
    gone, _ = Note.objects.filter(week__lt=limit).delete()
    if gone:
        note("street.notes", subject=f"van voor {limit}", by=STIP, notes=gone)
    return gone


def _limit(now: datetime) -> str:
    return week_at(now - timedelta(weeks=WEEKS), timezone.get_default_timezone_name())


def _key(week: str) -> bytes:
    if not (keys_folder() / f"{_name(week)}.key").exists():
        make_key(_name(week))
    return key_of(_name(week))  # not what was made here: another process may have been first


def _name(week: str) -> str:
    return f"note-{week}"
