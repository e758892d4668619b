# SPDX-License-Identifier: EUPL-1.2
"""The drawings: who chose a place reads without colour, words do not cover signs, and a code holds its address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from stip.agreements import record_pause
from stip.plan import PlannedPlace, proposal_of
from stip.store import Workspace
from stip_web.briefings.codes import qr_svg
from stip_web.briefings.drawing import picture_of
from stip_web.briefings.gather import briefing_of
from stip_web.briefings.letters import FRONT
from stip_web.briefings.reader import Reader
from stip_web.briefings.streets import streets_of

from .conftest import NOW, newest
from .said import WEEK

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def town(site: Path) -> Workspace:
    """Give the sample town, only to be read."""
    return Workspace.open(site)


def drawn(town: Workspace, places: list[PlannedPlace]) -> ElementTree.Element:
    streets = streets_of(town, [place.cells for place in places], on=date(2026, 9, 7))
    return ElementTree.fromstring(picture_of(town, places, streets).near)  # noqa: S314 - our own drawing


def test_who_chose_a_place_shows_by_line_and_shape(town: Workspace) -> None:
    first = proposal_of(newest(town)).places[0]
    looks = {}
    for origin in ("outlook", "person", "random"):
        picture = drawn(town, [replace(first, origin=origin)])
        edges = [
            each
            for each in picture.iter(f"{SVG}path")
            if each.get("stroke") == "#111" and each.get("d", "").endswith("Z")
        ]
        sign = next(each for each in picture.iter(f"{SVG}g") if "scale(" in each.get("transform", ""))
        shape = next(iter(next(iter(sign))))
        looks[origin] = (edges[0].get("stroke-dasharray"), shape.tag, shape.get("d"))
    assert len(set(looks.values())) == 3
    assert len({dash for dash, _, _ in looks.values()}) == 3


def test_each_place_has_its_number_and_no_word_covers_one(town: Workspace) -> None:
    places = list(proposal_of(newest(town)).places)
    picture = drawn(town, places)
    signs = [each for each in picture.iter(f"{SVG}g") if "scale(" in each.get("transform", "")]
    assert [int(sign.find(f"{SVG}text").text or 0) for sign in signs] == [place.number for place in places]  # type: ignore[union-attr]

    def numbers(text: str) -> list[float]:
        return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)]

    discs = [numbers(sign.get("transform", "")) for sign in signs]
    labels = [
        (numbers(each.get("transform", "")), each.find(f"{SVG}rect"))
        for each in picture.iter(f"{SVG}g")
        if each.get("transform", "").startswith("translate") and each.find(f"{SVG}rect") is not None
    ]
    assert labels
    for (x, y), box in labels:
        assert box is not None
        half, top = float(box.get("width", 0)) / 2, float(box.get("y", 0))
        for left, middle, radius in discs:
            across, down = max(abs(left - x) - half, 0), max(abs(middle - (y + top / 2)) + top / 2, 0)
            assert across**2 + down**2 >= (0.8 * radius) ** 2


def test_words_on_the_map_can_be_read_on_paper(town: Workspace) -> None:
    picture = drawn(town, list(proposal_of(newest(town)).places))
    wide = float(picture.get("viewBox", "").split()[2])
    sizes = [float(each.get("font-size", 0)) for each in picture.iter() if each.get("font-size") not in (None, "1.2")]
    assert len(sizes) >= 3
    least = min(sizes) / wide * 72 / 25.4
    assert least * min(step.map for step in FRONT) >= 8
    assert least * max(step.map for step in FRONT) >= 9


def test_a_layer_on_hold_leaves_a_sentence_and_no_map(own_site: Path, db: None) -> None:
    town = Workspace.open(own_site)
    source = "wegen" if (own_site / "agreements" / "wegen.toml").exists() else "lagen"
    record_pause(town, f"source:{source}", paused=True, reason="Kaart wordt nagekeken", role="analist", at=NOW)
    briefing = briefing_of(town, WEEK, Reader(fine=True, concept=True), root="")
    assert briefing.picture is None
    assert briefing.places
    assert [each.title for each in briefing.warnings].count("Kaart ontbreekt") == 1


def test_a_code_is_drawn_module_by_module() -> None:
    address = "https://stip.voorbeeld.nl/straat/plek/pc16c7a95?week=2026-w37"
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(address)
    code.make(fit=True)
    black = {(x, y) for y, row in enumerate(code.get_matrix()) for x, module in enumerate(row) if module}
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr_svg(address))
    assert {(int(x) + step, int(y)) for x, y, wide in runs for step in range(int(wide))} == black
    assert qr_svg(address) != qr_svg(f"{address}8")
