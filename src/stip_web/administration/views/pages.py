# SPDX-License-Identifier: EUPL-1.2
"""What the pages of Beheer share: the tabs, a page of a long list, and an action that may refuse."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from stip.errors import StipError
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action

Result = TypeVar("Result")

TABS = (
    ("Gebruikers", "administration:users", (May.USERS_MANAGE,)),
    ("Rollen", "administration:roles", (May.USERS_MANAGE,)),
    ("Taken", "administration:jobs", (May.JOBS_MANAGE,)),
    ("Logboek", "administration:log", (May.LOG_READ, May.USERS_MANAGE, May.JOBS_MANAGE)),
    ("Systeem", "administration:system", (May.HEALTH_READ,)),
)
A_PAGE = 50


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the tabs that this person may open."""
    user = user_of(request)
    allowed = [(label, reverse(view)) for label, view, needed in TABS if user.may(*needed)]
    return [
        {"label": label, "url": url, "current": request.path == url or request.path.startswith(f"{url}/")}
        for label, url in allowed
    ]


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page of Beheer."""
    return render(request, f"administration/{template}.html", {"tabs": tabs(request), **context}, status=status)


def part_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """Give the part of a long list that is asked for."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))


def done(request: HttpRequest, action: Action[Result], said: str, form: Form | None = None) -> bool:
    """Do it and say so, or say why not: at the form when there is one.

    Returns
    -------
    bool
        Whether it was done.
    """
    try:
        action.run()
    except StipError as error:
        if form is None:
            messages.error(request, str(error))
        else:
            form.add_error(None, str(error))
        return False
    if said:
        messages.success(request, said)
    return True
