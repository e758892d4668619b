# SPDX-License-Identifier: EUPL-1.2
"""Every signal as it stands, read again only when a row was written: the list and the first page ask it each time."""

from __future__ import annotations

from functools import lru_cache

from stip.signals import Known, signals_of
from stip.store import Workspace
from stip_web.workspaces.keys import Unchanged


def known_signals(workspace: Workspace) -> list[Known]:
    """Give every signal, in the order of `signals_of`."""
    return list(_known(Unchanged(workspace, "decisions/signal", "decisions/answer")))


@lru_cache(maxsize=2)
def _known(key: Unchanged) -> tuple[Known, ...]:
    return tuple(signals_of(key.workspace))
