# SPDX-License-Identifier: EUPL-1.2
"""Query keys that an address does not know are refused: a filter with a slip in its name must not do nothing."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.operation import Operation
from ninja.params.models import QueryModel

from stip_web.answers.faults import strays
from stip_web.answers.problems import Fault
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
    return strays(request.GET, _KNOWN.get(match.route.removeprefix(f"{PREFIX.lstrip('/')}/") if match else "", {}))


def _route(path: str) -> str:
    return path.lstrip("/").translate(str.maketrans("{}", "<>"))
