# SPDX-License-Identifier: EUPL-1.2
"""The one place where it is asked whether somebody may see a page. Deny by default."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from stip_web.accounts.door import OPEN, door_of
from stip_web.accounts.models import User
from stip_web.accounts.second_factor import has_second_factor, is_left_behind
from stip_web.desk.errors import refuse

log = logging.getLogger(__name__)

_OWN_DOOR = ("allauth.", "ninja.", "stip_web.api.")
"""Views that ask for themselves: allauth's own pages, and the API, whose every operation names a permission."""


_LEFT = "stip_left"

SECOND_STEP = (
    "Inloggen gaat hier in twee stappen. Stel eerst de tweede stap in: een app op uw telefoon, of een passkey."
)
NO_ROLE = (
    "U bent ingelogd, maar uw account heeft nog geen rol. Daarom ziet u nog niets. Vraag de beheerder van uw "
    "gemeente om een rol die bij uw werk past. Daarna kunt u meteen verder."
)


class DoorMiddleware:
    """Asks each view for its door, and lets in or refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_view` does the asking. What only somebody may see stays in no cache, nor in the browser."""
        answer = self.get_response(request)
        door = door_of(request.resolver_match.func) if request.resolver_match else None
        if (door is None or not door.everybody) and not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
        if getattr(request, _LEFT, False):
            answer["Clear-Site-Data"] = '"cache"'  # not "storage": what waits on the phone would be lost
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return nothing when the view may answer, or else the refusal."""
        if settings.STIP_REQUIRE_MFA and door_of(view) != OPEN and is_left_behind(request):
            # Also on allauth's own pages: there he could take the second step of the account away.
            logout(request)
        if view.__module__.startswith(_OWN_DOOR):
            return None
        door = door_of(view)
        if door is None:
            log.error("view %s.%s says not who may come in, so nobody may", view.__module__, view.__name__)
            return refuse(request, 403)
        if door.everybody:
            return None
        user = request.user
        if not isinstance(user, User):
            return refuse(request, 401) if wants_data(request) else to_login(request)
        if lacks_second_factor(request):
            return refuse(request, 403, SECOND_STEP) if wants_data(request) else to_second_step(request)
        if not user.held and (door.any_of or request.path == "/"):
            return refuse(request, 403, NO_ROLE, title="U hebt nog geen rol")
        return None if door.lets_in(user) else refuse(request, 403)


@receiver(user_logged_out)
def _mark_left(sender: object, request: HttpRequest, **_: object) -> None:
    """Remember that this answer is the one of logging out, by whichever way."""
    setattr(request, _LEFT, True)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this person must set up a second factor before anything is shown."""
    return settings.STIP_REQUIRE_MFA and not has_second_factor(request)


def wants_data(request: HttpRequest) -> bool:
    """Whether a program asks rather than a person who could log in."""
    last = request.path.rsplit("/", 1)[-1]
    return "." in last or request.headers.get("Sec-Fetch-Mode") in ("cors", "same-origin")


def to_login(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page, and back afterwards."""
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Send to where the second step is set up, and say why."""
    messages.warning(request, SECOND_STEP)
    return HttpResponseRedirect(resolve_url("mfa_index"))
