# SPDX-License-Identifier: EUPL-1.2
"""The register of processing, as a page, as data and as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.desk.workbook import as_workbook
from stip_web.oversight.register import COLUMNS, NOT_SAID, rows_of
from stip_web.oversight.tabs import page
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace

READS = (May.RULES_APPROVE, May.RULES_PROPOSE)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show each processing with what article 30 asks."""
    rows = rows_of(current_workspace())
    missing = sum(value == NOT_SAID for row in rows for value in row.values())
    return page(request, "oversight/register.html", "oversight:register", {"rows": rows, "missing": missing})


@needs(*READS)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as JSON, CSV or a workbook."""
    workspace = current_workspace()
    facts = {
        "register": f"Register van verwerkingen (AVG artikel 30), {workspace.settings.town.name}",
        "made": f"{now(workspace):%d-%m-%Y}",
    }
    listing = Listing("verwerkingsregister", COLUMNS, rows_of(workspace), facts)
    if form == "xlsx":
        answer = HttpResponse(
            as_workbook(listing, sheet="Verwerkingen", widths=dict.fromkeys(COLUMNS, 32)), content_type=_XLSX
        )
        answer["Content-Disposition"] = 'attachment; filename="verwerkingsregister.xlsx"'
        return answer
    if form not in ("json", "csv"):
        raise Http404("no such form")
    return twin(request, listing, form)
