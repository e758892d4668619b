# SPDX-License-Identifier: EUPL-1.2
"""Journey 5: a shift with a phone. Opened once at the locker, then offline; nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from journeys.accessible import faults_of
from journeys.conftest import CHROMIUM, WAIT_MS, Served
from journeys.hands import PHONE
from stip.agreements import record_pause
from stip.store import Workspace, read_decisions
from stip_web.workspaces.clock import now

Look = Callable[[Page, str], None]
COUNT_TAPS = """() => {
  window.taps = 0;
  addEventListener("pointerdown", () => window.taps++, { capture: true });
}"""
WATCH_PLACE = """() => {
  window.askedWhere = 0;
  const watched = new Proxy({}, { get() { window.askedWhere++; return () => {}; } });
  Object.defineProperty(Navigator.prototype, "geolocation", { get() { window.askedWhere++; return watched; } });
}"""
SMALL = """() => [...document.querySelectorAll("a, button, summary, select, textarea, .straat-tile")]
  .filter((e) => e.checkVisibility() && !e.classList.contains("utrecht-skip-link"))
  .map((e) => [e.getBoundingClientRect(), `${e.tagName} ${e.textContent.trim()}`])
  .filter(([box]) => box.width && (box.height < 47.5 || box.width < 47.5))
  .map(([box, name]) => `${name}: ${box.width} by ${box.height}`)"""
READY = "Klaar voor gebruik zonder verbinding."
FORGET_PLACES = """async () => {
  const pages = await caches.open("straat-pages");
  for (const page of await pages.keys()) if (page.url.includes("/plek/")) await pages.delete(page);
}"""
KEPT = """async () => (await navigator.serviceWorker.getRegistration("/straat"))?.active
  && (await (await caches.open("straat-pages")).keys()).length"""


def told(served: Served, kind: str) -> list[dict[str, object]]:
    """Give what the phones brought to the workspace, by the hour: not what the sample town came with."""
    with closing(sqlite3.connect(served.folder / "site" / "stip.sqlite3")) as database:
        entries = {uuid.UUID(row[0]).hex for row in database.execute("SELECT entry_id FROM street_entry")}
    rows = read_decisions(Workspace.open(served.folder / "werkmap"), kind).to_dict("records")
    return [row for row in rows if row["decision_id"] in entries]


def until(true: Callable[[], object], what: str) -> None:
    for _ in range(WAIT_MS // 200):
        if true():
            return
        time.sleep(0.2)
    pytest.fail(what)


def open_once(page: Page) -> list[str]:
    """Open Straat with a connection, until the phone has all it needs; gives the addresses of the places."""
    page.goto("/straat")
    places = [str(link.get_attribute("href")) for link in page.locator(".straat-place").all()]
    expect(page.locator("#klaar")).to_have_text(READY)
    assert page.evaluate(KEPT) >= len(places) + 4
    return places


def tap_tile(page: Page, name: str) -> None:
    page.locator("label.straat-tile:visible").filter(has_text=re.compile(f"^\\s*{name}\\s*$")).tap()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan").tap()
    expect(page.get_by_text("Opgeslagen:")).to_be_visible()


def test_a_shift(log_in: Callable[..., Page], served: Served, look: Look) -> None:
    page = log_in("teamlid", viewport=PHONE, touch=True)
    context = page.context
    for script in (COUNT_TAPS, WATCH_PLACE):
        context.add_init_script(f"({script})()")
    sent: list[Request] = []
    context.on("request", lambda request: sent.append(request))
    places = open_once(page)
    look(page, "straat-vandaag")
    earlier = {row["decision_id"] for kind in ("feedback", "visit") for row in told(served, kind)}

    def new(kind: str) -> list[dict[str, object]]:
        return [row for row in told(served, kind) if row["decision_id"] not in earlier]

    context.set_offline(True)
    page.goto("/straat")
    expect(page.locator("#stand")).to_contain_text("Geen verbinding")

    page.goto(places[1])
    tap_tile(page, "Geweest")
    tap_tile(page, "Rustig")
    save(page)
    assert page.evaluate("window.taps") == 3

    page.goto(places[2])
    tap_tile(page, "Geweest")
    tap_tile(page, "Anders")
    page.get_by_text("Klopt niet: beter hier").tap()
    chart = page.locator("svg.straat-svg")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.35)
    expect(page.locator("#beter-zin")).to_contain_text(re.compile(r"Beter hier: \d+ meter naar het"))
    look(page, "straat-beter-hier")
    page.get_by_text("Iets gezien, of een opmerking").tap()
    page.get_by_label("Gezien").select_option("lamp")
    page.get_by_label("Opmerking over de plek").fill("Gesproken met mevrouw Testpersoon")
    page.get_by_role("button", name="Opslaan").tap()
    expect(page.locator("#opmerking-fout")).to_contain_text("naam van een persoon")
    page.get_by_label("Opmerking over de plek").fill("De lamp bij het bankje knippert")
    save(page)

    page.goto(places[3])
    tap_tile(page, "Niet geweest")
    tap_tile(page, "Andere inzet")
    save(page)

    page.close()  # and opened again, still without a connection
    page = context.new_page()
    page.goto("/straat")
    expect(page.locator("#wachtend")).to_have_text("3")
    expect(page.locator(".straat-place").nth(1)).to_contain_text("geweest, rustig (wacht op verzenden)")
    page.goto("/straat/wachtrij")
    expect(page.locator("#wachtrij > li")).to_have_count(3)
    look(page, "straat-verzenden")
    assert new("feedback") == []

    context.set_offline(False)
    expect(page.locator("#wachtrij-zin")).to_have_text("Er wacht niets.")
    feedback = new("feedback")
    # In any order: what came within one hour has none that could lead to who told it.
    assert sorted((row["visited"], row["code"], row["better_cells"] is not None) for row in feedback) == [
        (False, "niet_bezocht", False), (True, "anders", True), (True, "rustig", False),
    ]  # fmt: skip
    assert len(new("visit")) == 2

    page.goto("/straat")
    expect(page.locator(".straat-place").nth(1)).to_contain_text("✓ geweest, rustig")
    expect(page.locator(".straat-place").nth(1)).not_to_contain_text("(wacht")
    page.get_by_role("link", name="Verzenden").tap()
    page.get_by_role("button", name="Nu verzenden").tap()
    expect(page.get_by_role("button", name="Nu verzenden")).to_be_enabled()
    assert len(new("feedback")) == 3

    assert page.evaluate("window.askedWhere") == 0
    assert {request.url.split("/")[2] for request in sent} == {served.url.split("/")[2]}
    bodies = [json.loads(request.post_data or "{}") for request in sent if request.url.endswith("/inzending")]
    keys = {key for body in bodies for entry in body["entries"] for key in entry}
    assert keys == {
        "id", "plan_id", "place_id", "visited", "code", "why", "better", "remark", "note", "age_s",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_screen_is_accessible_and_large_enough_to_touch(
    scheme: str, log_in: Callable[..., Page], look: Look
) -> None:
    page = log_in("teamlid", viewport=PHONE, touch=True)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    place = open_once(page)[0]
    faults: dict[str, list[str]] = {}
    for path in ("/straat", place, "/straat/kaart", "/straat/wachtrij"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("data-ready", "")
        if path == place:
            tap_tile(page, "Geweest")
            tap_tile(page, "Druk")
            for summary in page.locator(".straat-more summary").all():
                summary.tap()
        look(page, f"straat-{scheme}-{path.split('/')[2] if path != '/straat' else 'vandaag'}")
        if found := faults_of(page) + page.evaluate(SMALL):
            faults[path] = found
    assert faults == {}


@pytest.fixture
def phone(browser: Browser, served: Served, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Give a phone that can be switched on again after its battery was pulled: what is on its disk stays."""
    opened: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--lang=nl-NL"],
            viewport=PHONE,
            has_touch=True,
            base_url=served.url,
        )
        context.set_default_timeout(WAIT_MS)
        opened.append(context)
        return context

    yield switch_on
    pull_battery(tmp_path / "phone")


