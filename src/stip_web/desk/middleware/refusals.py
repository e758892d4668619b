# SPDX-License-Identifier: EUPL-1.2
"""What the library refuses becomes a page with its sentence; never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stip.errors import AgreementError, BrokenSettings, OnHold, StipError, WorkspaceBusy, WorkspaceError
from stip_web.desk.errors import refuse, stands_still


class RefusalMiddleware:
    """Turns a refusal of the library into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with the sentence that the library gave."""
        if isinstance(error, WorkspaceBusy):
            return refuse(request, 503, str(error))
        if isinstance(error, WorkspaceError | BrokenSettings):
            return refuse(request, 500, str(error))
        if isinstance(error, OnHold):
            return stands_still(request, error)
        if isinstance(error, AgreementError):
            return refuse(request, 403, str(error), title="Dit mag niet volgens de afspraak")
        return refuse(request, 400, str(error)) if isinstance(error, StipError) else None
