# SPDX-License-Identifier: EUPL-1.2
"""From the inbox to the database: each message once, and its file goes only when it is kept."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from stip.store import Workspace
from stip_web.audit.notes import STIP, note
from stip_web.inbox.letters import Letter, read_letter
from stip_web.inbox.sealing import unseal
from stip_web.inbox.taking import passed_over, waiting
from stip_web.inbox.terms import MOST_DAYS
from stip_web.reactions.keys import private_key
from stip_web.reactions.models import Message
from stip_web.workspaces.clock import now

log = logging.getLogger(__name__)
_BROKEN = ".onleesbaar"
_ADD_ONLY = 0o1733


def make_inbox() -> Path:
    """Make the folder of the inbox when it is not there: others may add to it, and neither list nor take away."""
    inbox = Path(settings.STIP_INBOX)
    if not inbox.is_dir():
        inbox.mkdir(parents=True)
        inbox.chmod(_ADD_ONLY)
    return inbox


def take_in(workspace: Workspace) -> int:
    """Keep what waits in the inbox; gives how many messages are new.

    What cannot be opened is laid aside under another name and counted by `unreadable`, so that nobody waits for it
    in vain.

    Raises
    ------
    WorkspaceError
        When there is no key, or it cannot be used.
    """
    key, at = private_key(workspace), now(workspace)
    new = 0
    for path, sealed in waiting(make_inbox()):
        letter = read_letter(unseal(sealed, key) or b"")
        if letter is None or letter.number != path.stem:
            log.warning("a message in the inbox cannot be opened; it is laid aside")
            with suppress(FileNotFoundError):  # somebody else just did
                path.rename(path.with_suffix(_BROKEN))
            continue
        with transaction.atomic():  # with its line in the log: a kill leaves both, or neither
            if made := _kept(letter, sealed, at):
                note("message.arrived", by=STIP, messages=1)
        new += made
        path.unlink(missing_ok=True)
    return new


def unreadable() -> int:
    """Give how many messages could not be opened and were laid aside, or are passed over where they lie."""
    inbox = Path(settings.STIP_INBOX)
    return passed_over(inbox) + sum(1 for _ in inbox.glob(f"*{_BROKEN}"))


def _kept(letter: Letter, sealed: bytes, at: datetime) -> bool:
    """Keep a letter as it came, sealed; what was read of it is its kind and its term."""
    sent = min(letter.sent_at, at)
    _, made = Message.objects.get_or_create(
        number=letter.number,
        defaults={
            "kind": str(letter.kind),
            "sealed": sealed,
            "sent_at": sent,
            "answer_by": _promised(letter, sent),
        },
    )
    return made


def _promised(letter: Letter, sent: datetime) -> date:
    """Give the last day of the term. In the demo, which lives in its own week, it is as long as it was promised."""
    days = (letter.answer_by - timezone.localtime(letter.sent_at).date()).days
    return timezone.localtime(sent).date() + timedelta(days=min(max(days, 1), MOST_DAYS))
