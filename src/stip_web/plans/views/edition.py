# SPDX-License-Identifier: EUPL-1.2
"""Which edition of the board a form was filled in on."""

from __future__ import annotations

from django.http import HttpRequest


def edition_of(request: HttpRequest) -> int:
    """Give the edition that a form came with; what is none is of no edition."""
    text = request.POST.get("stand", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
