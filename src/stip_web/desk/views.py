# SPDX-License-Identifier: EUPL-1.2
"""The desk's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stip_web.accounts.door import everybody, logged_in, user_of
from stip_web.desk.home import tasks_of
from stip_web.desk.theme import theme_css
from stip_web.workspaces.current import current_workspace


@logged_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this week asks of this person."""
    workspace = current_workspace()
    return render(request, "desk/home.html", {"tasks": tasks_of(user_of(request), workspace)})


@everybody
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell which data a person sees here, and which never."""
    return render(request, "desk/privacy.html")


@everybody
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how accessible the site is, and what is not."""
    return render(request, "desk/accessibility.html")


@everybody
@require_safe
@cache_control(max_age=300)
def theme(request: HttpRequest) -> HttpResponse:
    """Give the municipality's own tokens, as a style sheet."""
    return HttpResponse(theme_css(), content_type="text/css; charset=utf-8")
