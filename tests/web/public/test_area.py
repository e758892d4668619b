# SPDX-License-Identifier: EUPL-1.2
"""Mijn buurt: each way in which there is nothing to show is told in words of its own."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.publish import AREA, Quarter, State, published_areas, published_facts
from stip.words import day
from stip_web.public.views.area import CHANGED, FOUR_ONLY, HIDDEN, NO_AREA, NO_BORDERS, NO_POSTCODE, NOT_OUT
from stip_web.public.views.area import NOT_OUT_HERE as NOT_HERE


def said(public: Client, **asked: str) -> str:
    answer = public.get("/openbaar/mijn-buurt", asked)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())  # type: ignore[union-attr]


def a_postcode(published: Path) -> str:
    (file,) = published.glob("places/*/postcodes.parquet")
    codes = pd.read_parquet(file)["postcode"]
    return str(codes[codes.str.len() == 6].iloc[0])


def test_a_postcode_leads_to_the_figures_of_its_neighbourhood(public: Client, full: Path) -> None:
    code = a_postcode(full)
    text = said(public, postcode=f"{code[:4]} {code[4:].lower()}")
    assert "Meldingen per kwartaal" in text
    approved = datetime.fromisoformat(published_facts(full)[-1]["approved_at"])
    assert f"openbaar sinds {day(approved.date())}" in text
    assert "De bron is de lijst met meldingen van de politie." in text
    assert "Ernaast:" in text
    assert FOUR_ONLY not in text
    assert FOUR_ONLY in said(public, postcode=f"{code[:4]} ZZ")


def test_what_is_wrong_with_a_quarter_stands_beside_its_figures(public: Client, full: Path) -> None:
    area = {"buurt": str(published_areas(full)["area_code"].iloc[3])}
    sentence = "In juni ontbreekt een week."
    assert "er klopt iets niet" not in said(public, **area)
    newest = published_facts(full)[-1]["quarter"]
    issue = {"quarter": newest, "since": "2026-09-06T22:30:00+00:00", "sentence": sentence}
    (full / "figures" / newest / "issues.json").write_text(json.dumps([issue]))
    text = said(public, **area)
    assert f"{Quarter.named(newest).label.capitalize()}: {sentence} Verteld op 7 september 2026." in text
    assert text.index(sentence) < text.index("Meldingen per kwartaal")


def test_what_cannot_be_found_is_told_apart(public: Client, full: Path) -> None:
    assert NO_POSTCODE in said(public, postcode="hallo")
    assert "ligt niet in de gemeente Stipdam" in said(public, postcode="9999 ZZ")
    assert NO_AREA in said(public, buurt="BU1")
    hostile = said(public, postcode="<script>", buurt="")
    assert NO_POSTCODE in hostile
    assert "script" not in hostile


def test_a_neighbourhood_with_few_dwellings_says_why_it_is_hidden(public: Client, full: Path) -> None:
    hidden = str(published_areas(full)["area_code"].iloc[0])
    for state in HIDDEN:
        for file in full.glob("figures/*/figures.parquet"):
            table = pd.read_parquet(file)
            mine = table["area_code"] == hidden
            table.loc[mine, "figure"], table.loc[mine, "state"] = pd.NA, str(state)
            table.to_parquet(file)
        text = said(public, buurt=hidden)
        assert HIDDEN[state] in text
        assert "Meldingen per kwartaal" not in text


def test_new_borders_leave_the_quarters_of_a_neighbourhood_that_did_not_change(public: Client, full: Path) -> None:
    codes = published_areas(full)["area_code"].astype(str).tolist()
    newest = sorted(full.glob("figures/*/figures.parquet"))[-1]
    table = pd.read_parquet(newest)
    shown = table[(table["level"] == AREA) & (table["state"] == State.PUBLISHED)]["area_code"]
    same, moved = [code for code in codes if code in set(shown)][:2]
    before = said(public, buurt=same)
    year = int(table["area_year"].iloc[0])
    table["area_year"] = (table["area_year"] + 1).astype("int16")
    table.to_parquet(newest)
    old, new = full / "places" / str(year), full / "places" / str(year + 1)
    shutil.copytree(old, new)
    facts = json.loads((new / "facts.json").read_text(encoding="utf-8"))
    (new / "facts.json").write_text(json.dumps({**facts, "year": year + 1}), encoding="utf-8")
    frame = published_areas(full, year + 1)
    frame["area_year"] = year + 1
    frame.loc[frame["area_code"] == moved, "geometry"] = frame.geometry[frame["area_code"] == moved].buffer(100)
    frame.to_parquet(new / "areas.parquet")
    assert said(public, buurt=same) == before.replace(f"CBS uit {year}", f"CBS uit {year + 1}")
    text = said(public, buurt=moved)
    assert CHANGED.format(years=year) in text and text.count("openbaar sinds") == 1
    assert before.count("openbaar sinds") == 3


def test_few_reports_are_told_as_few(public: Client, full: Path) -> None:
    newest = sorted(full.glob("figures/*/figures.parquet"))[-1]
    table = pd.read_parquet(newest)
    code = table[(table["level"] == AREA) & (table["state"] == State.PUBLISHED)]["area_code"].iloc[0]
    table.loc[table["area_code"] == code, "figure"] = 0
    table.to_parquet(newest)
    assert "er waren weinig meldingen, van elke soort minder dan 5." in said(public, buurt=str(code))


def test_before_anything_is_public_that_is_said(public: Client, full: Path) -> None:
    code = str(published_areas(full)["area_code"].iloc[0])
    newest = sorted(full.glob("figures/*"))[-1]
    for folder in full.glob("figures/*"):
        table = pd.read_parquet(folder / "figures.parquet")
        table[table["area_code"] != code].to_parquet(folder / "figures.parquet")
    assert newest.is_dir()
    assert NOT_HERE in said(public, buurt=code)
    shutil.rmtree(full / "figures")
    assert NOT_OUT in said(public, buurt=code)
    shutil.rmtree(full / "places")
    assert NO_BORDERS in said(public)


def test_a_pause_shows_at_once_and_hides_the_figures(public: Client, full: Path) -> None:
    code = a_postcode(full)
    first = public.get("/openbaar/mijn-buurt", {"postcode": code})
    notice = {"what": "stage", "name": "publish", "label": "", "since": "2026-09-07", "sentence": "Dit staat stil."}
    (full / "pauses.json").write_text(json.dumps([notice]))
    again = public.get("/openbaar/mijn-buurt", {"postcode": code}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    text = again.content.decode()
    assert text.count("Dit staat stil.") == 2  # above the page, and instead of the figures
    assert "Meldingen per kwartaal" not in text
    assert public.get("/openbaar/cijfers.csv").status_code == 503
    assert "Meldingen in de buurten met" not in public.get("/openbaar/cijfers").content.decode()
    for page in ("zo-werkt-het", "privacy", "reageer"):
        assert "Dit staat stil." in public.get(f"/openbaar/{page}").content.decode()


@pytest.mark.parametrize(("counts", "hidden"), [(["bvh"], True), (["andere"], False)])
def test_a_paused_source_hides_the_figures_that_were_made_of_it(
    public: Client, full: Path, counts: list[str], hidden: bool
) -> None:
    for file in full.glob("figures/*/facts.json"):
        file.write_text(json.dumps(json.loads(file.read_text()) | {"sources": counts}))
    notice = {
        "what": "bron",
        "name": "bvh",
        "label": "bvh",
        "since": "2026-09-07",
        "sentence": "Die bron staat stil.",
    }
    (full / "pauses.json").write_text(json.dumps([notice]))
    text = said(public, postcode=a_postcode(full))
    assert ("Meldingen per kwartaal" not in text) is hidden
    assert "Die bron staat stil." in public.get("/openbaar").content.decode()
    assert public.get("/openbaar/cijfers.csv").status_code == (503 if hidden else 200)


@pytest.mark.parametrize("page", ["mijn-buurt", "cijfers", "zo-werkt-het", "algoritme", "en", "reageer", ""])
def test_every_page_stands_before_anything_is_published(public: Client, published: Path, page: str) -> None:
    answer = public.get(f"/openbaar/{page}".removesuffix("/"))
    assert answer.status_code == 200
    assert "Uw gemeente" in answer.content.decode()
