# SPDX-License-Identifier: EUPL-1.2
"""Journey 2 of UX.md: "is it getting worse around the station?", by mouse, by keyboard only, and on a phone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.hands import WAYS, Hands, Mouse

TYPES = ("Fietsdiefstal", "Vernieling")
AREAS = ("Stationsplein", "Spoorbuurt")
Look = Callable[[Page, str], None]
Take = Callable[[type[Hands], str], Hands]


@pytest.mark.parametrize("way", WAYS)
def test_is_it_getting_worse_around_the_station(way: type[Hands], hands: Take, look: Look) -> None:
    hand = hands(way, "analist")
    page = hand.page
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Kaart"))
    expect(page.locator("#stand")).to_contain_text(" van ")
    whole = _numbers(page.locator("#stand").inner_text())
    assert whole[0] == whole[1] > 1000
    _see(page, look, "map")

    for name in TYPES:
        hand.tick(page.locator("label.filter-keuze", has_text=name).locator("input"))
    hand.press(page.get_by_role("link", name="4 weken"))
    hand.press(page.locator("summary", has_text="Wijk en buurt"))
    for name in AREAS:
        hand.tick(page.locator(".filter-buurten label.filter-keuze", has_text=name).locator("input"))
    page.wait_for_url(re.compile("gebied=.*gebied="))
    hand.tick(page.locator("label.lagen-keuze", has_text="Lantaarnpalen").locator("input"))
    page.wait_for_url(re.compile("lagen="))
    expect(page.locator("#stand")).not_to_contain_text(f"{whole[0] // 1000}.{whole[0] % 1000:03} van")
    count = _numbers(page.locator("#stand").inner_text())[0]
    assert 0 < count < whole[0]
    assert _numbers(page.locator(".kaart-aantal").inner_text())[0] == count
    beside = page.locator("label.filter-keuze", has=page.locator("input[name=soort]:checked")).locator("[data-count]")
    assert sum(map(int, beside.all_inner_texts())) == count
    _see(page, look, "filtered")
    address = page.url

    hand.press(page.get_by_role("link", name="Lijst", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lijst")
    assert _numbers(page.locator(".kaart-aantal").inner_text())[0] == count
    rows = page.get_by_role("region", name="Meldingen").locator("tbody tr")
    assert rows.count() == count
    assert all(any(area in row for area in AREAS) for row in rows.all_inner_texts())
    _see(page, look, "list")

    hand.press(page.get_by_role("link", name="Neem mee als bestand"))
    expect(page.get_by_role("link", name="CSV", exact=True)).to_be_visible()
    _see(page, look, "export")
    with page.expect_download() as coming:
        hand.press(page.get_by_role("link", name="CSV", exact=True))
    assert len(_rows_of(Path(coming.value.path()))) == count

    page.goto(address)
    hand.press(page.get_by_role("link", name="Vergelijk twee perioden"))
    year = page.get_by_role("link", name="Dezelfde weken een jaar eerder")
    expect(year).to_have_attribute("aria-current", "true")  # the sample town has no reports of so long ago
    expect(page.get_by_role("heading", name="Alles samen")).to_contain_text("niet te vergelijken")
    expect(page.locator("main")).to_contain_text("Wat daarvoor was, is niet bekend.")
    _see(page, look, "year-before")
    hand.press(page.get_by_role("link", name="De weken ervoor"))
    expect(page.get_by_role("link", name="De weken ervoor")).to_have_attribute("aria-current", "true")
    said = page.get_by_role("heading", name="Alles samen").inner_text()
    then, now = map(int, re.findall(r"([0-9]+) → ([0-9]+)", said)[0])
    assert now == count
    for name in ("Naar soort", "Naar wijk", "Naar buurt"):
        parts = page.get_by_role("region", name=name).locator("tbody tr")
        cells = [row.locator("td").all_inner_texts() for row in parts.all()]
        assert (sum(int(row[0]) for row in cells), sum(int(row[1]) for row in cells)) == (then, now)
    _see(page, look, "compared")

    page.goto(address)
    hand.press(page.get_by_role("link", name="Bewaar deze weergave"))
    hand.write(page.get_by_label("Naam van de weergave"), f"Station {way.__name__}")
    _see(page, look, "save")
    hand.press(page.get_by_role("button", name="Weergave bewaren"))
    expect(page.get_by_role("status").first).to_contain_text("is bewaard")
    _see(page, look, "views")
    link = page.locator("tr", has_text=f"Station {way.__name__}").locator("code").inner_text()

    colleague = hands(way, "coordinator").page
    colleague.goto(link)
    expect(colleague.get_by_role("status").first).to_contain_text(f"Station {way.__name__}")
    expect(colleague.locator("#stand")).to_contain_text(f"{count} van ")
    _see(colleague, look, "colleague")

    alderman = hands(way, "wethouder").page
    alderman.goto(link)
    expect(alderman.locator("main")).to_contain_text("U ziet buurten en hele weken, geen plekken.")
    expect(alderman.locator("#stand")).to_contain_text("ongeveer", ignore_case=True)
    expect(alderman.locator("#legenda")).to_contain_text("Buurten: aantal meldingen, afgerond")
    expect(alderman.get_by_role("link", name="Neem mee als bestand")).to_have_count(0)
    _see(alderman, look, "alderman")


def test_a_drawn_area_counts_as_its_list(hands: Take, look: Look) -> None:
    page = hands(Mouse, "analist").page
    page.goto("/kaart")
    expect(page.locator("#stand")).to_contain_text(" van ")
    page.get_by_role("button", name="Gebied tekenen").click()
    town = page.locator("#kaart")
    box = town.bounding_box()
    assert box is not None
    for right, down in [(-90, -90), (90, -90), (90, 90), (-90, 90), (-90, -90)]:
        town.click(position={"x": box["width"] / 2 + right, "y": box["height"] / 2 + down})
        page.wait_for_timeout(400)  # two clicks at once are a double click
    page.wait_for_url(re.compile("vlak="))
    expect(page.get_by_role("button", name="Gebied wissen")).to_be_visible()
    page.wait_for_timeout(1000)
    count = _numbers(page.locator("#stand").inner_text())[0]
    _see(page, look, "drawn")
    page.get_by_role("link", name="Lijst", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lijst")
    assert _numbers(page.locator(".kaart-aantal").inner_text())[0] == count > 0


def _see(page: Page, look: Look, name: str) -> None:
    look(page, f"station-{name}")
    assert faults_of(page) == []


def _numbers(said: str) -> list[int]:
    return [int(each.replace(".", "")) for each in re.findall(r"[0-9][0-9.]*(?<!\.)", said)]


def _rows_of(file: Path) -> list[list[str]]:
    lines = [line for line in file.read_text("utf-8-sig").splitlines() if not line.startswith("#")]
    return list(csv.reader(lines, delimiter=";"))[1:]
