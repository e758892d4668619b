# SPDX-License-Identifier: EUPL-1.2
"""Journey 9 of UX.md: a citizen asks about his neighbourhood, and objects; by mouse, by keys only and on a phone.

The public site runs without a script, so each step is a page.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.accessible import faults_of
from journeys.conftest import WAIT_MS, Served
from journeys.hands import WAYS, Hands
from stip.publish import approve, open_quarters, propose
from stip.store import Workspace, last_known_at

TEXT = "Ik wil niet dat mijn buurt zo wordt bekeken."
Look = Callable[[Page, str], None]
MENU = "Hoofdmenu"
PAGES = (
    "", "/mijn-buurt", "/mijn-buurt?postcode=hallo", "/zo-werkt-het", "/cijfers", "/privacy", "/algoritme",
    "/toegankelijkheid", "/en", "/reageer", "/bestaat-niet",
)  # fmt: skip


@pytest.fixture(scope="module")
def public_url(served: Served) -> str:
    """Make two quarters of the served town public, and give the address of its public site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STIP_KEYS", str(served.folder / "sleutels"))
        workspace = Workspace.open(served.folder / "werkmap")
        known = last_known_at(workspace, known_before=datetime.now().astimezone())
        assert known is not None
        at = known + timedelta(hours=2)
        for quarter in open_quarters(workspace, at=at)[-2:]:
            approve(
                workspace, propose(workspace, quarter, at=at), role="fg", reason="Nagekeken voor de proef.", at=at
            )
    port = int(served.url.rsplit(":", 1)[1]) + 1
    for _ in range(1500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return f"http://localhost:{port}/openbaar"
        time.sleep(0.2)
    pytest.fail("the public site did not start")


@pytest.fixture
def citizen(browser: Browser, public_url: str) -> Iterator[Callable[..., Hands]]:
    """Give a citizen with a browser that asks nothing of another server and gets no cookie."""
    contexts = []
    elsewhere: list[str] = []

    def take(way: type[Hands], *, script: bool = False) -> Hands:
        context = browser.new_context(
            viewport=way.viewport, has_touch=way.touch, java_script_enabled=script, locale="nl-NL"
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        origin = public_url.removesuffix("/openbaar")
        page.on("request", lambda asked: None if asked.url.startswith(origin) else elsewhere.append(asked.url))
        page.goto(public_url)
        return way(page)

    yield take
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert elsewhere == []


def postcode_of(served: Served) -> str:
    (file,) = (served.folder / "werkmap" / "published").glob("places/*/postcodes.parquet")
    codes = pd.read_parquet(file)["postcode"]
    return str(codes[codes.str.len() == 6].iloc[100])


@pytest.mark.parametrize("way", WAYS)
def test_from_a_postcode_to_an_objection_at_the_desk(
    way: type[Hands],
    citizen: Callable[..., Hands],
    served: Served,
    log_in: Callable[..., Page],
    look: Look,
) -> None:
    hand = citizen(way, script=True)  # the keyboard is asked where the focus is; the pages have no script themselves
    page = hand.page
    menu = page.get_by_role("navigation", name=MENU)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat doet de gemeente?")
    hand.write(page.get_by_label("Vul uw postcode in"), postcode_of(served))
    hand.press(page.get_by_role("button", name="Zoek"))
    expect(page.get_by_role("heading", name="Meldingen per kwartaal")).to_be_visible()
    expect(page.get_by_text("Mensen beslissen.")).to_be_visible()
    figures = page.get_by_role("region", name="Meldingen per kwartaal").locator("td").all_inner_texts()
    assert all(figure == "0 tot 4" or int(figure) % 5 == 0 for figure in figures)
    look(page, "openbaar-buurt")

    hand.press(page.get_by_role("link", name="Zo kiest de gemeente plekken"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Zo werkt het")
    hand.press(menu.get_by_role("link", name="Cijfers"))
    expect(page.get_by_role("heading", name="Het tweede kwartaal van 2026")).to_be_visible()
    hand.press(menu.get_by_role("link", name="Gegevens"))
    with page.expect_download() as coming:
        hand.press(page.get_by_role("link", name="Alle cijfers als CSV"))
    told = pd.read_csv(coming.value.path())["figure"].dropna()
    assert len(told) and (told % 5 == 0).all()

    hand.press(menu.get_by_role("link", name="Reageer"))
    hand.pick(page.get_by_label("Wat wilt u doen?"), "Een bezwaar tegen het gebruik van gegevens")
    hand.write(page.get_by_label("Uw bericht"), TEXT)
    hand.write(page.get_by_label("Uw e-mailadres"), "burger@example.nl")
    hand.press(page.get_by_role("button", name="Verstuur"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw bericht is ontvangen")
    number = page.locator(".public-number").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}", number)
    assert faults_of(page) == []
    look(page, "openbaar-ontvangen")

    desk = log_in("wethouder")
    desk.goto("/toezicht/berichten")
    row = desk.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("nog 28 dagen")
    expect(row).to_contain_text("het bestuur van de gemeente")
    look(desk, "berichten")
    row.get_by_role("link", name=number).click()
    expect(desk.get_by_text(TEXT)).to_be_visible()
    assert faults_of(desk) == []
    desk.get_by_label("Ik heb geantwoord").select_option(label="bezwaar of verzoek toegewezen")
    desk.get_by_role("button", name="Leg vast", exact=True).click()
    expect(desk.get_by_text("Beantwoord: bezwaar of verzoek toegewezen")).to_be_visible()
    look(desk, "bericht")


def test_it_all_works_without_scripts(citizen: Callable[..., Hands], served: Served) -> None:
    page = citizen(WAYS[0], script=False).page
    page.get_by_label("Vul uw postcode in").fill(postcode_of(served))
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("heading", name="Meldingen per kwartaal")).to_be_visible()
    page.get_by_role("link", name="Reageer", exact=True).click()
    page.get_by_label("Uw bericht").fill(TEXT)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw bericht is ontvangen")


@pytest.mark.parametrize("way", [WAYS[0], WAYS[2]], ids=["desk", "phone"])
def test_axe_finds_nothing_and_every_page_fits(
    way: type[Hands], citizen: Callable[..., Hands], public_url: str, served: Served, look: Look
) -> None:
    page = citizen(way, script=True).page  # axe is a script; under the strict policy it runs from the outside
    for path in (*PAGES, f"/mijn-buurt?postcode={postcode_of(served)}"):
        page.goto(public_url + path)
        assert faults_of(page) == [], path
        look(page, f"openbaar{path.replace('/', '-').split('?')[0]}")
