# SPDX-License-Identifier: EUPL-1.2
"""Journey 4 of UX.md: make and publish the week plan, by mouse, by keyboard only, and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.accessible import faults_of
from journeys.hands import Finger, Hands, Keyboard, Mouse

Look = Callable[[Page, str], None]
Take = Callable[[type[Hands], str], Hands]
MOST_PRESSES = 34
"""From the menu to a plan that stands: presses, choices and fields, counted by `Counted`."""


class Counted:
    """Counts what a hand does."""

    def __init__(self, hand: Hands) -> None:
        self.hand, self.steps = hand, 0

    def press(self, locator: Locator) -> None:
        """Press, and count."""
        self.steps += 1
        self.hand.press(locator)

    def tick(self, locator: Locator) -> None:
        """Tick, and count."""
        self.steps += 1
        self.hand.tick(locator)

    def write(self, locator: Locator, text: str) -> None:
        """Write in place of what stands there, and count."""
        self.steps += 1
        self.hand.write(locator, "")
        self.hand.page.keyboard.press("Control+A")
        self.hand.page.keyboard.insert_text(text)

    def pick(self, locator: Locator, label: str) -> None:
        """Pick, and count."""
        self.steps += 1
        self.hand.pick(locator, label)


@pytest.mark.parametrize("way", [Mouse])
def test_make_and_publish_the_week_plan(way: type[Hands], hands: Take, look: Look) -> None:
    hand = Counted(hands(way, "coordinator"))
    page = hand.hand.page
    _open(hand)
    expect(page.locator("main")).to_contain_text("Concept: nog niet vastgesteld")
    _see(page, look, "concept")

    hand.press(page.get_by_role("link", name="Uren aanpassen"))
    hand.write(page.get_by_label("Uren in deze week"), "96")
    _see(page, look, "hours")
    hand.press(page.get_by_role("button", name="Uren verdelen"))
    expect(page.locator("main")).to_contain_text("Nu samen 96 uur")
    hand.press(page.get_by_role("link", name="Naar het bord"))

    hand.press(page.get_by_role("button", name="Voorstel opnieuw maken"))
    expect(page.locator("#voortgang")).to_contain_text("Het voorstel staat op het bord")
    hand.press(page.locator("#voortgang").get_by_role("link", name="Naar het bord"))
    expect(page.get_by_role("heading", name="Nog te beslissen (7)")).to_be_visible()

    for number in (1, 2, 3, 7):
        hand.press(page.get_by_role("button", name=f"Overnemen van plek {number}"))
        expect(page.get_by_role("button", name=f"Overnemen van plek {number}")).to_have_count(0)
    hand.press(page.get_by_role("button", name="Overige vervallen: geen uren"))
    expect(page.get_by_role("heading", name="Vervallen (3)")).to_be_visible()

    for which in range(2):
        _add(hand, which, "De wijkagent ziet hier meer.", look)
        expect(page.get_by_role("heading", name=f"In het plan ({5 + which})")).to_be_visible()

    hand.press(page.locator(".plan-card").filter(has_text="Plek 1,").get_by_role("link", name="Aanpassen"))
    hand.pick(page.get_by_label("Soort bezoek"), "praten")
    hand.write(page.get_by_label("Uren samen"), "90")
    _see(page, look, "place")
    hand.press(page.get_by_role("button", name="Bewaren"))
    expect(page.get_by_role("main")).to_contain_text("meer dan er is")
    _see(page, look, "over")

    hand.press(page.get_by_role("link", name="Weekplan vaststellen"))
    _see(page, look, "fix")
    hand.press(page.get_by_role("button", name="Weekplan vaststellen"))
    expect(page.locator("main")).to_contain_text("Schrijf een reden")
    hand.write(page.get_by_label("Waarom toch meer uren?"), "Zaterdag is er kermis, er komt hulp bij.")
    hand.press(page.get_by_role("button", name="Weekplan vaststellen"))
    expect(page.get_by_role("status").first).to_contain_text("Het weekplan staat vast: versie 1")
    expect(page.locator("main")).to_contain_text("Versie 1, vastgesteld")
    _see(page, look, "fixed")
    assert hand.steps <= MOST_PRESSES, hand.steps


@pytest.mark.parametrize("way", [Keyboard, Finger])
def test_change_the_plan_during_the_week(way: type[Hands], hands: Take, look: Look) -> None:
    hand = Counted(hands(way, "coordinator"))
    page = hand.hand.page
    name = way.__name__.lower()
    _open(hand)
    if page.get_by_role("button", name="Alle overige overnemen").count():  # run alone: nothing was fixed yet
        hand.press(page.get_by_role("button", name="Alle overige overnemen"))
        _fix(hand, "Zaterdag is er kermis.")
        _open(hand)
    card = page.locator(".plan-card").first
    hand.press(card.get_by_role("link", name="Aanpassen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plek")
    kind = "licht" if way is Keyboard else "herstel"
    hand.pick(page.get_by_label("Soort bezoek"), kind)
    hand.press(page.get_by_role("button", name="Bewaren"))
    expect(page.locator("main")).to_contain_text(f"{kind} in plaats van")
    _add(hand, 2 if way is Keyboard else 3, f"Hier is een lamp stuk ({name}).", look)
    expect(page.locator("main")).to_contain_text("is nieuw:")
    _see(page, look, f"changed-{name}")
    _fix(hand, "Er komt een collega bij.")
    expect(page.get_by_role("status").first).to_contain_text("Het weekplan staat vast: versie")
    hand.press(page.get_by_role("link", name="Versies"))
    expect(page.get_by_role("heading", name="Versie 1", exact=True)).to_be_visible()
    expect(page.locator(".plan-version").first).to_contain_text(f"{kind} in plaats van")
    _see(page, look, f"versions-{name}")


def _open(hand: Counted) -> None:
    page = hand.hand.page
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Weekplan"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Weekplan week")
    if "week 37" not in page.get_by_role("heading", level=1).inner_text():
        page.goto("/weekplan/2026-w37")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Weekplan week 37")


def _add(hand: Counted, which: int, why: str, look: Look) -> None:
    """Add an own place in a cell of a neighbourhood that no place of the board has."""
    page = hand.hand.page
    hand.press(page.get_by_role("link", name="Eigen plek toevoegen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Eigen plek toevoegen")
    area = page.get_by_label("Buurt").locator("option").all_inner_texts()[-1 - which]
    hand.pick(page.get_by_label("Buurt"), area)
    hand.press(page.get_by_role("button", name="Toon vakken"))
    boxes = page.get_by_role("checkbox", name="verwacht", disabled=False)
    expect(boxes.first).to_be_visible()
    hand.tick(boxes.nth(boxes.count() // 2))
    hand.write(page.get_by_label("Waarom hier?"), why)
    hand.pick(page.get_by_label("Soort bezoek"), "praten")
    _see(page, look, "own")
    hand.press(page.get_by_role("button", name="Plek toevoegen"))
    expect(page.get_by_role("status").first).to_contain_text("De plek staat op het bord")


def _fix(hand: Counted, why: str) -> None:
    page = hand.hand.page
    hand.press(page.get_by_role("link", name="vaststellen"))
    expect(page.get_by_role("heading", name="Doel")).to_be_visible()
    for label in ("Waarom toch meer uren?", "Waarom toch weer deze wijk?", "Waarom toch weer dezelfde plek?"):
        if page.get_by_label(label).count():
            hand.write(page.get_by_label(label), why)
    hand.press(page.get_by_role("button", name="vaststellen"))


def _see(page: Page, look: Look, name: str) -> None:
    look(page, f"plan-{name}")
    assert faults_of(page) == []
