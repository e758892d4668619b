# SPDX-License-Identifier: EUPL-1.2
"""The public pages read easily, as far as that can be counted; `public.reading` says what that proves."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from django.test import Client

from stip.publish import published_areas
from web.public.reading import HARD, NEVER, length_of, reading_of, sentences_of

PAGES = ("", "/mijn-buurt", "/zo-werkt-het", "/cijfers", "/privacy", "/toegankelijkheid", "/reageer", "/gegevens")
"""Not here: /algoritme, which answers the fixed questions of the register and says so, and /en."""
EASE = 65.0
MOST_WORDS = 26
MEAN_WORDS = 13.0


def pages(public: Client, full: Path) -> dict[str, list[str]]:
    (file,) = full.glob("places/*/postcodes.parquet")
    asked = {
        "/mijn-buurt?postcode=x": {"postcode": "x"},
        "/mijn-buurt?postcode=9999ZZ": {"postcode": "9999 ZZ"},
        "/mijn-buurt?postcode": {"postcode": str(pd.read_parquet(file)["postcode"].iloc[1])},
        "/mijn-buurt?buurt": {"buurt": str(published_areas(full)["area_code"].iloc[3])},
    }
    found = {page: sentences_of(public.get(f"/openbaar{page}").content) for page in PAGES}
    return found | {
        name: sentences_of(public.get("/openbaar/mijn-buurt", one).content) for name, one in asked.items()
    }


def test_it_tells_an_easy_text_from_a_hard_one() -> None:
    easy = ["De gemeente kiest een plek.", "Daar loopt vaker iemand langs.", "Een mens beslist."]
    hard = [
        "Teneinde de doelmatigheid van de handhavingsinspanningen te optimaliseren worden gebiedsgerichte "
        "prioriteringen vastgesteld op grond van geaggregeerde politieregistraties."
    ]
    assert reading_of(easy).ease > 80
    assert reading_of(hard).ease < 20
    assert any(word in hard[0].lower() for word in HARD)


def test_every_page_reads_easily(public: Client, full: Path) -> None:
    for page, sentences in pages(public, full).items():
        reading = reading_of(sentences)
        told = f"{page}: {reading.ease:.0f}, longest: {reading.longest}"
        assert reading.ease >= EASE, told
        assert length_of(reading.longest) <= MOST_WORDS, told
        assert reading.words / reading.sentences <= MEAN_WORDS, told


@pytest.mark.parametrize("page", [*PAGES, "/algoritme", "/en"])
def test_no_page_says_what_it_must_not(public: Client, full: Path, page: str) -> None:
    text = public.get(f"/openbaar{page}").content.decode().lower()
    assert [word for word in NEVER if word in text] == []
    if page not in ("/algoritme", "/en"):
        said = " ".join(sentences_of(public.get(f"/openbaar{page}").content)).lower()
        assert [word for word in HARD if f" {word}" in said] == []


def test_no_red_is_used(public: Client) -> None:
    """Red says danger; a place is none."""
    style = (Path(__file__).parents[3] / "src/stip_web/public/static/public/public.css").read_text()
    assert not any(word in style.lower() for word in ("red", "#f00", "#c00", "#d00", "#b00", "crimson", "firebrick"))
