# SPDX-License-Identifier: EUPL-1.2
"""What the frame of each public page shows: the town, the menu, and what stands still."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip.publish import published_pauses
from stip_web.public.environment import public_environment
from stip_web.public.published import folder, town_name, unreadable

OPEN_DATA = "/openbaar/gegevens"
"""An app of its own; see `stip_web.opendata`."""
MENU = (
    ("public:home", "Wat doet de gemeente?"),
    ("public:area", "Mijn buurt"),
    ("public:how", "Zo werkt het"),
    ("public:record", "Cijfers"),
    (OPEN_DATA, "Gegevens"),
    ("public:react", "Reageer"),
)
"""Name or address, and label, of what stands at the top of each page."""
FOOT = (
    ("public:privacy", "Privacy"),
    ("public:algorithm", "Algoritme"),
    ("public:accessibility", "Toegankelijkheid"),
    ("public:react", "Fout gezien? Reageer"),
)
"""And of what stands below."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give what every page shows."""
    return {
        "town": town_name(),
        "menu": _links(request, MENU),
        "foot": _links(request, FOOT),
        "notices": [
            *dict.fromkeys(notice["sentence"] for notice in published_pauses(folder())),
            *unreadable(),
        ],
        "answers": public_environment().answers,
    }


def _links(request: HttpRequest, names: tuple[tuple[str, str], ...]) -> list[dict[str, object]]:
    found = [(label, name if name.startswith("/") else reverse(name)) for name, label in names]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in found]
