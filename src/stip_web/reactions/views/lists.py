# SPDX-License-Identifier: EUPL-1.2
"""The list of messages and its twins; looking at it brings in what waits in the inbox."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import twin
from stip_web.oversight.tabs import page as tabbed
from stip_web.reactions.arriving import take_in, unreadable
from stip_web.reactions.destroying import destroy_old
from stip_web.reactions.keys import make_key
from stip_web.reactions.listing import STANDINGS, messages_listing, rows_of
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace

FORMS = ("json", "csv")


@needs(May.MESSAGE_READ)
@require_safe
@reads_incidents("berichten")
def page(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, what is late, or everything."""
    workspace = current_workspace()
    make_key(workspace)
    take_in(workspace)
    destroy_old(now(workspace))
    standing = _standing(request)
    every = rows_of(workspace, "all")
    context = {
        "rows": rows_of(workspace, standing),
        "standing": standing,
        "standings": STANDINGS,
        "late": sum(row.late for row in every),
        "forgotten": sum(row.forgotten for row in every),
        "any": bool(every),
        "unreadable": unreadable(),
    }
    return tabbed(request, "reactions/list.html", "reactions:list", context)


@needs(May.MESSAGE_READ)
@require_safe
@reads_incidents("berichten")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same rows, by the same choice, as JSON or CSV; what people wrote is in neither."""
    if form not in FORMS:
        raise Http404("no such form")
    standing = _standing(request)
    return twin(request, messages_listing(rows_of(current_workspace(), standing), standing), form)


def _standing(request: HttpRequest) -> str:
    asked = request.GET.get("stand", "open")
    return asked if asked in STANDINGS else "open"
