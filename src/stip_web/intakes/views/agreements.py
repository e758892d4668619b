# SPDX-License-Identifier: EUPL-1.2
"""The agreements, as a privacy officer reads them; and what the gate does by them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip.agreements import (
    Agreement,
    Kind,
    Remark,
    Weight,
    agreements_of,
    is_paused,
    last_retention,
    review,
    unread_retention_runs,
)
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.gate_words import what_becomes
from stip_web.intakes.headings import ROLE_WORDS, incident_agreements
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace

KINDS = {
    Kind.INCIDENTS: "meldingen",
    Kind.LAYER: "kaartlaag",
    Kind.AREAS: "gebieden",
    Kind.ADDRESSES: "adressen",
    Kind.COUNTS: "aantallen",
}


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Show each agreement with what is still to be settled."""
    workspace = current_workspace()
    remarks = review(workspace, on=today(workspace))
    general = [remark for remark in remarks if not remark.source]
    return page(request, "agreements", "agreements", {"rows": _rows(remarks), "general": general})


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def agreements_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as data."""
    workspace = current_workspace()
    columns = {
        "source": "Afspraak",
        "title": "Naam",
        "kind": "Wat",
        "purposes": "Doelen",
        "legal_basis": "Grondslag",
        "controller": "Verantwoordelijk",
        "dpia": "DPIA",
        "valid_from": "Geldig vanaf",
        "valid_until": "Geldig tot en met",
        "retention_months": "Bewaartermijn (maanden)",
        "precision_m": "Precisie (m)",
        "open": "Nog te regelen",
        "faults": "Fout",
    }
    rows = _rows(review(workspace, on=today(workspace)))
    return twin(request, Listing("afspraken", columns, rows), form)


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def agreement(request: HttpRequest, name: str) -> HttpResponse:
    """Show one agreement whole."""
    workspace = current_workspace()
    held = agreements_of(workspace).get(name)
    if held is None:
        raise Http404
    columns = []
    for heading, column in held.columns.items():
        after, how = what_becomes(column.role, held, workspace.settings)
        columns.append(
            {"heading": heading, "names": column.names, "role": ROLE_WORDS[column.role], "after": after, "how": how}
        )
    remarks = [remark for remark in review(workspace, on=today(workspace)) if remark.source == name]
    facts = {
        "agreement": held,
        "kind": KINDS[held.kind],
        "columns": columns,
        "refused": sorted(held.why_refused.items()),
        "remarks": remarks,
        "paused": is_paused(workspace, f"source:{name}"),
        "last_retention": last_retention(workspace, source=name),
        "unread": unread_retention_runs(workspace),
        "is_incidents": held.kind is Kind.INCIDENTS,
    }
    return page(request, "agreement", "agreements", facts)


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def gate(request: HttpRequest) -> HttpResponse:
    """Say in words what the gate does, for every source and for each."""
    workspace = current_workspace()
    sources = []
    for name, held in incident_agreements(workspace).items():
        columns = [
            (heading, *what_becomes(column.role, held, workspace.settings))
            for heading, column in held.columns.items()
        ]
        sources.append({"name": name, "agreement": held, "columns": columns, "refused": len(held.why_refused)})
    facts = {
        "sources": sources,
        "intake": workspace.settings.intake,
        "limit": 100 * workspace.settings.intake.refused_limit,
        "socio": workspace.settings.link.allow_socio_economic,
    }
    return page(request, "gate", "gate", facts)


def _rows(remarks: list[Remark]) -> list[dict[str, Any]]:
    return [_row(name, held, remarks) for name, held in agreements_of(current_workspace()).items()]


def _row(name: str, held: Agreement, remarks: list[Remark]) -> dict[str, Any]:
    own = [remark for remark in remarks if remark.source == name]
    return {
        "source": name,
        "title": held.title,
        "kind": KINDS[held.kind],
        "purposes": ", ".join(held.purposes),
        "legal_basis": held.legal_basis,
        "controller": held.controller,
        "dpia": held.dpia,
        "valid_from": held.valid_from,
        "valid_until": held.valid_until,
        "retention_months": held.retention_months,
        "precision_m": held.precision_m or None,
        "open": sum(remark.weight is Weight.OPEN for remark in own),
        "faults": sum(remark.weight is Weight.FAULT for remark in own),
    }
