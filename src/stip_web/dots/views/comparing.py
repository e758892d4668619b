# SPDX-License-Identifier: EUPL-1.2
"""Two periods laid side by side."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip.errors import SettingsError
from stip.explore import CHANGE_METHOD, By, Period
from stip.store import area_years, read_areas
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.dots import compare as comparing
from stip_web.dots.drawings import change_map
from stip_web.dots.frame import frame_of
from stip_web.dots.looking import Look, look
from stip_web.dots.words import facts_of, period_in_words


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def compare(request: HttpRequest) -> HttpResponse:
    """Show what changed, as tables and as a map."""
    asked = look(request)
    try:
        found = comparing.compare(asked)
    except SettingsError as error:
        return _ask_again(request, asked, str(error))
    now, then = comparing.days_of(found.period), comparing.days_of(found.other)
    tables = [
        ("Naar soort", "soort", found.of(By.TYPE)),
        ("Naar wijk", "wijk", found.of(By.DISTRICT)),
        ("Naar buurt", "buurt", found.of(By.AREA)),
    ]
    drawing = ""
    if area_years(asked.workspace):
        caption = "Kaart van het verschil per buurt. De tabel ‘Naar buurt’ heeft dezelfde gegevens."
        drawing = change_map(read_areas(asked.workspace), found.of(By.AREA), caption)
    more = {
        "total": found.of(By.TOWN)[0],
        "tables": [table for table in tables if table[2]],
        "notes": found.notes,
        "method": CHANGE_METHOD,
        "drawing": drawing,
        "now": now,
        "then": then,
        "now_words": period_in_words(*now),
        "then_words": period_in_words(*then),
        "presets": _presets(asked, found.period, found.other),
    }
    return render(request, "dots/compare.html", frame_of(request, asked, "compare") | more)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def compare_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the tables to a program."""
    if form not in ("json", "csv"):
        raise Http404
    asked = look(request)
    found = comparing.compare(asked)
    facts = facts_of(asked) | {
        "Nu": period_in_words(*comparing.days_of(found.period)),
        "Eerst": period_in_words(*comparing.days_of(found.other)),
        "Toelichting": " ".join([*found.notes, CHANGE_METHOD]),
    }
    for name in ("Aantal", "Periode"):
        facts.pop(name, None)
    return twin(request, Listing("verschil", comparing.COLUMNS, found.rows, facts), form)


def _ask_again(request: HttpRequest, asked: Look, why: str) -> HttpResponse:
    """Show the form as it was filled in, with why it cannot be answered."""
    period, other = comparing.periods_of(asked)
    now, then = comparing.days_of(period), comparing.days_of(other)
    told = {"wrong": why, "now": now, "then": then, "presets": _presets(asked, period, other)}
    return render(request, "dots/compare.html", frame_of(request, asked, "compare") | told, status=400)


def _presets(asked: Look, period: Period, beside: Period) -> list[tuple[str, str, bool]]:
    first, last = comparing.days_of(period)
    presets = []
    for label, other in (
        ("Dezelfde weken een jaar eerder", period.shifted(-comparing.YEAR)),
        ("De weken ervoor", period.before()),
    ):
        begin, end = comparing.days_of(other)
        chosen = replace(asked.filter, first=first, last=last, other_first=begin, other_last=end)
        presets.append((label, reverse("dots:compare") + chosen.query(), other == beside))
    return presets
