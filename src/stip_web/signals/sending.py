# SPDX-License-Identifier: EUPL-1.2
"""Telling a partner through Signalen, while nothing in the database or the workspace waits for it."""

from __future__ import annotations

from django.core.cache import cache

from stip.errors import SignalError
from stip.signals import send_to_signalen, signal_of
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.signals.actions import MarkSent, TellPartner
from stip_web.workspaces.clock import now

_MARGIN_SECONDS = 30


def send_out(user: User, workspace: Workspace, signal_id: str) -> str:
    """Tell the partner, and write down its number; gives that number, empty when there is none.

    First the line in the log, then the partner, then what it said: whatever breaks in between, the log says that it
    was tried, and the answer stands as before. Two who press the button at once send it once.

    Raises
    ------
    PermissionDenied
        When this person does not decide on it.
    SignalError
        When it does not wait to be sent, or is being sent now.
    ServiceError
        When Signalen does not take it; the answer stands, and it can be sent again.
    """
    name = f"signal-sent-{signal_id}"
    seconds = workspace.settings.signals.signalen_seconds + _MARGIN_SECONDS
    if not cache.add(name, True, timeout=int(seconds)):
        raise SignalError("Dit signaal wordt nu al verstuurd. Wacht even en laad de pagina opnieuw.")
    try:
        TellPartner(user, workspace=workspace, signal_id=signal_id).run()
        number = send_to_signalen(workspace, signal_of(workspace, signal_id), at=now(workspace))
        MarkSent(user, workspace=workspace, signal_id=signal_id, by="signalen", receipt=number).run()
    finally:
        cache.delete(name)
    return number
