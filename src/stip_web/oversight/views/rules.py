# SPDX-License-Identifier: EUPL-1.2
"""The gate, for who oversees it: rules in words, what it did, and ten reports before and after."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.gate_words import what_becomes
from stip_web.intakes.headings import ROLE_WORDS, incident_agreements
from stip_web.oversight.account import DELIVERIES, deliveries_of, destroyed_files, retention_runs
from stip_web.oversight.sample import changed, sample_of
from stip_web.oversight.tabs import page
from stip_web.workspaces.current import current_workspace

READS = (May.RULES_APPROVE, May.RULES_PROPOSE)
_SHOWN = 20


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the rules of each source, and what was refused, coarsened and destroyed."""
    workspace = current_workspace()
    sources = [
        {
            "name": name,
            "agreement": held,
            "columns": [
                (heading, ROLE_WORDS[column.role], *what_becomes(column.role, held, workspace.settings))
                for heading, column in held.columns.items()
            ],
            "refused": sorted(held.why_refused.items()),
        }
        for name, held in incident_agreements(workspace).items()
    ]
    done = deliveries_of(workspace)
    context = {
        "sources": sources,
        "deliveries": done[:_SHOWN],
        "deliveries_all": len(done),
        "destroyed": destroyed_files()[:_SHOWN],
        "runs": retention_runs(workspace)[:_SHOWN],
    }
    return page(request, "oversight/rules.html", "oversight:rules", context)


@needs(*READS)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give what the gate did as data."""
    if form not in ("json", "csv"):
        raise Http404("no such form")
    return twin(request, Listing("poort", DELIVERIES, deliveries_of(current_workspace())), form)


@needs(May.RULES_APPROVE)
@require_safe
@reads_incidents("toezicht")
def sample(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Show ten reports of a delivery, column by column, before and after the gate."""
    asked = request.GET.get("trekking", "")
    drawn = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else None
    found = sample_of(current_workspace(), batch_id, drawn=drawn)
    if found is None:
        raise Http404("no such delivery")
    context = {"sample": found, "counts": changed(found.rows[0]) if found.rows else None}
    return page(request, "oversight/sample.html", "oversight:rules", context)