def pull_battery(disk: Path) -> None:
    """Kill the browser that this test started, known by its own folder."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--user-data-dir={disk}".encode() in entry.read_bytes().split(b"\0"):
                os.kill(int(entry.parent.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue


def log_in_on(context: BrowserContext, served: Served) -> Page:
    page = context.pages[0]
    page.goto("/account/login/?next=/straat")
    page.get_by_label("Gebruikersnaam").fill("teamlid")
    page.get_by_label("Wachtwoord").fill(served.passwords["teamlid"])
    page.keyboard.press("Enter")
    page.wait_for_url(served.url + "/straat")
    return page


def test_the_battery_is_pulled_and_the_session_ends(
    phone: Callable[[], BrowserContext], served: Served, tmp_path: Path
) -> None:
    before = len(told(served, "feedback"))
    context = phone()
    page = log_in_on(context, served)
    places = open_once(page)
    context.set_offline(True)
    page.goto(places[0])
    tap_tile(page, "Geweest")
    tap_tile(page, "Druk")
    save(page)
    pull_battery(tmp_path / "phone")

    context = phone()
    page = context.pages[0]
    context.clear_cookies()
    page.goto("/straat")  # leads to the log-in page: the session went with the battery
    expect(page.get_by_label("Gebruikersnaam")).to_be_visible()
    assert len(told(served, "feedback")) == before
    page = log_in_on(context, served)
    expect(page.locator("#verstuurd")).to_contain_text("Er wacht niets.")
    assert len(told(served, "feedback")) == before + 1

    page.goto(places[0])
    context.clear_cookies()  # the session ends while a page is open
    tap_tile(page, "Geweest")
    tap_tile(page, "Rustig")
    save(page)
    expect(page.locator("#stand")).to_contain_text("U bent uitgelogd. Uw melding staat veilig op deze telefoon.")
    page.locator("#stand").get_by_role("link", name="Inloggen").tap()
    page.wait_for_url("**/account/login/**")
    assert len(told(served, "feedback")) == before + 1
    page = log_in_on(context, served)
    expect(page.locator("#verstuurd")).to_contain_text("Er wacht niets.")
    assert len(told(served, "feedback")) == before + 2


def test_a_place_that_is_not_kept_yet_is_drawn_from_the_week(log_in: Callable[..., Page], served: Served) -> None:
    """Who left before all was kept saw the list again, under the address of the place."""
    before = len(told(served, "feedback"))
    page = log_in("teamlid", viewport=PHONE, touch=True)
    open_once(page)
    page.evaluate(FORGET_PLACES)
    page.context.set_offline(True)
    third = page.locator(".straat-place").nth(3)
    number = third.locator(".straat-place__number").inner_text()
    third.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Plek {number}")
    expect(page.locator("#plek")).to_contain_text("Waarom hier")
    tap_tile(page, "Geweest")
    tap_tile(page, "Druk")
    save(page)
    page.goto("/straat/plek/bestaat-niet")
    expect(page.locator("#plek-onbekend")).to_be_visible()
    page.goto("/straat/bestaat-niet")
    expect(page.locator("body")).to_contain_text("deze pagina staat niet op uw telefoon")
    page.context.set_offline(False)
    page.goto("/straat/wachtrij")
    expect(page.locator("#wachtrij-zin")).to_have_text("Er wacht niets.")
    assert len(told(served, "feedback")) == before + 1


def test_a_reload_during_a_pause_says_so_and_sends_what_waits(log_in: Callable[..., Page], served: Served) -> None:
    """The worker's own fetch was answered with data: a screen full of JSON."""
    workspace = Workspace.open(served.folder / "werkmap")
    before = len(told(served, "feedback"))
    page = log_in("teamlid", viewport=PHONE, touch=True).context.new_page()  # where a refusal is no fault
    places = open_once(page)
    page.context.set_offline(True)
    page.goto(places[5])
    tap_tile(page, "Geweest")
    tap_tile(page, "Rustig")
    save(page)
    why = {"reason": "proef van de schakelaar", "role": "fg"}
    record_pause(workspace, "source:bvh", paused=True, at=now(workspace), **why)
    try:
        page.context.set_offline(False)
        page.goto("/straat")
        expect(page.get_by_role("heading", level=1)).to_have_text("Dit staat stil")
        expect(page.get_by_role("main")).to_contain_text("proef van de schakelaar")
        until(lambda: len(told(served, "feedback")) == before + 1, "what waited was not sent")
        until(lambda: not page.evaluate("() => caches.has('straat-pages')"), "the plan stays on the phone")
    finally:
        record_pause(workspace, "source:bvh", paused=False, at=now(workspace), **why)
    page.goto("/straat")
    expect(page.locator(".straat-place").first).to_be_visible()


def test_without_scripts_it_is_told_by_a_plain_form(log_in: Callable[..., Page], served: Served) -> None:
    before = len(told(served, "feedback"))
    page = log_in("teamlid", viewport=PHONE, touch=True, script=False)
    page.goto("/straat")
    page.locator(".straat-place").nth(4).tap()
    page.locator("label.straat-tile", has_text="Niet geweest").tap()
    page.locator("label.straat-tile", has_text="Geen tijd").tap()
    page.get_by_role("button", name="Opslaan").tap()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen")).to_be_visible()
    expect(page.locator(".straat-place").nth(4)).to_contain_text("niet geweest: geen tijd")
    assert len(told(served, "feedback")) == before + 1
