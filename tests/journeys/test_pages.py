# SPDX-License-Identifier: EUPL-1.2
"""Each page that somebody may open is accessible and fits, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.accessible import faults_of
from journeys.conftest import DESK, PHONE

PAGES = {
    "": ["/account/login/", "/privacy", "/toegankelijkheid", "/bestaat-niet"],
    "analist": ["/", "/kaart", "/vooruitblik", "/gegevens", "/account/2fa/"],
    "fg": ["/", "/gegevens"],
    "wethouder": ["/", "/kaart", "/vooruitblik"],
    "teamlid": ["/", "/kaart", "/gegevens"],
    "beheerder": ["/", "/beheer", "/beheer/mijn-inzage"],
}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("user", PAGES)
def test_pages_are_accessible_and_fit(
    user: str, viewport: dict[str, int], log_in: Callable[..., Page], look: Callable[[Page, str], None]
) -> None:
    page = log_in(user, viewport=viewport)
    faults: dict[str, list[str]] = {}
    for path in PAGES[user]:
        page.goto(path, wait_until="networkidle")
        look(page, f"{user or 'niemand'}{path.replace('/', '-')}")
        if found := faults_of(page):
            faults[path] = found
    assert faults == {}
