# SPDX-License-Identifier: EUPL-1.2
"""Addresses of logging in. Of allauth's pages, those that let somebody help himself to an account are closed."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path

from stip_web.accounts.door import everybody

CLOSED = (
    "email/",
    "confirm-email/",
    "confirm-email/<path:key>",
    "login/code/confirm/",
    "password/reset/",
    "password/reset/done/",
    "password/set/",
    "reauthenticate/code/",
    "reauthenticate/code/confirm/",
    "3rdparty/",
    "3rdparty/signup/",
    "social/<path:rest>",
)
"""What an administrator does for people here, or nobody does. First come, so allauth's own page is never reached."""


@everybody
def closed(request: HttpRequest, **_: str) -> NoReturn:
    """Say that there is no such page."""
    raise Http404


urlpatterns = [*(path(route, closed) for route in CLOSED), path("", include("allauth.urls"))]
