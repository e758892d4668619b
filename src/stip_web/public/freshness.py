# SPDX-License-Identifier: EUPL-1.2
"""Every page but the form may be kept by a proxy, which asks each time whether it still holds: a pause shows at once.

The answer to that question costs no page: it is made of the names, sizes and times of what is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from stip import __version__
from stip_web.public.environment import public_environment
from stip_web.public.published import State, folder, state_of

_SAFE = ("GET", "HEAD")


class FreshnessMiddleware:
    """Lets only reading through, save where a view takes a form, and says of each page how long it holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 304 when the asker has it already."""
        if request.method not in _SAFE:
            return self.get_response(request)
        state = state_of(folder())
        tag = _tag(request, state)
        known = get_conditional_response(request, etag=tag) if _names(request, tag) else None
        answer = known if known is not None else self.get_response(request)
        if known is None and answer.status_code == 200 and not answer.has_header("Cache-Control"):
            answer = get_conditional_response(request, etag=tag, response=answer) or answer
        if answer.status_code == 304 or (answer.status_code == 200 and not answer.has_header("Cache-Control")):
            answer["ETag"] = tag
            answer["Cache-Control"] = "public, max-age=0, must-revalidate"
            if state:
                answer.headers.setdefault("Last-Modified", _last_changed(state))
        elif not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store"
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse what is not reading, unless the view says that it takes a form."""
        if request.method in _SAFE or (request.method == "POST" and getattr(view, "takes_form", False)):
            return None
        return HttpResponseNotAllowed(_SAFE)


def _tag(request: HttpRequest, state: State) -> str:
    said = repr((__version__, repr(public_environment()), request.get_full_path(), state))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _names(request: HttpRequest, tag: str) -> bool:
    """Whether the asker has this very answer; ``*`` fits each page there is, so it is made first."""
    asked = (part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(","))
    return tag in asked


def _last_changed(state: State) -> str:
    newest = max(changed for _, _, changed in state) / 1e9
    return format_datetime(datetime.fromtimestamp(newest, tz=UTC), usegmt=True)
