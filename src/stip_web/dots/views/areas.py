# SPDX-License-Identifier: EUPL-1.2
"""The page of one neighbourhood or district: what was reported there, over time."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.dots.drawings import bars
from stip_web.dots.filters import Filter
from stip_web.dots.frame import states_of
from stip_web.dots.looking import Look, look
from stip_web.dots.weekly import per_week
from stip_web.dots.words import period_in_words

_PERIODS = ((1, "Vorige week"), (4, "Laatste 4 weken"), (52, "Laatste jaar"))


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show one area."""
    asked = look(request)
    name = asked.seen.areas.get(code)
    if name is None:
        raise Http404
    here = Filter(areas=(code,))
    looks = [_over(asked, here.with_period(*asked.last_weeks(weeks))) for weeks, _ in _PERIODS]
    types = list(dict.fromkeys(code for each in looks for code in each.selection.types()))
    year = looks[-1]
    weeks = per_week(year)
    context = {
        "name": name,
        "code": code,
        "district": code in asked.seen.districts,
        "inside": [
            (area, label)
            for area, label, of in zip(
                asked.seen.area_codes, asked.seen.area_names, asked.seen.area_districts, strict=True
            )
            if of == code
        ],
        "periods": [
            (label, period_in_words(each.filter.first, each.filter.last), reverse("dots:map") + each.filter.query())
            for (_, label), each in zip(_PERIODS, looks, strict=True)
        ],
        "rows": [(asked.label_of(kind), [each.selection.types().get(kind, 0) for each in looks]) for kind in types],
        "totals": [each.selection.count for each in looks],
        "bars": bars(weeks, f"Meldingen per week in {name}, laatste jaar."),
        "chart": reverse("dots:chart") + year.filter.query(),
        "compare": reverse("dots:compare") + here.query(),
        "states": [state for state in states_of(_over(asked, here), "") if state.kind != "empty"],
        "year": asked.seen.area_year,
    }
    return render(request, "dots/area.html", context)


def _over(asked: Look, chosen: Filter) -> Look:
    """Return the same look by another filter."""
    return replace(asked, filter=chosen)
