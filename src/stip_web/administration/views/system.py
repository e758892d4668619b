# SPDX-License-Identifier: EUPL-1.2
"""The first page of Beheer, and the page of the system."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.administration import system
from stip_web.administration.views.pages import page, tabs
from stip_web.desk.twins import Listing, twin

COLUMNS = {"what": "Wat", "how": "Hoe", "good": "In orde"}


@needs(May.USERS_MANAGE, May.JOBS_MANAGE, May.HEALTH_READ)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Go to the first tab that this person may open."""
    return redirect(tabs(request)[0]["url"])


@needs(May.HEALTH_READ)
@require_safe
def shown(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show how the installation stands."""
    facts = system.facts()
    if form:
        rows = [{"what": fact.what, "how": fact.how, "good": "ja" if fact.good else "nee"} for fact in facts]
        return twin(request, Listing("systeem", COLUMNS, rows), form)
    wrong = [fact for fact in facts if not fact.good]
    return page(request, "system", {"facts": facts, "wrong": wrong, "warnings": system.warnings()})
