# SPDX-License-Identifier: EUPL-1.2
"""Telling the public process what stands still, where the desk begins: a pause may be older than that notice."""

from __future__ import annotations

import logging

from stip.agreements import publish_pauses
from stip.errors import StipError
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)


def tell_pauses_if_possible() -> None:
    """Write ``published/pauses.json``; without a workspace the desk begins too, and the public site stays still."""
    try:
        publish_pauses(current_workspace())
    except (StipError, OSError) as error:
        log.warning("what stands still is not told outside: %s", type(error).__name__)
