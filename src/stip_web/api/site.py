# SPDX-License-Identifier: EUPL-1.2
"""The API itself: its operations, its way to say no, and nobody let in who was not asked who he is."""

from __future__ import annotations

from ninja import NinjaAPI

from stip_web.api.handlers import add_handlers
from stip_web.api.operation import nobody
from stip_web.api.resources import areas, counts, health, incidents, layers, outlook, plan, record, sources, weeks
from stip_web.api.version import VERSION

ROUTERS = tuple(
    resource.router for resource in (incidents, counts, areas, layers, weeks, outlook, plan, record, sources, health)
)

api = NinjaAPI(
    title="Stip",
    version=VERSION,
    description=(
        "What the site shows, for programs: incidents as dots, the outlook, the week plan and how it turned out. "
        "What somebody may not see on a page, no token of that person sees here. Sentences for people are Dutch."
    ),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=nobody,
)
add_handlers(api)
for router in ROUTERS:
    api.add_router("", router)
