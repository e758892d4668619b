# SPDX-License-Identifier: EUPL-1.2
"""Every page of the site that a user of the demo may open, found by its addresses: a new page is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

FILLED = (
    "/kaart?soort=bicycle_theft&van=2026-08-03&tot=2026-08-30",
    "/kaart?weergave=dichtheid&straal=500",
    "/kaart?adres=station",
    "/kaart/lijst?blad=2",
    "/kaart/lijst?van=2020-01-01&tot=2020-01-31",
    "/kaart/vergelijk?van=2026-08-03&tot=2026-08-30&vergelijk_van=2026-07-06&vergelijk_tot=2026-08-02",
    "/kaart/weergaven/nieuw?soort=bicycle_theft",
    "/gegevens/bronnen/bvh",
    "/gegevens/afspraken/bvh",
    "/vooruitblik/2026-w37/lijst",
    "/vooruitblik/2026-w37/wijzigingen",
    "/vooruitblik/2026-w37/wijzigen",
    "/weekplan/2026-w37/briefing",
    "/signalen?stand=alles",
    "/toezicht/vragen/wekelijkse-aantallen-anoniem",
    "/signalen/87f5a1fb3b405f249b930878d4ee60e8",
    "/signalen/e636516ba693569a953c47cffd544ca6",
    "/signalen/be74b6b241fb50788ddb28dfdf676a80",
    "/weekplan/2026-w36",
    "/weekplan/2026-w37",
    "/weekplan/2026-w37/uren",
    "/weekplan/2026-w37/voorstel",
    "/weekplan/2026-w37/eigen?buurt=BU99990001",
    "/weekplan/2026-w37/vaststellen",
    "/weekplan/2026-w36/versies",
    "/weekplan/2026-w36/terugkoppeling",
    "/weekplan/2026-w50",
    "/beheer/gebruikers/1",
    "/beheer/rollen/1",
    "/gebied/WK999900",
    "/kaart?van=gisteren",
    "/vooruitblik?alleen=verschil",
    "/bestaat-niet",
)
"""Pages with something in their address, and the page that is not there."""
DEMO_USERS = ("analist", "coordinator", "teamlid", "fg", "wethouder", "beheerder")


def plain_addresses() -> list[str]:
    """Give every address that takes no argument."""
    return sorted({f"/{route}" for route in _routes(get_resolver()) if not set(route) & set("<(^$")})


def pages_of(page: Page) -> Iterator[str]:
    """Give each page that who is logged in may open; twins, tiles and pages that lead elsewhere are none."""
    for path in (*plain_addresses(), *FILLED):
        answer = page.request.get(path, max_redirects=0)
        shown = answer.status in (200, 404) if path in FILLED else answer.status == 200
        if shown and answer.headers.get("content-type", "").startswith("text/html"):
            yield path


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _routes(entry, route)
