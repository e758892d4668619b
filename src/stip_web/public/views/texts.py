# SPDX-License-Identifier: EUPL-1.2
"""Pages that are mostly text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Tell what the municipality does."""
    return render(request, "public/home.html")


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, for a container that watches itself."""
    answer = HttpResponse("goed", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
