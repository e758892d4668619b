# SPDX-License-Identifier: EUPL-1.2
"""How good what came in is: how well it was tied together, what was refused, how wide the time windows are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.quality import LINKS, quality_of
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace


@needs(May.DATA_READ, May.DATA_IMPORT)
@reads_incidents("kwaliteit")
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show the whole account of quality."""
    workspace = current_workspace()
    return page(request, "quality", "quality", {"quality": quality_of(workspace, today(workspace))})


@needs(May.DATA_READ, May.DATA_IMPORT)
@reads_incidents("kwaliteit")
@require_safe
def quality_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give how well things were tied together, as data."""
    workspace = current_workspace()
    columns = {
        "link": "Wat",
        "subject": "Waarmee",
        "total": "Samen",
        "matched": "Past",
        "ambiguous": "Past op meer",
        "unmatched": "Past niet",
    }
    found = quality_of(workspace, today(workspace))
    rows = [row | {"link": LINKS[row["link"]]} for row in found.links]
    return twin(request, Listing("kwaliteit", columns, rows, {"Niet te maken": found.missing or "niets"}), form)
