# SPDX-License-Identifier: EUPL-1.2
"""Journey 1 of UX.md: the Monday file, by mouse, by keyboard only, and on a phone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.accessible import faults_of
from journeys.conftest import Served
from journeys.hands import WAYS, Hands, Mouse
from journeys.monday import SWAPPED, monday_file

REFUSED = 4
Look = Callable[[Page, str], None]
Take = Callable[[type[Hands], str], Hands]


@pytest.mark.parametrize("way", WAYS)
def test_the_monday_file(way: type[Hands], hands: Take, served: Served, look: Look, tmp_path: Path) -> None:
    hand = hands(way, "analist")
    page = hand.page
    before = _held(page), _on_the_map(page)
    heading = f"Vanaf {way.__name__}"
    file = tmp_path / f"bvh-maandag-{way.__name__}.csv"
    rows = monday_file(served.folder, file, heading=heading, refused=REFUSED, year=2030 + WAYS.index(way))

    _bring(hand, file, look)
    expect(page.get_by_role("heading", name="Welke kolom is wat?")).to_be_visible()
    expect(page.get_by_text("Verdachten")).to_be_visible()
    _see(page, look, "columns")
    hand.pick(page.get_by_role("combobox", name="Begin", exact=False).first, heading)
    hand.press(page.get_by_role("button", name="Bestand nakijken"))

    expect(page.get_by_role("heading", name="De eerste tien rijen, na de poort")).to_be_visible()
    assert page.get_by_role("region", name="De eerste tien rijen").locator("tbody tr").count() == 10
    expect(page.locator(".minimap circle").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("x en y verwisseld")
    counts = _counts(page)
    assert counts["Geweigerd"] == REFUSED
    assert counts["Samen"] == rows == counts["Goed"] + counts["Hersteld"] + counts["Geweigerd"]
    assert counts["Hersteld"] >= SWAPPED
    assert len(_refused_rows(hand)) == REFUSED
    _see(page, look, "checked")
    assert before == (_held(page), _on_the_map(page))
    page.go_back()
    page.go_back()

    hand.press(page.get_by_role("button", name="Meldingen publiceren"))
    expect(page.locator("main")).to_contain_text("De meldingen staan in de werkmap")
    new = int(re.findall(r"([0-9]+) nieuw", page.locator("main").inner_text())[0])
    assert new == counts["Goed"] + counts["Hersteld"]
    _see(page, look, "published")
    assert _held(page) == before[0] + new
    assert _on_the_map(page) == before[1] + new
    _is_nowhere(served.folder, file)

    page.go_back()
    page.go_back()
    hand.press(page.get_by_role("link", name="Naar de levering"))
    expect(page.get_by_role("heading", name="Wat er met de rijen gebeurde")).to_be_visible()
    assert _counts(page) == counts
    assert len(_refused_rows(hand)) == REFUSED
    _see(page, look, "delivery")
    hand.write(page.get_by_label("Waarom?"), "De bron levert deze week opnieuw.")
    hand.press(page.get_by_role("button", name="Levering terugdraaien"))
    expect(page.get_by_role("status").first).to_contain_text("is teruggedraaid")
    _see(page, look, "undone")
    assert before == (_held(page), _on_the_map(page))

    _bring(hand, file, look)
    expect(page.locator("main")).to_contain_text("De kolommen zijn herkend van een vorige keer")
    assert _counts(page) == counts
    hand.press(page.get_by_role("button", name="Bestand weggooien"))
    expect(page.locator("main")).to_contain_text("weggegooid en vernietigd")
    _see(page, look, "thrown-away")
    _is_nowhere(served.folder, file)


@pytest.mark.parametrize("way", WAYS)
def test_too_many_refused_rows_stop(
    way: type[Hands], hands: Take, served: Served, look: Look, tmp_path: Path
) -> None:
    hand = hands(way, "analist")
    page = hand.page
    before = _held(page)
    file = tmp_path / "bvh-kapot.csv"
    rows = monday_file(served.folder, file, heading="Begin-pleegdatum/tijd", refused=12)
    _bring(hand, file, look)
    button = page.get_by_role("button", name="Bestand nakijken")
    expect(button.or_(page.get_by_role("button", name="Meldingen publiceren"))).to_be_visible()
    if button.is_visible():  # the first of the three to come here
        hand.press(button)
    expect(page.locator("main")).to_contain_text("Te veel rijen zijn geweigerd")
    expect(page.locator("main")).to_contain_text(f"12 van {rows} rijen geweigerd; de grens is 5,0 %")
    _see(page, look, "stopped")
    hand.press(page.get_by_role("button", name="Meldingen publiceren"))
    assert page.get_by_label("De goede rijen toch opslaan").evaluate("box => !box.validity.valid")
    address = page.url
    assert _held(page) == before
    page.goto(address)
    hand.press(page.get_by_role("button", name="Bestand weggooien"))
    expect(page.locator("main")).to_contain_text("weggegooid en vernietigd")


def test_a_file_that_is_swapped_throughout_is_named(hands: Take, served: Served, look: Look, tmp_path: Path) -> None:
    hand = hands(Mouse, "analist")
    file = tmp_path / "bvh-verwisseld.csv"
    monday_file(served.folder, file, heading="Begin-pleegdatum/tijd", refused=0)
    first, *rows = file.read_text("cp1252").splitlines()
    turned = [";".join([*row.split(";")[:-2], *row.split(";")[:-3:-1]]) for row in rows]
    file.write_text("\r\n".join([first, *turned, ""]), "cp1252", newline="")
    _bring(hand, file, look)
    button = hand.page.get_by_role("button", name="Bestand nakijken")
    expect(button.or_(hand.page.get_by_role("button", name="Meldingen publiceren"))).to_be_visible()
    if button.is_visible():
        hand.press(button)
    expect(hand.page.locator("main")).to_contain_text("in het hele bestand verwisseld; dat is hersteld")
    assert _counts(hand.page)["Geweigerd"] == 0
    hand.press(hand.page.get_by_role("button", name="Bestand weggooien"))
    expect(hand.page.locator("main")).to_contain_text("weggegooid en vernietigd")


def _bring(hand: Hands, file: Path, look: Look) -> None:
    page = hand.page
    page.goto("/")
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Gegevens"))
    hand.press(page.get_by_role("link", name="Bestand inlezen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestand inlezen")
    _see(page, look, "start")
    hand.bring(page.get_by_label("Bestand met meldingen"), file)
    hand.press(page.get_by_role("button", name="Bestand inlezen"))
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    expect(page.locator("[data-progress]")).to_have_count(0)


def _see(page: Page, look: Look, name: str) -> None:
    look(page, f"monday-{name}")
    assert faults_of(page) == []


def _counts(page: Page) -> dict[str, int]:
    rows = page.locator("table", has=page.get_by_role("columnheader", name="Uitkomst")).locator("tbody tr").all()
    return {row.locator("th").inner_text(): int(row.locator("td").inner_text()) for row in rows}


def _refused_rows(hand: Hands) -> list[list[str]]:
    link: Locator = hand.page.get_by_role("link", name=re.compile("geweigerde rij"))
    with hand.page.expect_download() as coming:
        hand.press(link)
    with Path(coming.value.path()).open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text, delimiter=";"))[1:]


def _held(page: Page) -> int:
    """Give how many rows the deliveries have together."""
    page.goto("/gegevens/leveringen")
    said = page.locator("main").inner_text()
    return int(re.findall(r"met ([0-9.]+) opgeslagen rijen", said)[0].replace(".", ""))


def _on_the_map(page: Page) -> int:
    """Give how many reports Kaart has."""
    page.goto("/kaart/lijst")
    return int(re.findall(r"van ([0-9.]+)", page.locator(".kaart-aantal").inner_text())[0].replace(".", ""))


def _is_nowhere(folder: Path, file: Path) -> None:
    """See that the file, or a row of it, is in no folder of the server."""
    mark = re.findall(rb"PL9999_BVH_20[0-9]{2}", file.read_bytes())[-1]
    kept = [path for path in folder.rglob("*") if path.is_file() and mark in path.read_bytes()]
    assert kept == []
    assert [path for path in (folder / "site" / "quarantine").rglob("*") if path.is_file()] == []
