# SPDX-License-Identifier: EUPL-1.2
"""How allauth behaves here: nobody makes an account for himself, except by the municipality's own log-in service."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from stip_web.accounts.models import User

TAKEN = (
    "Er is al een account met uw e-mailadres. Log in met uw wachtwoord, of vraag de beheerder om uw oude account "
    "te sluiten."
)


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Local accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False


class WorkAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # as above
    """Who comes from the municipality's log-in service gets an account without roles; an administrator gives them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let in whoever the log-in service knows."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse a first log-in with an address that somebody has: it could be somebody else's account."""
        email = sociallogin.user.email
        if not sociallogin.is_existing and email and User.objects.filter(email__iexact=email).exists():
            messages.error(request, TAKEN)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
