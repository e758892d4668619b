# SPDX-License-Identifier: EUPL-1.2
"""How fresh each source is, and the page of one source."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip.agreements import Kind, agreements_of, is_paused
from stip.store import batches, layer_names, read_layer
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.layers import Layer, layers_of
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.freshness import Freshness, freshness

STATES = {"late": "te laat", "fresh": "op tijd", "never": "nog niet geleverd", "paused": "op pauze"}


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show each source, whether it is late, and the layers."""
    workspace = current_workspace()
    moment = now(workspace)
    rows = [_row(source) for source in freshness(workspace, moment)]
    return page(request, "board", "board", {"rows": rows, "now": moment, "layers": layers_of(workspace)})


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def board_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as data."""
    workspace = current_workspace()
    moment = now(workspace)
    columns = {
        "source": "Bron",
        "title": "Naam",
        "state": "Stand",
        "rhythm": "Ritme",
        "last": "Laatste levering",
        "expected": "Volgende verwacht",
        "deliveries": "Leveringen",
    }
    rows = [_row(source) for source in freshness(workspace, moment)]
    return twin(request, Listing("bronnen", columns, rows, {"Stand van": moment}), form)


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def source(request: HttpRequest, name: str) -> HttpResponse:
    """Show what came of one source."""
    workspace = current_workspace()
    agreement = agreements_of(workspace).get(name)
    if agreement is None:
        raise Http404
    fresh = next((one for one in freshness(workspace, now(workspace)) if one.source == name), None)
    held = [manifest for manifest in batches(workspace) if manifest.get("source") == name]
    layers: list[Layer] = []
    if agreement.kind is Kind.LAYER:
        of = {layer for layer in layer_names(workspace) if name in set(read_layer(workspace, layer)["source"])}
        layers = [layer for layer in layers_of(workspace) if layer.name in of]
    facts: dict[str, Any] = {
        "agreement": agreement,
        "is_incidents": agreement.kind is Kind.INCIDENTS,
        "row": _row(fresh) if fresh else None,
        "paused": is_paused(workspace, f"source:{name}"),
        "deliveries": [delivery(manifest) for manifest in reversed(held)][:12],
        "layers": layers,
    }
    return page(request, "source", "board", facts)


def delivery(manifest: dict[str, Any]) -> dict[str, Any]:
    """Give what a list tells of a delivery."""
    when = manifest.get("received_at")
    period = manifest.get("period")
    counts = ("rows", "accepted", "repaired", "refused", "not_ours", "new", "corrected", "incidents")
    return {
        "batch_id": str(manifest["batch_id"]),
        "source": str(manifest.get("source", "")),
        "file": str(manifest.get("file", "")),
        "received_at": datetime.fromisoformat(str(when)) if when else None,
        "first": datetime.fromisoformat(period[0]).date() if period else None,
        "last": datetime.fromisoformat(period[1]).date() if period else None,
        **{name: int(manifest.get(name) or 0) for name in counts},
    }


def _row(source: Freshness) -> dict[str, Any]:
    code = "late" if source.late else "fresh" if source.last else "never"
    if is_paused(current_workspace(), f"source:{source.source}"):
        code = "paused"
    return {
        "source": source.source,
        "title": source.title,
        "code": code,
        "state": STATES[code],
        "rhythm": source.rhythm_in_words,
        "last": source.last,
        "expected": source.expected,
        "deliveries": source.deliveries,
        "sentence": source.sentence if source.late else "",
    }
