# SPDX-License-Identifier: EUPL-1.2
"""What the library refuses becomes a page with its sentence; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from stip.errors import AgreementError, BrokenSettings, NotStored, OnHold, StipError, WorkspaceError
from stip_web.answers.own_faults import begin, noted, own_status, without_places
from stip_web.desk.errors import refuse, stands_still


class RefusalMiddleware:
    """Turns a refusal of the library into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; a form that shows a fault of the server is no bad question."""
        begin()
        answer = self.get_response(request)
        if noted() and HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            answer.status_code = noted()
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with the sentence that the library gave."""
        if isinstance(error, NotStored):
            return refuse(request, 503, without_places(error), title="Dit kan nu niet worden bewaard")
        if isinstance(error, WorkspaceError | BrokenSettings):
            return refuse(request, own_status(error) or 500, without_places(error))
        if isinstance(error, OnHold):
            return stands_still(request, error)
        if isinstance(error, AgreementError):
            return refuse(request, 403, str(error), title="Dit mag niet volgens de afspraak")
        return refuse(request, 400, str(error)) if isinstance(error, StipError) else None
