# SPDX-License-Identifier: EUPL-1.2
"""Journey 1 of UX.md in a real browser: the Monday file, by mouse at a desk and by keyboard on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.accessible import faults_of
from journeys.conftest import DESK, PHONE, Served
from web.intakes.weeks import a_week_later

WORKED = 120_000


def press(what: Locator, *, by_keyboard: bool) -> None:
    """Use a link or a button."""
    if by_keyboard:
        what.focus()
        what.press("Enter")
    else:
        what.click()


def week_file(served: Served, folder: Path, *, again: int) -> Path:
    """Give the file of the week after the last one, under numbers of its own."""
    last = sorted((served.folder / "bron").glob("bvh_20*.csv"))[-1]
    text = a_week_later(last.read_bytes().decode("cp1252")).replace("_BVH_2027", f"_BVH_{2027 + again}")
    path = folder / f"bvh_week_{again}.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("viewport", "by_keyboard"), [(DESK, False), (PHONE, True)], ids=["mouse", "keyboard"])
def test_the_monday_file_comes_in_and_goes_back(
    viewport: dict[str, int],
    by_keyboard: bool,
    log_in: Callable[..., Page],
    look: Callable[[Page, str], None],
    served: Served,
    tmp_path: Path,
) -> None:
    page = log_in("analist", viewport=viewport)

    def go_on(role: str, name: str) -> None:
        press(page.get_by_role(role, name=name).first, by_keyboard=by_keyboard)  # type: ignore[arg-type]

    def accessible(name: str) -> None:
        look(page, f"inlezen-{name}")
        assert faults_of(page) == [], name

    page.goto("/gegevens")
    go_on("link", "Bestand inlezen")
    accessible("brengen")
    page.get_by_label("Bestand met meldingen").set_input_files(week_file(served, tmp_path, again=int(by_keyboard)))
    go_on("button", "Bestand inlezen")
    expect(page.locator("[data-progress]")).to_have_count(0, timeout=WORKED)
    known = page.get_by_text("herkend van een vorige keer")
    if known.count() == 0:  # the second time the columns are known
        expect(page.get_by_role("heading", name="Welke kolom is wat?")).to_be_visible()
        accessible("kolommen")
        go_on("button", "Bestand nakijken")
        expect(page.locator("[data-progress]")).to_have_count(0, timeout=WORKED)
    expect(page.get_by_role("heading", name="De eerste tien rijen, na de poort")).to_be_visible()
    accessible("nakijken")
    go_on("button", "Meldingen publiceren")
    expect(page.get_by_text("De meldingen staan in de werkmap")).to_be_visible(timeout=WORKED)
    accessible("gepubliceerd")
    go_on("link", "Naar de levering")
    expect(page.get_by_role("heading", name=re.compile("^Levering "))).to_be_visible()
    accessible("levering")
    page.get_by_label("Waarom?").fill("Proef")
    go_on("button", "Levering terugdraaien")
    expect(page.get_by_text("is teruggedraaid")).to_be_visible()
