# SPDX-License-Identifier: EUPL-1.2
"""Journey 2: is it getting worse here? By mouse, by keyboard only, on a phone; the same numbers in each form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.conftest import DESK, PHONE

PAGES = {
    "analist": [
        "/kaart?soort=vandalism&adres=Nergens+1",
        "/kaart/lijst",
        "/kaart/lijst?van=2001-01-01&tot=2001-02-01",
        "/kaart/grafiek",
        "/kaart/herkomst",
        "/kaart/vergelijk",
        "/kaart/plek",
        "/kaart/uitvoer",
        "/kaart/weergaven",
        "/kaart/weergaven/nieuw",
        "/gebied/WK999900",
        "/kaart?van=gisteren",
    ],
    "wethouder": ["/kaart/lijst", "/kaart/vergelijk"],
}
COUNT = re.compile(r"[\d.]+ van [\d.]+ meldingen")


def shown(page: Page) -> str:
    found = COUNT.search(page.locator("[data-count-text]").inner_text())
    assert found
    return found[0]


def map_is_ready(page: Page) -> None:
    expect(page.locator("#stand")).to_have_attribute("data-staat", re.compile("goed|niets"), timeout=60_000)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("user", PAGES)
def test_pages_are_accessible_and_fit(
    user: str, viewport: dict[str, int], log_in: Callable[..., Page], look: Callable[[Page, str], None]
) -> None:
    page = log_in(user, viewport=viewport)

    def faults_on(path: str) -> list[str]:
        page.goto(path, wait_until="networkidle")
        look(page, f"kaart-{user}-{PAGES[user].index(path)}")
        return faults_of(page)

    assert {path: faults_on(path) for path in PAGES[user]} == dict.fromkeys(PAGES[user], [])


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_an_analyst_asks_compares_and_shares(
    viewport: dict[str, int], log_in: Callable[..., Page], look: Callable[[Page, str], None]
) -> None:
    page = log_in("analist", viewport=viewport)
    page.goto("/kaart")
    map_is_ready(page)
    whole = shown(page)
    page.locator("input[name=soort][value=vandalism]").check()
    page.locator("input[name=soort][value=bicycle_theft]").check()
    page.get_by_text("Wijk en buurt").click()
    page.locator("input[name=gebied]").first.check()
    expect(page.locator("[data-count-text]")).not_to_have_text(whole)
    page.wait_for_url(re.compile("gebied="))
    here = shown(page)
    look(page, "kaart-gekozen")

    for tab in ("Lijst", "Grafiek", "Herkomst"):
        page.get_by_role("navigation", name="Weergaven van dezelfde meldingen").get_by_role("link", name=tab).click()
        assert shown(page) == here
    page.get_by_role("link", name="Vergelijken").click()
    expect(page.get_by_role("heading", name="Alles samen")).to_contain_text("→")

    page.get_by_role("link", name="Lijst", exact=True).click()
    page.get_by_role("link", name="Bewaar deze weergave").click()
    page.get_by_label("Naam van de weergave").fill("Binnenstad, inbraak en fietsen")
    page.get_by_role("button", name="Weergave bewaren").click()
    link = page.locator("code").last.inner_text()
    page.goto(link)
    assert shown(page) == here

    colleague = log_in("wethouder")
    colleague.goto(link)
    expect(colleague.locator(".state--hidden")).to_contain_text("grove kaart")


def test_the_same_by_keyboard_only(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    page.goto("/kaart")
    map_is_ready(page)
    whole = shown(page)
    page.locator("input[name=soort][value=vandalism]").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-count-text]")).not_to_have_text(whole)
    chosen = shown(page)
    last = page.get_by_role("slider", name="Eerste week")
    last.focus()
    page.keyboard.press("PageUp")
    expect(page.locator("[data-count-text]")).not_to_have_text(chosen)
    assert page.locator("input[name=van]").input_value()
    page.locator("#kaart").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#paneel")).to_be_visible()
    page.keyboard.press("Tab")  # no trap: focus leaves the map
    assert page.evaluate("document.activeElement.id") != "kaart"
    page.get_by_role("link", name="Lijst", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lijst")


def test_a_drawn_area_counts_the_same_on_the_map_and_in_the_list(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    page.goto("/kaart")
    map_is_ready(page)
    whole = shown(page)
    page.get_by_label("Cirkel om het midden").select_option("500")
    expect(page.locator("[data-count-text]")).not_to_have_text(whole)
    page.wait_for_url(re.compile("vlak="))
    drawn = shown(page)
    page.get_by_role("link", name="Lijst", exact=True).click()
    assert shown(page) == drawn


def test_the_counts_of_script_and_server_are_the_same(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    read = (
        "() => Object.fromEntries("
        "[...document.querySelectorAll('[data-count]')].map(each => [each.dataset.count, each.textContent]))"
    )
    query = (
        "soort=vandalism&soort=drugs&uur=18-23&uur=22-3&dag=vr&dag=za&gebied=WK999900&van=2026-01-05&tot=2026-08-30"
    )
    page.goto(f"/kaart?{query}")
    map_is_ready(page)
    by_script = page.evaluate(read)
    page.goto(f"/kaart/lijst?{query}")
    assert json.dumps(page.evaluate(read)) == json.dumps(by_script)
