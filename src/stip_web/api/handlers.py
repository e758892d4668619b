# SPDX-License-Identifier: EUPL-1.2
"""From what went wrong to a problem: each kind of refusal has its status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from stip.errors import AgreementError, HistoryError, StipError, WorkspaceBusy
from stip_web.api.keys import stray_keys
from stip_web.api.problems import Fault, Refused, fault, problem

_SAID = {
    "missing": "Dit ontbreekt; geef het mee.",
    "int_parsing": "Schrijf een heel getal.",
    "greater_than_equal": "Dit getal is te klein; het kleinste is {ge}.",
    "less_than_equal": "Dit getal is te groot; het grootste is {le}.",
    "enum": "Dit kan hier niet; kies {expected}.",
    "literal_error": "Dit kan hier niet; kies {expected}.",
    "string_pattern_mismatch": "Dit heeft niet de goede vorm; die is {pattern}.",
    "string_too_long": "Dit is te lang; het mogen {max_length} tekens zijn.",
    "too_long": "Dit zijn er te veel; het mogen er {max_length} zijn.",
    "date": "Schrijf een datum, zoals 2026-09-07.",
    "bbox": "Schrijf vier getallen met komma's ertussen, de kleinste eerst: minX,minY,maxX,maxY.",
}
"""What is wrong with a parameter, by the code that pydantic or we give it. The value itself is not repeated."""


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
    if isinstance(error, WorkspaceBusy):
        return problem(503, str(error))
    if isinstance(error, AgreementError):  # on hold, ended, or not agreed for this purpose
        return problem(403, str(error))
    return problem(404 if isinstance(error, HistoryError) else 500, str(error))


def fault_of(error: dict[str, Any]) -> Fault:
    """Say one error of pydantic, as ninja gives it: ``type``, ``loc`` and ``ctx``."""
    where, *path = error["loc"]
    # Ninja puts the name of the argument between the place and the parameter.
    names = [str(part) for part in (path[1:] if len(path) > 1 and isinstance(path[1], str) else path)]
    facts = {name: str(fact).replace(" or ", " of ") for name, fact in error.get("ctx", {}).items()}
    said = _SAID.get(error["type"], "Dit past hier niet; zie de beschrijving in openapi.json.")
    return fault(where, "/".join(names), error["type"], said.format(**facts))
