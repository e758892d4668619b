# SPDX-License-Identifier: EUPL-1.2
"""Journey 3 of UX.md: prepare the outlook, by mouse, by keyboard only, and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.hands import WAYS, Hands, Keyboard

OPENED = 6
Look = Callable[[Page, str], None]
Take = Callable[[type[Hands], str], Hands]


@pytest.mark.parametrize("way", WAYS)
def test_prepare_the_outlook(way: type[Hands], hands: Take, look: Look) -> None:
    hand = hands(way, "analist")
    page = hand.page
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vooruitblik"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vooruitblik week 37")
    expect(page.locator("main")).to_contain_text("Weinig gegevens")
    expect(page.locator("#kaart canvas").first).to_be_visible()
    _see(page, look, "week")
    week = page.url

    hand.pick(page.get_by_label("Ernaast"), "de laatste 8 weken")
    hand.press(page.get_by_role("button", name="Toon", exact=True))
    expect(page.locator("main")).to_contain_text("naast ‘de laatste 8 weken’")
    hand.press(page.get_by_role("button", name="Alleen verschil"))
    expect(page.get_by_role("heading", name="Verschil met ‘de laatste 8 weken’")).to_be_visible()
    _see(page, look, "difference")
    hand.press(page.get_by_role("button", name="Alleen verschil"))
    expect(page.get_by_role("heading", name="De hoogste vakken")).to_be_visible()
    expect(page.locator("#kaart canvas").first).to_be_visible()

    row = page.locator("tbody tr:not(.changed)", has=page.locator("[data-cell]"))
    names = [each.get_attribute("data-cell") or "" for each in row.locator("[data-cell]").all()[:OPENED]]
    assert len(names) == OPENED
    panel = page.locator("#paneel")
    for name in names:
        link = page.locator(f"[data-cell={name}]").first
        hand.press(link)
        expect(panel).to_be_focused()
        expect(panel).to_contain_text(name)
        expect(panel).to_contain_text("Waarom hier?")
        if name == names[0]:
            _see(page, look, "cell")
        if way is Keyboard:
            page.keyboard.press("Escape")
            expect(link).to_be_focused()
        else:
            hand.press(panel.get_by_role("button", name="Sluiten"))
        expect(panel).to_be_hidden()

    drop, add = names[0], names[-1]
    hand.press(page.locator(f"[data-cell={drop}]").first)
    expect(panel).to_contain_text(drop)
    hand.press(panel.get_by_role("link", name="Wijzigen"))
    why = f"De werkzaamheden zijn klaar ({way.__name__.lower()})."
    _change(hand, "Laten vervallen", why, look)

    page.goto(week)
    hand.tick(page.locator(f"input[name=vak][value={add}]").first)
    hand.press(page.get_by_role("button", name="Gekozen vakken wijzigen"))
    expect(page.locator("[name=cells]")).to_have_value(add)
    fair = f"Zaterdag is er kermis op het plein ({way.__name__.lower()})."
    _change(hand, "Toevoegen", fair, look)

    table = page.get_by_role("region", name="Wijzigingen")
    for reason, cell in ((why, drop), (fair, add)):
        told = table.locator("tr", has_text=reason)
        expect(told).to_contain_text(cell)
        expect(told).to_contain_text("Analist", ignore_case=True)
    _see(page, look, "changes")
    page.goto(week, wait_until="networkidle")
    for cell, mark in ((drop, "×"), (add, "+")):
        marked = page.locator("tr.changed", has_text=cell)
        expect(marked).to_contain_text(mark)
        expect(marked).to_contain_text("en")  # what the model said stays beside it
    _see(page, look, "marked")


@pytest.mark.parametrize("way", WAYS)
def test_after_a_failed_run_the_plain_count_is_offered(way: type[Hands], hands: Take, look: Look) -> None:
    hand = hands(way, "analist")
    page = hand.page
    page.goto("/vooruitblik/maken")
    week = page.locator("input[name=week]")
    hand.write(week, "")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("2024-w01")
    hand.press(page.get_by_role("button", name="Vooruitblik maken"))
    expect(page.locator("#voortgang")).to_contain_text("De vooruitblik is niet gemaakt")
    expect(page.get_by_role("button", name="Gewone telling gebruiken")).to_be_visible()
    expect(page.locator("#voortgang")).to_contain_text("dat dit geen vooruitblik van het model is")
    _see(page, look, "failed")


def _change(hand: Hands, kind: str, why: str, look: Look) -> None:
    page = hand.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Plek wijzigen")
    hand.tick(page.get_by_label(kind))
    hand.write(page.get_by_label("Waarom?"), why)
    _see(page, look, "change")
    hand.press(page.get_by_role("button", name="Wijziging vastleggen"))
    expect(page.get_by_role("status").first).to_contain_text("vastgelegd")


def _see(page: Page, look: Look, name: str) -> None:
    look(page, f"outlook-{name}")
    assert faults_of(page) == []
