# SPDX-License-Identifier: EUPL-1.2
"""How the site says no: a page for a person, a problem (RFC 9457) for a program."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import is_valid_path, reverse

from stip.errors import OnHold
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.own_faults import noted
from stip_web.answers.said import SAID


def refuse(
    request: HttpRequest,
    status: int,
    detail: str = "",
    *,
    title: str = "",
    onward: tuple[str, str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """Answer with a page or a problem.

    Parameters
    ----------
    status : int
    detail : str
        What exactly is wrong and what to do; the sentence of the status when left out.
    title : str
        Instead of the title of the status.
    onward : (str, str), optional
        On a page: what the way out is called, and its address.
    **extra
        More members of the problem, such as ``errors``.
    """
    if status == HTTPStatus.BAD_REQUEST:
        status = noted() or status
    usual, said = SAID.get(status, (HTTPStatus(status).phrase, ""))
    title = title or usual
    if asks_for_data(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail or said, **extra}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(
        request, "desk/error.html", {"title": title, "detail": detail or said, "next": onward}, status=status
    )


def stands_still(request: HttpRequest, error: OnHold, **extra: Any) -> HttpResponse:
    """Say what people put on hold; on a page, who may lift it gets the way to the switch."""
    user = getattr(request, "user", None)
    lifts = isinstance(user, User) and user.may(May.PAUSE)
    onward = ("Pauze bekijken of opheffen", reverse("oversight:pause")) if lifts else None
    return refuse(request, 403, str(error), title="Dit staat stil", onward=onward, **extra)


def asks_for_data(request: HttpRequest) -> bool:
    """Whether a program asks: an address of the API, a twin with an extension, or a script of the page.

    What a service worker fetches for somebody who opens a page has no destination either, but is a page.
    """
    last = request.path.rsplit("/", 1)[-1]
    by_script = (
        request.headers.get("Sec-Fetch-Dest") == "empty" and request.headers.get("Sec-Fetch-Mode") != "navigate"
    )
    return request.path.startswith("/api/") or "." in last or by_script


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; the words of the exception stay out, since they could hold a value."""
    return refuse(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return refuse(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; an address with a slash too many at its end leads to the one without."""
    bare = "/" + request.path.strip("/")  # never two slashes at the begin: that would be another site
    if request.path.endswith("/") and bare != "/" and request.method in ("GET", "HEAD") and is_valid_path(bare):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{bare}?{query}" if query else bare)
    return refuse(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429, as allauth asks for it."""
    return refuse(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return refuse(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came from elsewhere, or too late."""
    return refuse(request, 403, "Deze pagina stond te lang open. Laad haar opnieuw en verstuur nog eens.")
