# SPDX-License-Identifier: EUPL-1.2
"""How allauth behaves here: nobody makes an account for himself, except by the municipality's own log-in service."""

from __future__ import annotations

import time
from typing import Any

import requests
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from stip_web.accounts.models import User
from stip_web.accounts.reach import guarded_session

TAKEN = (
    "Er is al een account met uw e-mailadres. Log in met uw wachtwoord, of vraag de beheerder om uw oude account "
    "te sluiten."
)


CAME_AT = "came_from_service_at"
"""In a session: when its person came from the log-in service, in seconds since 1970."""
_MISMATCH = "De gebruikersnaam of het wachtwoord is niet juist. Probeer het nog eens."
SAID = {
    "account_inactive": "Dit account is gesloten. Vraag het de beheerder van uw gemeente.",
    "email_password_mismatch": _MISMATCH,
    "username_password_mismatch": _MISMATCH,
    "invalid_login": _MISMATCH,
    "enter_current_password": "Dit is niet uw huidige wachtwoord.",
    "incorrect_password": "Dit is niet uw wachtwoord.",
    "incorrect_code": "Deze code is niet juist, of al gebruikt. Wacht op de volgende code en probeer het nog eens.",
    "too_many_login_attempts": "Te veel pogingen. Wacht vijf minuten en probeer het dan opnieuw.",
    "rate_limited": "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.",
}
"""What allauth says, as people here read it."""
METHODS = {
    "reauthenticate": "Met uw wachtwoord",
    "mfa_reauthenticate": "Met een code uit uw app",
    "mfa_reauthenticate:webauthn": "Met uw passkey",
}


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Local accounts are made by an administrator."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SAID}

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the other ways to show who one is."""
        return [
            {**method, "description": METHODS.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who one is; who came from the log-in service just now, and has nothing to show here, just did."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        user = self.request.user
        if not user.is_authenticated or get_reauthentication_flows(user):
            return True
        return bool(time.time() - self.request.session.get(CAME_AT, 0) > app_settings.REAUTHENTICATION_TIMEOUT)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False


class WorkAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # as above
    """Who comes from the municipality's log-in service gets an account without roles; an administrator gives them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let in whoever the log-in service knows."""
        return True

    def get_requests_session(self) -> requests.Session:
        """Ask the log-in service, and nobody on the own network that it sends us on to."""
        providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
        return guarded_session(*(app["settings"]["server_url"] for app in providers["openid_connect"]["APPS"]))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse a first log-in with an address that somebody has: it could be somebody else's account."""
        email = sociallogin.user.email
        if not sociallogin.is_existing and email and User.objects.filter(email__iexact=email).exists():
            messages.error(request, TAKEN)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
