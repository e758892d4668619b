# SPDX-License-Identifier: EUPL-1.2
"""The deliveries in the workspace, the report of one, and taking one back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from stip.errors import StipError
from stip.intake import REFUSED, REPAIRED
from stip.store import Manifest, batches
from stip.words import number
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.actions import UndoDelivery
from stip_web.intakes.models import Upload
from stip_web.intakes.views.board import delivery
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.current import current_workspace


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show every delivery, newest first."""
    rows = [delivery(manifest) for manifest in reversed(batches(current_workspace()))]
    return page(request, "deliveries", "deliveries", {"rows": rows, "total": sum(row["incidents"] for row in rows)})


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def deliveries_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as data."""
    columns = {
        "batch_id": "Levering",
        "source": "Afspraak",
        "file": "Bestand",
        "received_at": "Ontvangen",
        "first": "Eerste melding",
        "last": "Laatste melding",
        "rows": "Rijen",
        "accepted": "Goed",
        "repaired": "Hersteld",
        "refused": "Geweigerd",
        "new": "Nieuw",
        "corrected": "Verbeterd",
        "incidents": "Opgeslagen",
    }
    rows = [delivery(manifest) for manifest in reversed(batches(current_workspace()))]
    return twin(request, Listing("leveringen", columns, rows), form)


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def one(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Show what became of the rows of one delivery."""
    manifest = _manifest(batch_id)
    told = {rule.code: rule for rule in (*REFUSED, *REPAIRED)}
    rules = {
        kind: [
            {
                "what": told[code].what if code in told else code,
                "advice": told[code].advice if code in told else "",
                "rows": rows,
            }
            for code, rows in (manifest.get(f"{kind}_rules") or {}).items()
        ]
        for kind in ("refused", "repaired")
    }
    labels = current_workspace().settings.crime_types
    types = [
        (labels[kind].label if kind in labels else kind, rows)
        for kind, rows in (manifest.get("by_type") or {}).items()
    ]
    facts = {
        "row": delivery(manifest),
        "rules": rules,
        "types": types,
        "upload": Upload.objects.filter(batch_id=batch_id, state=Upload.State.PUBLISHED).first(),
        "retention_on": datetime.fromisoformat(manifest["retention_on"]) if manifest.get("retention_on") else None,
    }
    return page(request, "delivery", "deliveries", facts)


@needs(May.DATA_IMPORT)
@require_POST
def undo(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Take a delivery back, with a reason."""
    _manifest(batch_id)
    try:
        manifest = UndoDelivery(user_of(request), batch_id=batch_id, why=request.POST.get("reden", "")).run()
    except StipError as error:
        messages.error(request, str(error))
        return redirect("intakes:delivery", batch_id)
    held = number(int(manifest.get("incidents") or 0))
    messages.success(
        request,
        f"Levering {batch_id} is teruggedraaid: {held} meldingen. Wat zij had verbeterd, is weer als daarvoor.",
    )
    return redirect("intakes:deliveries")


def _manifest(batch_id: str) -> Manifest:
    for manifest in batches(current_workspace()):
        if manifest["batch_id"] == batch_id:
            return manifest
    raise Http404
