# SPDX-License-Identifier: EUPL-1.2
"""Opening a message: in the database it stays sealed; one page opens it, for who may read it, and keeps nothing."""

from __future__ import annotations

from stip.store import Workspace
from stip_web.inbox.letters import Letter, filled_up, read_letter
from stip_web.inbox.sealing import public_of, seal, unseal
from stip_web.reactions.keys import private_key
from stip_web.reactions.models import Message


def letter_of(workspace: Workspace, message: Message) -> Letter | None:
    """Open a message; None when it was destroyed, or sealed with another key.

    Raises
    ------
    WorkspaceError
        When there is no key, or it cannot be used.
    """
    if not message.sealed:
        return None
    letter = read_letter(unseal(bytes(message.sealed), private_key(workspace)) or b"")
    return letter if letter is not None and letter.number == message.number else None


def sealed_reason(workspace: Workspace, reason: str) -> bytes:
    """Seal why it was decided so, as the message is; nothing stays nothing.

    Raises
    ------
    WorkspaceError
        When there is no key, or it cannot be used.
    """
    return seal(filled_up(reason.encode()), public_of(private_key(workspace))) if reason else b""


def reason_of(workspace: Workspace, message: Message) -> str:
    """Open why it was decided so; empty when nothing was written, it was destroyed, or the key is another.

    Raises
    ------
    WorkspaceError
        When there is no key, or it cannot be used.
    """
    if not message.sealed_reason:
        return ""
    return (unseal(bytes(message.sealed_reason), private_key(workspace)) or b"").decode().rstrip()
