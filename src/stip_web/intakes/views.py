# SPDX-License-Identifier: EUPL-1.2
"""Pages of this app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May


@needs(May.DOTS_FINE)
def board(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "desk/error.html", {"title": "board", "detail": "nog niet"})
