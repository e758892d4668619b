# SPDX-License-Identifier: EUPL-1.2
"""How the API says no: one problem (RFC 9457) with everything that is wrong, in Dutch, without the refused value."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Literal

from django.http import HttpResponse, JsonResponse
from pydantic import BaseModel, Field

from stip_web.answers.said import SAID

MEDIA_TYPE = "application/problem+json"

_SAID = SAID | {
    400: ("Deze vraag klopt niet", "Wat er niet klopt staat in ‘errors’, met wat u kunt doen."),
    401: ("Niet ingelogd", "Stuur een geldig token mee: ‘Authorization: Bearer stip_…’."),
    403: ("Dit mag u niet zien", "Uw rol, of dit token, geeft geen toegang tot deze gegevens."),
    404: ("Dit is er niet", "Op dit adres staat niets. Kijk in /api/v1/openapi.json welke adressen er zijn."),
    405: ("Dit kan hier niet", "Dit adres is alleen om te lezen, met GET."),
    429: ("Te veel vragen", "Wacht zo veel seconden als Retry-After zegt en vraag het dan opnieuw."),
}


class Fault(BaseModel):
    """One thing that is wrong with a question."""

    in_: Literal["query", "path", "header", "body"] = Field(alias="in")
    location: str = Field(description="Name of the parameter; of a list, with the place of the value.")
    code: str = Field(description="For programs; does not change between versions.")
    detail: str = Field(description="For people, in Dutch.")


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field(default=[], description="Everything that is wrong, not only the first thing.")


class Refused(Exception):
    """No answer, for a reason that fits in a problem.

    Parameters
    ----------
    status : int
    detail : str
        What is the case and what to do; the sentence of the status when left out.
    errors : iterable of Fault
    """

    def __init__(self, status: int, detail: str = "", errors: Iterable[Fault] = ()) -> None:
        super().__init__(status)
        self.status, self.detail, self.errors = status, detail, list(errors)


def fault(where: Literal["query", "path", "header", "body"], location: str, code: str, detail: str) -> Fault:
    """Say one thing that is wrong."""
    return Fault.model_validate({"in": where, "location": location, "code": code, "detail": detail})


def bad_query(location: str, code: str, detail: str) -> Refused:
    """Refuse one parameter of the query."""
    return Refused(400, errors=[fault("query", location, code, detail)])


def problem(status: int, detail: str = "", errors: Iterable[Fault] = ()) -> HttpResponse:
    """Answer with a problem; a person who has not logged in is told how to."""
    title, said = _SAID.get(status, (HTTPStatus(status).phrase, HTTPStatus(status).description or "."))
    body = Problem(title=title, status=status, detail=detail or said, errors=list(errors))
    answer = JsonResponse(body.model_dump(by_alias=True), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="stip"'
    return answer
