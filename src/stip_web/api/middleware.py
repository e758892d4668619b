# SPDX-License-Identifier: EUPL-1.2
"""What holds for every answer under ``/api/v1``, also for those that another part of the site gives."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stip_web.answers.problems import MEDIA_TYPE, problem
from stip_web.api.version import PREFIX, VERSION

_OF_THE_BODY = ("content-type", "content-length", "content-encoding", "content-disposition", "etag", "last-modified")
"""What a problem that takes the place of another answer says for itself; all else stays, its policies above all."""


class ApiMiddleware:
    """Gives every answer its version, keeps it out of caches, and makes every refusal a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Finish the answer."""
        answer = self.get_response(request)
        if request.path != PREFIX and not request.path.startswith(f"{PREFIX}/"):
            return answer
        if answer.status_code >= 400 and not answer["Content-Type"].startswith(MEDIA_TYPE):
            plain, answer = answer, problem(answer.status_code)
            for name, value in plain.headers.items():
                if not name.lower().startswith(_OF_THE_BODY):
                    answer[name] = value
            answer.cookies = plain.cookies
        answer["API-Version"] = VERSION
        answer.setdefault("Cache-Control", "no-store")
        return answer
