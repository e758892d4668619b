# SPDX-License-Identifier: EUPL-1.2
"""Taking reports along; each file leaves a line in the audit log and in the log of processing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.dots.actions import ExportDots
from stip_web.dots.exports import FORMS
from stip_web.dots.looking import look
from stip_web.dots.words import facts_of


@needs(May.DOTS_EXPORT)
@require_safe
@reads_incidents("kaart")
def choose(request: HttpRequest) -> HttpResponse:
    """Show which files there are, and what each will carry."""
    asked = look(request)
    query = asked.filter.query()
    links = [(form, reverse("dots:export", args=[code]) + query) for code, form in FORMS.items()]
    context = {"links": links, "facts": facts_of(asked), "back": reverse("dots:map") + query, "fine": asked.fine}
    return render(request, "dots/exports.html", context)


@needs(May.DOTS_EXPORT)
@require_safe
@reads_incidents("kaart-uitvoer")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Make a file and hand it out, once it is written down."""
    if form not in FORMS:
        raise Http404
    asked = look(request)
    body = FORMS[form].make(asked)
    query = asked.filter.query().removeprefix("?")
    ExportDots(user_of(request), form=form, count=asked.selection.count, query=query, fine=asked.fine).run()
    answer = HttpResponse(body, content_type=FORMS[form].media_type)
    answer["Content-Disposition"] = f'attachment; filename="meldingen-{asked.now:%Y-%m-%d}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(May.DOTS_EXPORT)
@require_safe
def list_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the whole list as CSV or GeoJSON: taking along, so with that permission and that line."""
    if form not in ("csv", "geojson"):
        raise Http404
    answer: HttpResponse = export(request, form)
    return answer


list_file.reads = "kaart-uitvoer"  # type: ignore[attr-defined]  # export writes the span
