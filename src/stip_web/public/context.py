# SPDX-License-Identifier: EUPL-1.2
"""What the frame of each public page shows: the town, the menu, and what stands still."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip_web.public.environment import public_environment
from stip_web.public.published import folder, pauses, town_name

MENU = (("public:home", "Wat doet de gemeente?"),)
"""Address and label of what stands at the top of each page."""
FOOT: tuple[tuple[str, str], ...] = ()
"""And of what stands below."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give what every page shows."""
    published = folder()
    return {
        "town": town_name(published),
        "menu": _links(request, MENU),
        "foot": _links(request, FOOT),
        "notices": [pause.sentence for pause in pauses(published)],
        "answers": public_environment().answers,
    }


def _links(request: HttpRequest, names: tuple[tuple[str, str], ...]) -> list[dict[str, object]]:
    found = [(label, reverse(name)) for name, label in names]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in found]
