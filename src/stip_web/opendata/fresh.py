# SPDX-License-Identifier: EUPL-1.2
"""Data that go out: stopped while publishing stands still, and sent again only when something changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from stip import __version__
from stip.publish import stands_still
from stip_web.answers.problems import Refused, problem
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.snapshot import snapshot
from stip_web.public.published import folder, state_of

View = Callable[..., HttpResponse]


def data(view: View) -> View:
    """Make a view that gives data: for everybody, from every page, kept until something changes.

    While publishing stands still it answers 503 with the sentence of the pause; what does not fit is a problem.
    """
    fresh = condition(etag_func=_tag, last_modified_func=_changed)(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notice = stands_still(folder())
        if notice is not None:
            answer = problem(503, notice["sentence"])
        else:
            try:
                answer = fresh(request, *args, **kwargs)
            except Refused as error:
                answer = problem(error.status, error.detail, error.errors)
        kept = answer.status_code in (200, 304)
        answer.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate" if kept else "no-store")
        answer["Access-Control-Allow-Origin"] = "*"  # nothing here belongs to who asks: there is no log-in
        return answer

    return checked


def _tag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    # The form of an answer may hang on what the asker accepts, so that belongs to the tag.
    said = (
        __version__,
        repr(opendata_environment()),
        request.build_absolute_uri(),
        request.headers.get("Accept", ""),
        state_of(folder()),
    )
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _changed(request: HttpRequest, *args: Any, **kwargs: Any) -> datetime | None:
    return snapshot().changed
