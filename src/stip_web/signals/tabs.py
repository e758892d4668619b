# SPDX-License-Identifier: EUPL-1.2
"""The parts of the pages of signals, as far as somebody may come."""

from __future__ import annotations

from django.urls import reverse

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May

TABS = (
    ("list", "Lijst", (May.SIGNAL_READ,)),
    ("raise", "Melden", (May.SIGNAL_RAISE,)),
    ("report", "Verslag", (May.SIGNAL_READ, May.LEARN_READ)),
    ("rules", "Regels", (May.SIGNAL_READ, May.SIGNAL_RAISE, May.LEARN_READ)),
)


def tabs_of(user: User, current: str) -> list[dict[str, object]]:
    """Give the tabs; the one that is open is marked."""
    return [
        {"label": label, "url": reverse(f"signals:{view}"), "current": view == current}
        for view, label, permissions in TABS
        if user.may(*permissions)
    ]
