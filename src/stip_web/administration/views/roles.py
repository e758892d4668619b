# SPDX-License-Identifier: EUPL-1.2
"""Pages of roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import Role
from stip_web.accounts.permissions import Permission as May
from stip_web.accounts.permissions import in_words
from stip_web.administration import roles as actions
from stip_web.administration.forms import RoleForm
from stip_web.administration.views.pages import done, page
from stip_web.desk.twins import Listing, twin

COLUMNS = {"name": "Rol", "users": "Mensen", "permissions": "Mag"}


@needs(May.USERS_MANAGE)
@require_safe
def listed(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show the roles."""
    rows = role_rows()
    if form:
        return twin(request, Listing("rollen", COLUMNS, rows), form)
    return page(request, "roles", {"columns": COLUMNS, "rows": rows})


def role_rows() -> list[dict[str, Any]]:
    """Give a row a role."""
    return [
        {
            "id": role.pk,
            "name": role.name,
            "users": role.users.count(),
            "permissions": "; ".join(in_words(role.permissions)),
            "count": len(role.permissions),
        }
        for role in Role.objects.all()
    ]


@needs(May.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a role."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = actions.MakeRole(user_of(request), **form.cleaned_data)
        if done(request, action, "De rol is gemaakt.", form):
            return redirect("administration:roles")
    return page(request, "role", {"form": form}, 400 if form.errors else 200)


@needs(May.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one role, change it, or remove it."""
    role = get_object_or_404(Role, pk=pk)
    form = RoleForm(initial={"name": role.name, "permissions": role.permissions})
    status = 200
    if request.method == "POST" and request.POST.get("wat") == "weg":
        if done(request, actions.RemoveRole(user_of(request), role=role), "De rol is weg."):
            return redirect("administration:roles")
    elif request.method == "POST":
        form, status = RoleForm(request.POST), 400
        if form.is_valid():
            action = actions.ChangeRole(user_of(request), role=role, **form.cleaned_data)
            if done(request, action, "De rol is opgeslagen.", form):
                return redirect("administration:roles")
    return page(request, "role", {"form": form, "role": role, "people": role.users.all()}, status)
