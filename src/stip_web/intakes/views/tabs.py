# SPDX-License-Identifier: EUPL-1.2
"""The tabs that the pages of Gegevens share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May

TABS = (
    ("Hoe vers", "intakes:board"),
    ("Inlezen", "intakes:start"),
    ("Leveringen", "intakes:deliveries"),
    ("Kwaliteit", "intakes:quality"),
    ("Afspraken", "intakes:agreements"),
    ("Poort", "intakes:gate"),
    ("Kaartlagen", "intakes:layers"),
)


def page(request: HttpRequest, template: str, tab: str, facts: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Show a page of Gegevens under its tab."""
    tabs = [{"label": label, "url": reverse(view), "current": view == f"intakes:{tab}"} for label, view in TABS]
    may_import = user_of(request).may(May.DATA_IMPORT)
    facts = facts | {"tabs": tabs, "may_import": may_import}
    return render(request, f"intakes/{template}.html", facts, status=status)
