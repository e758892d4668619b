# SPDX-License-Identifier: EUPL-1.2
"""The tabs of Toezicht, as far as somebody may open them; other apps under it take theirs from here too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from stip_web.accounts.door import door_of, user_of

TABS = (
    ("oversight:index", "Overzicht"),
    ("oversight:pause", "Pauze"),
    ("oversight:register", "Register"),
    ("oversight:rules", "Poort"),
    ("oversight:retention", "Bewaren"),
    ("oversight:log", "Inzage"),
    ("oversight:exports", "Uitvoer"),
    ("oversight:publication", "Openbaar"),
    ("oversight:questions", "Vragen"),
    ("may:check", "Mag dit?"),
    ("reactions:list", "Berichten"),
    ("registers:list", "Algoritme"),
)
"""Name of the address, and label. Who may come in is asked of the view itself, so that it is said once."""


def tabs_of(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Give the tabs that this person may open; the one that is open is marked.

    Parameters
    ----------
    current : str
        Name of the address of this tab, such as ``oversight:rules``.
    """
    user = user_of(request)
    shown = []
    for view, label in TABS:
        url = reverse(view)
        door = door_of(resolve(url).func)
        if door is not None and door.lets_in(user):
            shown.append({"label": label, "url": url, "current": view == current})
    return shown


def page(
    request: HttpRequest, template: str, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a page of Toezicht under its tab.

    Parameters
    ----------
    template : str
        Such as ``oversight/index.html``; it extends ``oversight/frame.html``.
    """
    return render(request, template, {"tabs": tabs_of(request, tab), **context}, status=status)
