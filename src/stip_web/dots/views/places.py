# SPDX-License-Identifier: EUPL-1.2
"""One place: its reports as a list, why it is no more precise, and what lies near."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.dots.frame import states_of
from stip_web.dots.looking import look
from stip_web.dots.place import NEAR_M, place_at, read_point
from stip_web.dots.rows import COLUMNS
from stip_web.dots.words import facts_of, filter_in_words


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def place(request: HttpRequest) -> HttpResponse:
    """Show the reports of a place."""
    asked = look(request)
    x_m, y_m = read_point(request.GET) if request.GET.get("x") or request.GET.get("y") else (None, None)
    query = asked.filter.query()
    context = {
        "place": None if x_m is None or y_m is None else place_at(asked, x_m, y_m),
        "fine": asked.fine,
        "near_m": NEAR_M,
        "filter": [] if asked.filter.is_all else filter_in_words(asked),
        "states": [state for state in states_of(asked, reverse("dots:list")) if state.kind == "hidden"],
        "map": reverse("dots:map") + query,
        "list": reverse("dots:list") + query,
        "json": reverse("dots:place-json") + asked.filter.counted.query(x=x_m, y=y_m),
    }
    return render(request, "dots/place.html", context)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def place_json(request: HttpRequest) -> HttpResponse:
    """Give the reports of a place to a program."""
    asked = look(request)
    found = place_at(asked, *read_point(request.GET))
    facts = facts_of(asked) | {
        "x_m": found.x_m,
        "y_m": found.y_m,
        f"dichtbij_{NEAR_M}_m": found.near,
        "waarom_deze_precisie": found.reasons,
    }
    return twin(request, Listing("plek", COLUMNS, found.rows, facts), "json")
