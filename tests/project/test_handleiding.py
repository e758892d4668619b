# SPDX-License-Identifier: EUPL-1.2
"""The Dutch manual shows every page of the menu, with pictures that the tool makes, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse
from handleiding import PICTURES, WANTED

from stip_web.desk.navigation import MAIN

MANUAL = PICTURES.parent


def pages() -> list[Path]:
    return sorted(MANUAL.glob("*.md"))


def test_every_picture_is_made_by_the_tool_and_shown() -> None:
    shown = {name for page in pages() for name in re.findall(r"\(beelden/([\w-]+)\.png\)", page.read_text("utf-8"))}
    assert shown == {picture.name for picture in WANTED}
    assert shown == {path.stem for path in PICTURES.glob("*.png")}


def test_every_page_of_the_menu_is_shown() -> None:
    addresses = {picture.path for picture in WANTED}
    for item in MAIN:
        assert any(address.startswith(reverse(item.view)) for address in addresses), item.label


def test_every_page_is_in_the_index() -> None:
    index = (MANUAL / "index.md").read_text("utf-8")
    assert [page.name for page in pages() if page.name != "index.md" and f"]({page.name})" not in index] == []
