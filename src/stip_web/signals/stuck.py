# SPDX-License-Identifier: EUPL-1.2
"""What an app above this one could not make a signal of: how much, and where it is read."""

from __future__ import annotations

from collections.abc import Callable

from stip.store import Workspace
from stip_web.accounts.models import User

Counter = Callable[[User, Workspace], tuple[int, str]]
_COUNTERS: list[Counter] = []


def count_stuck(counter: Counter) -> None:
    """Let an app above this one tell how much lies there for a person, and the address of its page."""
    _COUNTERS.append(counter)


def stuck_of(user: User, workspace: Workspace) -> list[tuple[int, str]]:
    """Give how much lies where, as far as this person may know."""
    return [found for counter in _COUNTERS if (found := counter(user, workspace))[0]]
