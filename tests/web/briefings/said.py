# SPDX-License-Identifier: EUPL-1.2
"""What a page and a paper say, without how it is broken into lines."""

from __future__ import annotations

import io
import re

from bs4 import BeautifulSoup
from pypdf import PdfReader

WEEK = "2026-W37"
PAGE = "/weekplan/2026-w37/briefing"
PAPER = f"{PAGE}.pdf"


def bare(text: str) -> str:
    """Take all white space out."""
    return re.sub(r"\s+", "", text)


def on_page(body: bytes) -> str:
    """Give the words of a page's content."""
    content = BeautifulSoup(body, "html.parser").find(id="inhoud")
    assert content is not None
    return bare(content.get_text())


def on_sides(pdf: bytes) -> list[str]:
    """Give the words on each side of a paper."""
    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def letters_of(pdf: bytes) -> dict[str, float]:
    """Give each piece of text on a paper, outside its drawings, with the height of its letters in points."""
    found: dict[str, float] = {}

    def seen(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            scale = (abs(cm[0] * cm[3] - cm[1] * cm[2]) * abs(tm[0] * tm[3] - tm[1] * tm[2])) ** 0.5
            found[text.strip()] = min(round(size * scale, 2), found.get(text.strip(), 100.0))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        for drawing in page["/Resources"]["/XObject"].values():  # type: ignore[index]
            drawing.get_object().set_data(b"")
        page.extract_text(visitor_text=seen)
    return found
