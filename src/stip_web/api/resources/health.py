# SPDX-License-Identifier: EUPL-1.2
"""Whether the API can answer, for the machine that watches it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router

from stip_web.answers.problems import Refused
from stip_web.api.operation import ANYBODY, operation
from stip_web.api.schemas import Body
from stip_web.desk.health import ready

router = Router(tags=["health"])


class Health(Body):
    """That all is well; tells nothing else."""

    status: Literal["ok"]


@operation(router, "/health", permission=ANYBODY, returns=Health, also=(503,), summary="Whether the API can answer")
def get_health(request: HttpRequest) -> dict[str, str]:
    """Say that database and workspace can be used; 503 when one cannot."""
    if ready(request).status_code != 200:
        raise Refused(503, "De database of de werkmap is niet bereikbaar. /gezondheid/klaar zegt welke.")
    return {"status": "ok"}
