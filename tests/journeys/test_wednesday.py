# SPDX-License-Identifier: EUPL-1.2
"""Journey 6: a change during the week. What the street tells moves a visit; the phones show what changed."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page, expect

from journeys.accessible import faults_of
from journeys.conftest import Served
from journeys.hands import PHONE
from journeys.test_shift import open_once, save, tap_tile
from stip.signals import signals_of
from stip.space import Grid
from stip.store import Workspace, read_cells, read_decisions
from stip_web.street.codes import TOWARDS

Look = Callable[[Page, str], None]
WEEK = "2026-W36"


def test_a_change_on_wednesday(log_in: Callable[..., Page], served: Served, look: Look) -> None:
    workspace = Workspace.open(served.folder / "werkmap")
    before = {known.signal_id for known in signals_of(workspace)}
    phone = log_in("teamlid", viewport=PHONE, touch=True)
    taken = {int(cell) for each in read_decisions(workspace, "plan", week=WEEK)["cells"] for cell in each}
    cells = read_cells(workspace)
    free = set(cells.loc[cells["in_study"].astype(bool) & ~cells["cell"].isin(taken), "cell"])
    _tell(phone, {workspace.grid.name(int(cell)) for cell in free}, workspace.grid)

    desk = log_in("coordinator")
    desk.goto(f"/weekplan/{WEEK.lower()}/terugkoppeling")
    expect(desk.get_by_role("heading", name="Klopt niet, beter hier")).to_be_visible()
    look(desk, "wednesday-inbox")
    assert faults_of(desk) == []
    desk.get_by_role("link", name="Bezoek verplaatsen").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("verplaatsen")
    desk.get_by_label("Waarom hier?").fill("Het team zag dat het een straat verder druk is.")
    desk.get_by_role("button", name="Bezoek verplaatsen").click()
    expect(desk.get_by_role("status").first).to_be_visible()

    desk.get_by_role("link", name="vaststellen").first.click()
    expect(desk.get_by_role("heading", name="Doel")).to_be_visible()
    for label in ("Waarom toch meer uren?", "Waarom toch weer deze wijk?", "Waarom toch weer dezelfde plek?"):
        if desk.get_by_label(label).count():
            desk.get_by_label(label).fill("Het team vroeg erom.")
    desk.get_by_role("button", name="vaststellen").click()
    expect(desk.get_by_role("status").first).to_contain_text("Het weekplan staat vast: versie 2")
    desk.get_by_role("link", name="Versies").click()
    expect(desk.get_by_role("heading", name="Versie 1", exact=True)).to_be_visible()  # the old one is kept
    look(desk, "wednesday-versions")

    (broken,) = [known for known in signals_of(workspace) if known.signal_id not in before]
    desk.goto("/signalen")
    desk.get_by_role("link", name=broken.mark).click()
    desk.get_by_role("button", name="Overdragen vastleggen").click()
    expect(desk.get_by_role("heading", name=re.compile("Nog versturen aan"))).to_be_visible()
    desk.get_by_label("Nummer bij de partner").fill("SIA-1234")
    desk.get_by_role("button", name="Ik heb het verstuurd").click()
    expect(desk.get_by_role("region", name="Geschiedenis")).to_contain_text("nummer SIA-1234")
    look(desk, "wednesday-signal")
    assert faults_of(desk) == []

    phone.goto("/straat")
    expect(phone.locator("#anders")).to_be_visible()
    expect(phone.locator("#anders li").first).not_to_be_empty()
    look(phone, "wednesday-phone")
    phone.locator("#anders button").tap()
    expect(phone.locator("#anders")).to_be_hidden()
    assert set(read_decisions(workspace, "plan", week=WEEK, history=True)["version"]) == {1, 2}


def _tell(phone: Page, free: set[str], grid: Grid) -> None:
    """Say of one place that it would be better elsewhere, and of another that something is broken."""
    places = open_once(phone)
    phone.goto(places[0])
    tap_tile(phone, "Geweest")
    tap_tile(phone, "Anders")
    phone.get_by_text("Klopt niet: beter hier").tap()
    form = phone.locator("form[data-x]")
    x_m, y_m = (float(form.get_attribute(f"data-{axis}") or "nan") for axis in "xy")
    far_m = 8 * grid.cell_m

    def square(east: int, north: int) -> str:
        return grid.name(int(grid.cell_at(np.array([x_m + east * far_m]), np.array([y_m + north * far_m]))[0]))

    direction = next((code for code, (_, east, north) in TOWARDS.items() if square(east, north) in free), "")
    assert direction, "there is no free square around this place"
    phone.get_by_label("Of kies een richting").select_option(direction)
    phone.get_by_label("Hoe ver?").select_option("8")
    expect(phone.locator("#beter-zin")).to_contain_text("Beter hier")
    save(phone)
    phone.goto(places[1])
    tap_tile(phone, "Geweest")
    tap_tile(phone, "Zoals verwacht")
    phone.get_by_text("Iets gezien, of een opmerking").tap()
    phone.get_by_label("Gezien").select_option("stuk")
    save(phone)
    phone.goto("/straat/wachtrij")
    expect(phone.locator("#wachtrij-zin")).to_have_text("Er wacht niets.")
