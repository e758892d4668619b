# SPDX-License-Identifier: EUPL-1.2
"""The map of the outlook keeps the focus where it was, and an outlook is made while one goes on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from journeys.accessible import faults_of

WEEK = "/vooruitblik/2026-w37"


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
    page.locator("#kaart").click()
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
