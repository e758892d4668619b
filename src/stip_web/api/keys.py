# SPDX-License-Identifier: EUPL-1.2
"""Query keys that an address does not know are refused: a filter with a slip in its name must not do nothing."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.operation import Operation
from ninja.params.models import QueryModel

from stip_web.api.problems import Fault, fault
from stip_web.api.version import PREFIX

_KNOWN: dict[str, dict[str, bool]] = {}
"""By route, the keys that it knows, and whether each may stand there more than once."""


def know_keys(operation: Operation) -> None:
    """Remember which query keys an operation has; ninja calls this when it makes one."""
    known: dict[str, bool] = {}
    for model in operation.models:
        if issubclass(model, QueryModel):
            lists = set(getattr(model, "__ninja_collection_fields__", ()))
            known |= {key: key in lists for key in getattr(model, "__ninja_flatten_map__", {})}
    _KNOWN[_route(operation.path)] = known


def stray_keys(request: HttpRequest) -> list[Fault]:
    """Return a fault for each key that is not known here, or stands twice where one is meant."""
    match = request.resolver_match
    known = _KNOWN.get(match.route.removeprefix(f"{PREFIX.lstrip('/')}/") if match else "", {})
    faults = []
    for key, values in request.GET.lists():
        if key not in known:
            told = ", ".join(known) or "geen enkele"
            said = f"Een sleutel die dit adres niet kent. Wel: {told}."
            faults.append(fault("query", "?", "unknown_key", said))
        elif len(values) > 1 and not known[key]:
            faults.append(fault("query", key, "repeated_key", "Dit mag er maar één keer staan."))
    return faults


def _route(path: str) -> str:
    return path.lstrip("/").translate(str.maketrans("{}", "<>"))
