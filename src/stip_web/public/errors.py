# SPDX-License-Identifier: EUPL-1.2
"""How the public site says that it cannot answer: in a sentence, with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SAID = {
    400: ("Dit kunnen wij niet lezen", "In het adres of in het formulier staat iets dat hier niet past."),
    403: ("Dit kan hier niet", "Ga naar de eerste pagina en begin daar opnieuw."),
    404: ("Deze pagina is er niet", "Het adres klopt niet, of de pagina is verplaatst."),
    429: ("Het is hier nu druk", "Wacht een paar minuten en probeer het dan opnieuw."),
    503: ("Dit staat nu stil", "Kom later terug."),
    500: ("Er ging iets mis", "Dat ligt aan ons, niet aan u. Probeer het later opnieuw."),
}
"""Title and sentence of each status."""


def refuse(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """Answer with a page that says what is wrong."""
    title, said = SAID[status]
    return render(request, "public/error.html", {"title": title, "detail": detail or said}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; the words of the exception stay out."""
    return refuse(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return refuse(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return refuse(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without reading anything: what is published may be what is broken."""
    title, said = SAID[500]
    return HttpResponse(f"{title}. {said}", status=500, content_type="text/plain; charset=utf-8")
