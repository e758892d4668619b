# SPDX-License-Identifier: EUPL-1.2
"""Views that people keep: a list of one's own, and a link that a colleague opens by his own rights."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.dots.actions import DeleteView, RenameView, SaveView, ViewNameError
from stip_web.dots.filters import FilterError, read_filter
from stip_web.dots.looking import Look, look
from stip_web.dots.models import SavedView
from stip_web.dots.models.view import LONGEST_NAME, Page
from stip_web.dots.words import filter_in_words

_OPENS = {
    Page.MAP: "dots:map",
    Page.LIST: "dots:list",
    Page.CHART: "dots:chart",
    Page.COMPARE: "dots:compare",
}


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """List one's own views."""
    own = SavedView.objects.filter(owner=user_of(request))
    shown = [(view, request.build_absolute_uri(reverse("dots:view", args=[view.code]))) for view in own]
    return render(request, "dots/views.html", {"views": shown})


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address under a name."""
    asked = look(request)
    page = request.GET.get("pagina", Page.MAP)
    if page not in Page.values:
        raise FilterError(f"‘pagina’ is een van {', '.join(Page.values)}.")
    name, wrong = request.POST.get("naam", ""), ""
    if request.method == "POST":
        try:
            view = SaveView(
                user_of(request), name=name, page=page, query=asked.filter.query().removeprefix("?")
            ).run()
        except ViewNameError as error:
            wrong = str(error)
        else:
            messages.success(request, f"De weergave ‘{view.name}’ is bewaard. De link staat in de lijst.")
            return redirect("dots:views")
    return render(
        request, "dots/view_new.html", _form(name, wrong) | _told(asked, page), status=400 if wrong else 200
    )


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give one's own view another name."""
    view = get_object_or_404(SavedView, code=code, owner=user_of(request))
    name, wrong = request.POST.get("naam", view.name), ""
    if request.method == "POST":
        try:
            RenameView(user_of(request), view=view, name=name).run()
        except ViewNameError as error:
            wrong = str(error)
        else:
            messages.success(request, f"De weergave heet nu ‘{view.name}’. De link is hetzelfde gebleven.")
            return redirect("dots:views")
    return render(request, "dots/view_rename.html", _form(name, wrong) | {"view": view}, status=400 if wrong else 200)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Throw one's own view away, after asking: its link cannot come back."""
    view = get_object_or_404(SavedView, code=code, owner=user_of(request))
    if request.method == "POST":
        DeleteView(user_of(request), view=view).run()
        messages.success(request, f"De weergave ‘{view.name}’ is weg.")
        return redirect("dots:views")
    return render(request, "dots/view_delete.html", {"view": view})


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
def open(request: HttpRequest, code: str) -> HttpResponse:
    """Open a view by its link. It says only what to look at; what is seen follows from who looks."""
    view = get_object_or_404(SavedView, code=code)
    asked = read_filter(QueryDict(view.query))
    messages.info(request, f"Weergave ‘{view.name}’, bewaard door {view.owner.get_full_name() or 'een collega'}.")
    return redirect(reverse(_OPENS[Page(view.page)]) + asked.query())


def _form(name: str, wrong: str) -> dict[str, Any]:
    return {"name": name, "wrong": wrong, "longest": LONGEST_NAME}


def _told(asked: Look, page: str) -> dict[str, Any]:
    back = reverse(_OPENS[Page(page)]) + asked.filter.query()
    return {"filter": filter_in_words(asked), "back": back, "page": Page(page).label}
