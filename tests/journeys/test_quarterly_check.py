# SPDX-License-Identifier: EUPL-1.2
"""Journey 7: the privacy officer's quarterly check, with a keyboard alone and on a phone of 360 px."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.conftest import Served
from journeys.hands import PHONE, Hands, Keyboard
from stip.agreements import pauses
from stip.publish import published_pauses, published_quarters
from stip.store import Workspace

Look = Callable[[Page, str], None]
REASON = "De grondslag ontbreekt in de afspraak."
TABS = ("Overzicht", "Pauze", "Register", "Poort", "Bewaren", "Inzage", "Uitvoer", "Openbaar", "Vragen")
EVERY_PAGE = {
    "analist": ("/", "/signalen", "/gegevens", "/toezicht"),
    "wethouder": ("/", "/toezicht/openbaar"),
    "teamlid": ("/", "/signalen/melden"),
    "beheerder": ("/", "/beheer/gebruikers"),
}
STOPPED = {
    "analist": ("/kaart", "/kaart/lijst", "/vooruitblik/2026-w37", "/weekplan/2026-w36", "/evaluatie"),
    "wethouder": ("/kaart", "/evaluatie"),
    "teamlid": ("/straat",),
}


def test_the_quarterly_check(
    hands: Callable[..., Hands], log_in: Callable[..., Page], served: Served, look: Look
) -> None:
    workspace = Workspace.open(served.folder / "werkmap")
    path = workspace.agreements / "bvh.toml"
    agreed = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'legal_basis = ".*"', 'legal_basis = ""', agreed), encoding="utf-8")

    hand = hands(Keyboard, "fg")
    page = hand.page
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Toezicht"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Is er iets bijzonders?")
    basis = page.get_by_role("region", name="Bronnen zonder vaste grondslag of afspraak")
    expect(basis).to_contain_text("mag zo niet worden gebruikt")
    tabs = page.get_by_role("navigation", name="Onderdelen van toezicht")
    for tab in TABS:  # sources, rules, retention, exports, who looked: each has its page, at a desk and on a phone
        hand.press(tabs.get_by_role("link", name=tab, exact=True))
        expect(tabs.get_by_role("link", name=tab, exact=True)).to_have_attribute("aria-current", "page")
        look(page, f"check-{tab.lower()}")
        page.set_viewport_size(PHONE)
        look(page, f"check-{tab.lower()}")
        assert faults_of(page) == [], tab
        page.set_viewport_size(hand.viewport)
        assert faults_of(page) == [], tab

    _sample(hand, look)
    _small_numbers(log_in)

    hand.press(tabs.get_by_role("link", name="Pauze", exact=True))
    hand.tick(page.get_by_label("Bron: Meldingen van de politie", exact=False))
    hand.write(page.get_by_role("region", name="Stilzetten").get_by_label("Waarom?"), REASON)
    hand.press(page.get_by_role("region", name="Stilzetten").get_by_role("button", name="Stilzetten"))
    expect(page.get_by_role("status").filter(has_text="Het staat stil")).to_be_visible()
    assert pauses(workspace)["what"].tolist() == ["source:bvh"]
    assert [row["name"] for row in published_pauses(workspace.root / "published")] == ["bvh"]
    look(page, "check-paused")
    assert faults_of(page) == []
    _everybody_sees_it(log_in, look)

    path.write_text(agreed, encoding="utf-8")  # the basis is put right
    page.goto("/toezicht/pauze")
    hand.write(page.get_by_label("Waarom mag het weer?"), "De grondslag staat er weer.")
    hand.press(page.get_by_role("button", name="Pauze opheffen"))
    expect(page.get_by_role("status").filter(has_text="De pauze is opgeheven")).to_be_visible()
    assert published_pauses(workspace.root / "published") == []

    _approve(hand, look)
    assert len(published_quarters(workspace)) == 1


def _sample(hand: Hands, look: Look) -> None:
    """Ten reports before and after the gate: kinds and names, never a value that was refused."""
    page = hand.page
    page.goto("/toezicht/poort")
    hand.press(page.get_by_role("link", name=re.compile("Tien bekijken")).first)
    expect(page.get_by_role("heading", name=re.compile(r"^Melding \d+$"))).to_have_count(10)
    expect(page.get_by_text("Wat is geweigerd, ziet u niet.")).to_be_visible()
    first = page.locator("main .card").first
    expect(first).to_contain_text("grover gemaakt")
    expect(first).to_contain_text("midden van 25 bij 25 m")
    hand.press(first.get_by_text(re.compile(r"^Weggelaten: \d+ kolommen")))
    expect(first).to_contain_text("Verdachten")
    look(page, "check-sample")
    assert faults_of(page) == []


def _small_numbers(log_in: Callable[..., Page]) -> None:
    """Ask as a reader who may not see places: the rule answers instead of the dot."""
    coarse = log_in("wethouder")
    coarse.goto("/kaart/herkomst")
    expect(coarse.locator("main")).to_contain_text("is het aantal een veelvoud van 5")
    coarse.goto("/kaart")
    expect(coarse.locator("main")).to_contain_text("U ziet buurten en hele weken, geen plekken")
    assert coarse.request.get("/kaart/uitvoer.csv").status == 403, (
        "who may not take reports along, may not ask either"
    )


def _everybody_sees_it(log_in: Callable[..., Page], look: Look) -> None:
    """Each page says it, and what is made of the source is closed."""
    for user, addresses in EVERY_PAGE.items():
        other = log_in(user)
        for address in addresses:
            other.goto(address)
            expect(other.locator(".banner").first).to_contain_text(REASON.rstrip("."))
        for address in STOPPED.get(user, ()):
            answer = other.goto(address)
            assert answer is not None and answer.status == 403, (user, address)
            expect(other.locator("main")).to_contain_text(REASON.rstrip("."))
        look(other, f"check-pause-{user}")


def _approve(hand: Hands, look: Look) -> None:
    """Look at the figures as the public will see them, and let them out."""
    page = hand.page
    page.goto("/toezicht/openbaar")
    hand.press(page.get_by_role("button", name=re.compile("Cijfers laten maken")).first)
    link = page.get_by_role("link", name=re.compile("bekijken en goedkeuren")).first
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(1000)
        page.goto("/toezicht/openbaar")
    hand.press(link)
    expect(page.locator("main")).to_contain_text("cijfers per buurt gaan naar buiten")
    look(page, "check-figures")
    assert faults_of(page) == []
    hand.write(page.get_by_label("Waarom mag dit naar buiten?"), "Nagezien: niets wijst naar een woning.")
    hand.press(page.get_by_role("button", name="Openbaar maken"))
    expect(page.get_by_role("status").filter(has_text="is openbaar")).to_be_visible()


def test_the_switch_works_without_scripts_on_a_phone(log_in: Callable[..., Page], served: Served) -> None:
    workspace = Workspace.open(served.folder / "werkmap")
    page = log_in("fg", viewport=PHONE, touch=True, script=False)
    page.goto("/vooruitblik/2026-w37")
    page.get_by_text("Iets stilzetten").tap()
    expect(page.get_by_label("Wat moet er stil?")).to_have_value("outlook")
    page.get_by_label("Waarom?").fill("De cijfers kloppen niet.")
    page.get_by_role("button", name="Stilzetten").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit staat stil")
    expect(page.locator(".banner").first).to_contain_text("De vooruitblik staat op pauze")
    assert pauses(workspace)["what"].tolist() == ["outlook"]
    page.goto("/toezicht/pauze")
    page.get_by_label("Waarom mag het weer?").fill("Hersteld.")
    page.get_by_role("button", name="Pauze opheffen").tap()
    expect(page.get_by_role("status").first).to_contain_text("De pauze is opgeheven")
    assert pauses(workspace).empty
