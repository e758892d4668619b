# SPDX-License-Identifier: EUPL-1.2
"""The layers of the workspace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.intakes.layers import layers_of
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.current import current_workspace


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    """Show each layer, its agreement and its date."""
    return page(request, "layers", "layers", {"layers": layers_of(current_workspace())})


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def layers_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as data."""
    columns = {
        "name": "Laag",
        "title": "Naam",
        "source": "Afspraak",
        "things": "Aantal",
        "kinds": "Soorten",
        "observed_last": "Laatst gezien",
        "read_at": "Ingelezen",
        "used": "In de vooruitblik",
    }
    rows = [vars(layer) | {"used": "ja" if layer.used else "nee"} for layer in layers_of(current_workspace())]
    return twin(request, Listing("kaartlagen", columns, rows), form)
