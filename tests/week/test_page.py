# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from stip.plan import TYPES_APART
from stip.week.page import write_page
from stip.week.view import NO_GROUND, WeekView


@pytest.fixture
def page(view: WeekView, tmp_path: Path) -> str:
    return write_page(view, tmp_path / "kaart.html").read_text(encoding="utf-8")


def test_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
    assert "<script" not in page


def test_names_from_outside_are_escaped(page: str) -> None:
    assert "Zuid &lt;script&gt;" in page


def test_page_says_what_an_outlook_is_no_ground_for(page: str) -> None:
    assert NO_GROUND in page
    assert TYPES_APART in page


def test_all_that_the_map_shows_stands_in_the_tables(page: str) -> None:
    for words in (
        "1. Noord",
        "2. Oost",
        "geloot (kans 0,12)",
        "3,4 meldingen verwacht, tussen 1 en 6",
        "43 %",
        "7 van 20",
    ):
        assert words in page, words
    assert "4 meldingen staan er niet op" in page


def test_drawing_is_well_formed(page: str) -> None:
    drawing = page[page.index("<svg") : page.index("</svg>") + 6]
    tree = ElementTree.fromstring(drawing)  # noqa: S314  made by the test itself
    places = [
        path
        for path in tree.iter("path")
        if "place" in path.get("class", "") and "under" not in path.get("class", "")
    ]
    assert [path.get("class") for path in places] == ["place outlook", "place random"]
    assert len([path for path in tree.iter("path") if path.get("fill")]) == 5
