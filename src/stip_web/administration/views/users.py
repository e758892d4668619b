# SPDX-License-Identifier: EUPL-1.2
"""Pages of users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.administration import users as actions
from stip_web.administration.forms import NewUserForm, RolesForm, WhyForm
from stip_web.administration.views.pages import done, page
from stip_web.audit.actions import Action
from stip_web.desk.twins import Listing, twin
from stip_web.workspaces.current import current_workspace

COLUMNS = {
    "username": "Gebruikersnaam",
    "name": "Naam",
    "roles": "Rollen",
    "open": "Account",
    "second_step": "Tweede stap",
    "last_login": "Laatst ingelogd",
}
PLAIN: dict[str, Callable[..., Action[None]]] = {
    "sluiten": actions.CloseUser,
    "openen": actions.OpenUser,
    "tweede-stap": actions.ForgetSecondStep,
}
SAID = {
    "sluiten": "Het account is gesloten.",
    "openen": "Het account is geopend.",
    "tweede-stap": "De tweede stap is vergeten. Bij het inloggen stelt de gebruiker een nieuwe in.",
}


@needs(May.USERS_MANAGE)
@require_safe
def listed(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who has an account."""
    rows = user_rows()
    if form:
        return twin(request, Listing("gebruikers", COLUMNS, rows), form)
    return page(request, "users", {"columns": COLUMNS, "rows": rows})


def user_rows() -> list[dict[str, Any]]:
    """Give a row a user."""
    with_step = set(Authenticator.objects.values_list("user_id", flat=True))
    return [
        {
            "id": user.pk,
            "username": user.username,
            "name": user.get_full_name(),
            "roles": user.role_names,
            "open": "Open" if user.is_active else "Gesloten",
            "second_step": "Ja" if user.pk in with_step else "Nee",
            "last_login": user.last_login,
        }
        for user in User.objects.prefetch_related("roles")
    ]


@needs(May.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = actions.MakeUser(user_of(request), **form.cleaned_data)
        if done(
            request, action, "Het account is gemaakt. Geef nu een rol, en maak een link voor het wachtwoord.", form
        ):
            return redirect("administration:user", User.objects.get(username=action.subject).pk)
    return page(request, "new_user", {"form": form}, 400 if form.errors else 200)


@needs(May.USERS_MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account, and change it."""
    user = get_object_or_404(User, pk=pk)
    roles = RolesForm(initial={"roles": user.roles.all()})
    link, status = "", 200
    if request.method == "POST":
        what = request.POST.get("wat", "")
        if what == "rollen":
            roles = RolesForm(request.POST)
            if roles.is_valid():
                chosen, why = list(roles.cleaned_data["roles"]), roles.cleaned_data["why"]
                action = actions.GiveRoles(user_of(request), why=why, user=user, roles=chosen)
                if done(request, action, "De rollen zijn opgeslagen.", roles):
                    return redirect("administration:user", pk)
            status = 400
        elif what == "link":
            link = _link(request, user)
        elif what == "team":
            team = request.POST.get("team", "")
            done(
                request, actions.SetTeam(user_of(request), user=user, team=team, teams=_teams()), "Het team is gezet."
            )
            return redirect("administration:user", pk)
        elif what in PLAIN:
            _plain(request, user, what)
            return redirect("administration:user", pk)
    has_step = Authenticator.objects.filter(user=user).exists()
    teams = _teams()
    works_in = user.team if user.team in teams else next(iter(teams), "")
    shown = {
        "person": user,
        "teams": teams,
        "team": works_in,
        "roles_form": roles,
        "why_form": WhyForm(),
        "link": link,
        "has_step": has_step,
    }
    return page(request, "user", shown, status)


def _teams() -> dict[str, str]:
    """Give the teams of the town; without a workspace there are none."""
    try:
        return current_workspace().settings.plan.teams
    except StipError:
        return {}


def _plain(request: HttpRequest, user: User, what: str) -> None:
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    done(request, PLAIN[what](user_of(request), why=why, user=user), SAID[what])


def _link(request: HttpRequest, user: User) -> str:
    """Make a link; mail it to its owner when that can be, and only else show it here."""
    try:
        url = request.build_absolute_uri(actions.MakePasswordLink(user_of(request), user=user).run())
    except StipError as error:
        messages.error(request, str(error))
        return ""
    if not (settings.ENVIRONMENT.mail_host and user.email):
        return url
    send_mail(
        "Kies een wachtwoord voor Stip",
        f"Met deze link kiest u een wachtwoord. Hij werkt één keer, en niet langer dan een dag.\n\n{url}\n",
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
    messages.success(request, "De link is naar het e-mailadres van de gebruiker gestuurd.")
    return ""
