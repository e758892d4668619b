# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from stip_web.answers.problems import problem
from stip_web.api.openapi import openapi_json
from stip_web.api.site import api


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer that there is nothing at this address; also where a slash stands at the end."""
    return problem(404)


urlpatterns: list[Any] = [
    path("/openapi.json", openapi_json, name="openapi"),
    *(path("/", (_patterns, "api", "api")) for _patterns in [api.urls[0][:-1]]),  # its last is a root with a slash
    re_path(r"^(?P<rest>/.*)?$", nowhere),
]
