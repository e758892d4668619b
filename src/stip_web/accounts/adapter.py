# SPDX-License-Identifier: EUPL-1.2
"""How allauth behaves here: nobody makes an account for himself, except by the municipality's own log-in service."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


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
        """Remember that the second factor was asked for elsewhere."""
        request.session["second_factor"] = "elsewhere"
