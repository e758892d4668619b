# SPDX-License-Identifier: EUPL-1.2
"""Pages that are mostly text: some of it written here, the rest made from the municipality's own card."""

from __future__ import annotations

from typing import Literal, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stip.publish import evaluation_stands_still
from stip.publish.register import published_register_file
from stip.publish.register.shapes import Explanation, Section
from stip_web.public.environment import public_environment
from stip_web.public.errors import refuse
from stip_web.public.published import entry, explanation, folder, record

FILES = {
    "register.json": "application/json",
    "register.csv": "text/csv; charset=utf-8",
    "model_card.json": "application/json",
}
"""What can be taken along of the register, and its kind."""


UNSAID = "de gemeente heeft dit hier nog niet gezegd"
"""Stands where a privacy notice should tell something that is not out."""
_PARTS: tuple[Literal["how"], Literal["algorithm"]] = ("how", "algorithm")
_FROZEN_ID, _FROZEN = "nu", "Op dit moment staat niets op pauze."
"""What an explanation of before said of pauses: that was true when it was made, and is no longer told."""


def home(request: HttpRequest) -> HttpResponse:
    """Tell what the municipality does."""
    measured = any(one["all"] for one in record())
    return render(request, "public/home.html", {"explanation": explanation(), "measured": measured})


def how(request: HttpRequest) -> HttpResponse:
    """Tell how places are chosen, what that cannot do, and that people decide."""
    return render(request, "public/how.html", {"explanation": _explanation()})


def privacy(request: HttpRequest) -> HttpResponse:
    """Tell which data there are, and what this site keeps of who reads it: nothing."""
    said = public_environment()
    context = {
        "explanation": explanation(),
        "sources": _sources(),
        "unsaid": UNSAID,
        "message_days": said.message_days,
        "objection_days": said.objection_days,
        "objection_answers": said.objection_answers,
    }
    return render(request, "public/privacy.html", context)


def algorithm(request: HttpRequest) -> HttpResponse:
    """Show the entry of the register and what it is made of."""
    context = {
        "explanation": _explanation(),
        "paused": evaluation_stands_still(folder()),
        "entry": entry(),
        "files": [name for name in FILES if published_register_file(folder(), name) is not None],
    }
    return render(request, "public/algorithm.html", context)


def algorithm_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the register as it is; its text holds the evaluation, so it waits while that stands still."""
    paused = evaluation_stands_still(folder())
    if paused is not None:
        answer = refuse(request, 503, paused["sentence"])
        answer["Retry-After"] = "86400"
        return answer
    found = published_register_file(folder(), name) if name in FILES else None
    if found is None:
        raise Http404("no such file")
    answer = HttpResponse(found, content_type=FILES[name])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell for whom the site works, and how that was tried."""
    return render(request, "public/accessibility.html", {"answer_days": public_environment().answer_days})


def english(request: HttpRequest) -> HttpResponse:
    """Tell it all in short, in English."""
    return render(request, "public/english.html", {"explanation": explanation()})


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, for a container that watches itself."""
    answer = HttpResponse("goed", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


def _explanation() -> Explanation | None:
    """Give the explanation without what it says of pauses: the frame tells what stands still now."""
    told = explanation()
    if told is None:
        return None
    try:
        parts: dict[str, list[Section]] = {
            name: [_now(part) for part in told[name] if part["id"] != _FROZEN_ID] for name in _PARTS
        }
    except (KeyError, TypeError, AttributeError):  # not what the register wrote: then nothing is told
        return None
    return cast("Explanation", told | parts)


def _sources() -> list[str]:
    """Give the sources that are agreed, as the explanation lists them; none when it does not tell."""
    told = _explanation()
    parts = told["how"] if told else []
    return next((part.get("points", []) for part in parts if part.get("id") == "gegevens"), [])


def _now(part: Section) -> Section:
    kept = [paragraph.replace(_FROZEN, "").strip() for paragraph in part["paragraphs"]]
    return part | {"paragraphs": [paragraph for paragraph in kept if paragraph]}
