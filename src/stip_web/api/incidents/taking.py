# SPDX-License-Identifier: EUPL-1.2
"""Looking or taking along: rows that leave the site, or more than a screen holds, are an export like a file is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from stip_web.accounts.permissions import Permission as May
from stip_web.answers.problems import Refused
from stip_web.api.callers import caller_of
from stip_web.api.parameters import Paging
from stip_web.dots.actions import ExportDots

LOOK = 1000
"""Most rows in one answer that a person on the site looks at; more is taking along."""

_FORM = "api"


def takes_along(request: HttpRequest, paging: Paging) -> bool:
    """Whether these rows are taken along: by a program, or so many that nobody looks at them."""
    return caller_of(request).program or paging.limit > LOOK


def activity_of(request: HttpRequest, *, paging: Paging, **_: Any) -> str:
    """Name the activity of the processing register that a call for incidents is.

    Raises
    ------
    Refused
        With 403 when they are taken along without the permission for it.
    """
    if not takes_along(request, paging):
        return "kaart"
    if not caller_of(request).may(May.DOTS_EXPORT):
        rows = f"{LOOK:,}".replace(",", ".")
        raise Refused(
            403,
            f"Dit is meldingen meenemen: met een token, of meer dan {rows} rijen tegelijk. Uw rol, of dit token, "
            "geeft dat recht niet. Tellingen mogen wel: /api/v1/incidents/counts.",
        )
    return "kaart-uitvoer"


def write_taken(request: HttpRequest, count: int, *, fine: bool) -> None:
    """Write in the log that rows were taken along; without that line they are not handed out."""
    query = request.GET.copy()
    query.pop("cursor", None)
    ExportDots(caller_of(request).owner, form=_FORM, count=count, query=query.urlencode(), fine=fine).run()
