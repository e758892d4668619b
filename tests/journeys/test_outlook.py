# SPDX-License-Identifier: EUPL-1.2
"""Journey 3: an analyst prepares the outlook, by mouse, by keyboard only, on a phone; each page is accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.conftest import DESK, PHONE

WEEK = "/vooruitblik/2026-w37"
PAGES = {
    "analist": [
        WEEK,
        f"{WEEK}?soort=home_burglary&ernaast=recent_mean&verschil=ja",
        f"{WEEK}/lijst?klasse=5&verschil=nee",
        f"{WEEK}/wijzigingen",
        f"{WEEK}/wijzigen",
        "/vooruitblik/trackrecord",
        "/vooruitblik/model",
        "/vooruitblik/maken",
    ],
    "coordinator": [WEEK, f"{WEEK}/wijzigen"],
    "wethouder": [WEEK, "/vooruitblik/trackrecord", "/vooruitblik/model"],
}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("user", PAGES)
def test_pages_are_accessible_and_fit(
    user: str, viewport: dict[str, int], log_in: Callable[..., Page], look: Callable[[Page, str], None]
) -> None:
    page = log_in(user, viewport=viewport)

    def faults_on(path: str) -> list[str]:
        page.goto(path, wait_until="networkidle")
        look(page, f"vooruitblik-{user}-{PAGES[user].index(path)}")
        return faults_of(page)

    assert {path: faults_on(path) for path in PAGES[user]} == dict.fromkeys(PAGES[user], [])


def test_an_analyst_drops_one_and_adds_one(log_in: Callable[..., Page], look: Callable[[Page, str], None]) -> None:
    page = log_in("analist")
    page.get_by_role("link", name="Vooruitblik", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vooruitblik week 37")
    expect(page.locator("#kaart canvas").first).to_be_visible()
    page.get_by_role("button", name="Alleen verschil").click()
    expect(page.get_by_role("heading", name="Verschil met")).to_be_visible()
    page.get_by_role("button", name="Alleen verschil").click()

    first = page.locator("a[data-cell]").first
    name = first.inner_text()
    first.click()
    panel = page.locator("#paneel")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Waarom hier?")
    look(page, "vooruitblik-paneel")
    assert faults_of(page) == []
    panel.get_by_role("link", name="Wijzigen").click()
    page.get_by_label("Laten vervallen").check()
    page.get_by_label("Waarom?").fill("De werkzaamheden zijn klaar.")
    page.get_by_role("button", name="Wijziging vastleggen").click()
    expect(page.get_by_role("status")).to_contain_text("vastgelegd")
    expect(page.get_by_role("table")).to_contain_text("De werkzaamheden zijn klaar.")

    page.goto(WEEK)
    expect(page.locator("tr.changed")).to_contain_text(name)
    page.locator("tbody input[type=checkbox]").nth(4).check()
    page.get_by_role("button", name="Gekozen vakken wijzigen").click()
    page.get_by_label("Toevoegen").check()
    page.get_by_label("Waarom?").fill("Kermis, meldt mevrouw Jansen.")
    page.get_by_role("button", name="Wijziging vastleggen").click()
    expect(page.get_by_role("alert")).to_contain_text("persoon of adres")
    page.get_by_label("Waarom?").fill("Zaterdag is er kermis op het plein.")
    page.get_by_role("button", name="Wijziging vastleggen").click()
    expect(page.get_by_role("table")).to_contain_text("Zaterdag is er kermis op het plein.")
    page.goto(WEEK, wait_until="networkidle")
    look(page, "vooruitblik-gewijzigd")
    expect(page.locator("tr.changed")).to_have_count(2)


def test_by_keyboard_only_on_a_phone(log_in: Callable[..., Page]) -> None:
    page = log_in("analist", viewport=PHONE)
    page.goto(f"{WEEK}/lijst?klasse=4", wait_until="networkidle")
    box = page.locator("tbody input[type=checkbox]").first
    _tab_to(page, "tbody input[type=checkbox]")
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    _tab_to(page, "#kies button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WEEK}/wijzigen?vak=*")
    _tab_to(page, "[name=kind]")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
        if page.locator("#kind_lower").is_checked():
            break
    expect(page.locator("#kind_lower")).to_be_checked()
    _tab_to(page, "[name=reason]")
    page.keyboard.type("Hier staat deze week een bouwhek.")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WEEK}/wijzigingen")
    expect(page.get_by_role("table")).to_contain_text("Hier staat deze week een bouwhek.")


def test_the_map_gives_the_focus_back(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    page.goto(WEEK, wait_until="networkidle")
    expect(page.locator("#kaart canvas").first).to_be_visible()
    assert page.locator(".outlook-map__still").count() == 0
    link = page.locator("a[data-cell]").nth(3)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#paneel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#paneel")).to_be_hidden()
    expect(link).to_be_focused()
    box = page.locator("#kaart").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#paneel")).to_be_focused()
    expect(page.locator("#paneel")).to_contain_text("Vak E")
    page.keyboard.press("Escape")
    expect(page.locator("#kaart")).to_be_focused()


def test_an_outlook_is_made_in_the_background(log_in: Callable[..., Page]) -> None:
    page = log_in("analist")
    page.goto(WEEK)
    page.get_by_role("link", name="Vooruitblik maken").click()
    page.get_by_role("button", name="Vooruitblik maken").click()
    expect(page.locator("#voortgang")).to_contain_text("Klaar.", timeout=120_000)
    assert faults_of(page) == []
    page.get_by_role("link", name="Naar de vooruitblik").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vooruitblik week 37")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector finds."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")
