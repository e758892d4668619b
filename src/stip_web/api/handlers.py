# SPDX-License-Identifier: EUPL-1.2
"""From what went wrong to a problem: each kind of refusal has its status."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from stip.errors import AgreementError, HistoryError, StipError
from stip_web.answers.faults import fault_of
from stip_web.answers.own_faults import own_status, without_places
from stip_web.answers.problems import Refused, problem
from stip_web.api.keys import stray_keys


def add_handlers(api: NinjaAPI) -> None:
    """Give the API its own way to say no."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Refused: _refused,
        ValidationError: _invalid,
        HttpError: _http,
        StipError: _library,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(error.status, error.detail, error.errors)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(400, errors=[*map(fault_of, error.errors), *stray_keys(request)])


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code)  # its words are English, and ninja's own


def _library(request: HttpRequest, error: StipError) -> HttpResponse:
    """Pass on the library's sentence: it is written for people and holds no refused value."""
    if own_status(error) == HTTPStatus.SERVICE_UNAVAILABLE:
        return problem(503, without_places(error))
    if isinstance(error, AgreementError):  # on hold, ended, or not agreed for this purpose
        return problem(403, str(error))
    return problem(404 if isinstance(error, HistoryError) else 500, without_places(error))
