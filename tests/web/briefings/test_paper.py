# SPDX-License-Identifier: EUPL-1.2
"""The A4: two sides, tagged, with the words of the page; however long the names are."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from stip.agreements import record_pause
from stip.store import Workspace
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.briefings.briefing import NO_SEARCH, Briefing
from stip_web.briefings.gather import briefing_of
from stip_web.briefings.paper import as_pdf
from stip_web.briefings.reader import Reader
from stip_web.outlooks.cautions import Caution

from .conftest import NOW, Fix
from .said import PAGE, PAPER, WEEK, bare, letters_of, on_page, on_sides

ALL = Reader(fine=True, concept=True)
LONG_AREA = "Burgemeester Van der Heijden van Oosterhoutkwartier-Noord"
LONG_STREET = "Jonkheer Schimmelpenninck van der Oyelaan"
ON_MAP = re.compile(r"\d+ k?m")
LONG_FACT = "Diefstal uit of vanaf motorvoertuig: 126 meldingen in het drukste vak in een jaar, gemiddeld 10,5"


def long_briefing(workspace: Workspace, count: int) -> Briefing:
    """Give the week's briefing with so many places, each with names as long as they come."""
    found = briefing_of(workspace, WEEK, ALL, root="https://stip.een-lange-gemeentenaam.nl")
    places = tuple(
        replace(
            found.places[number % len(found.places)],
            number=number + 1,
            title=", ".join(f"{LONG_AREA} {number}{letter}" for letter in "ab"),
            streets=", ".join([f"{LONG_STREET} {number}"] * 4) + " en 12 andere straten",
            district=f"Noordoostelijke Vechtoever {number}",
            when="donderdag avond, vrijdag nacht, zaterdag nacht",
            who="Team Wijkgericht Werken en Toezicht Noordoost",
            origin=("outlook", "person", "random")[number % 3],
            why=(f"{LONG_FACT} ({number})",) * 3,
        )
        for number in range(count)
    )
    warnings = tuple(Caution("late", "Te laat binnen", f"{LONG_FACT}. Wat u ziet, mist meldingen.") for _ in range(3))
    changes = tuple(
        f"Plek {n} ({LONG_AREA}): praten in plaats van kijken; 2 bezoeken in plaats van 3." for n in range(6)
    )
    return replace(found, places=places, warnings=warnings, changes=changes)


def tags(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Walk the tags of a paper in reading order."""
    waiting = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        entry = waiting.pop(0)
        entry = entry.get_object() if hasattr(entry, "get_object") else entry
        if isinstance(entry, list):
            waiting = [*entry, *waiting]
        elif isinstance(entry, dict):
            if "/S" in entry:
                yield entry
            waiting = [entry["/K"], *waiting] if "/K" in entry else waiting


@pytest.mark.parametrize(("count", "least"), [(3, 8.5), (5, 8.5), (7, 8), (8, 8), (12, 6.5)])
def test_two_sides_however_long_the_names(count: int, least: float, fix: Fix, db: None) -> None:
    briefing = long_briefing(fix(), count)
    pdf = as_pdf(briefing, NOW)
    sides = on_sides(pdf)
    assert len(sides) == 2
    for place in briefing.places:
        assert any(all(bare(said) in side for said in place.said) for side in sides), place.number
    for text in (*briefing.changes, *(each.text for each in briefing.warnings)):
        assert bare(text) in sides[0]
    for side in sides:
        assert bare(briefing.version) in side
        assert bare(NO_SEARCH) in side
    assert min(points for text, points in letters_of(pdf).items() if not ON_MAP.fullmatch(text)) >= least


def test_letters_of_a_plan_are_large_enough_to_read_in_the_street(fix: Fix, db: None) -> None:
    briefing = briefing_of(fix(), WEEK, ALL, root="https://stip.example.nl")
    pdf = as_pdf(briefing, NOW)
    assert len(on_sides(pdf)) == 2
    found = letters_of(pdf)
    small = {text for text, points in found.items() if points < 9 and not ON_MAP.fullmatch(text)}
    assert min(found.values()) >= 8.5
    of_version = {text for text in small if len(text) > 10 and bare(text) in bare(briefing.version)}
    assert of_version
    assert {text for text in small - of_version if not text.startswith(("Stip · ", "blad "))} == set()


@pytest.mark.parametrize("count", [1, 4, 8, 10, 13])
def test_few_and_many_places_keep_two_sides_and_letters(count: int, fix: Fix, db: None) -> None:
    found = briefing_of(fix(), WEEK, ALL, root="https://stip.example.nl")
    places = tuple(replace(found.places[at % len(found.places)], number=at + 1) for at in range(count))
    pdf = as_pdf(replace(found, places=places), NOW)
    assert len(on_sides(pdf)) == 2
    assert min(letters_of(pdf).values()) >= (8.5 if count < 8 else 8)


def test_paper_and_page_say_the_same_of_each_place(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    briefing = briefing_of(workspace, WEEK, ALL, root="http://testserver")
    client = as_role("coordinator")
    page, sides = on_page(client.get(PAGE).content), on_sides(client.get(PAPER).content)
    assert briefing.places
    for place in briefing.places:
        assert len(place.why) <= 3
        for said in place.said:
            assert bare(said) in page, said
            assert bare(said) in sides[1], said
        assert place.streets
        for said in (place.title, place.streets, place.hours, place.when, place.who):
            assert bare(said) in sides[0], said
    for said in (briefing.version, NO_SEARCH, briefing.lead, *briefing.notes):
        assert bare(said) in page
        assert bare(said) in sides[0]
    assert "weken t/m week " in briefing.notes[1]
    assert briefing.places[0].feedback == f"http://testserver/straat/plek/{briefing.places[0].place_id}?week=2026-w37"


def test_the_paper_is_tagged_for_who_cannot_see_it(fix: Fix, as_role: Callable[[str], Client]) -> None:
    fix()
    pdf = as_role("coordinator").get(PAPER).content
    reader = PdfReader(io.BytesIO(pdf))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nl"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Stipdam · briefing week 37 (7 t/m 13 september 2026)"
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_object().get_data()
    found = list(tags(pdf))
    counted = Counter(str(tag["/S"]) for tag in found)
    places = briefing_of(fix(), WEEK, ALL, root="").places
    assert counted["/H1"] == 1
    assert counted["/H3"] == counted["/Art"] == len(places)
    assert counted["/Figure"] == 2 + len(places)
    assert all(tag["/Alt"] for tag in found if tag["/S"] == "/Figure")
    levels = [int(str(tag["/S"])[2]) for tag in found if str(tag["/S"])[1:] in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]


def test_taking_it_along_is_written_down(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    answer = as_role("member").get(PAPER)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    line = AuditLine.objects.get()
    count = len(briefing_of(workspace, WEEK, ALL, root="").places)
    assert (line.action, line.actor_name, line.subject) == ("briefing.take", "member-test", "briefing van 2026-w37")
    assert line.details == {"week": WEEK, "version": 1, "places": count, "fine": True}
    assert ProcessingSpan.objects.count() == 1


def test_outlooks_on_hold_stand_on_page_and_paper(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace = fix()
    record_pause(workspace, "outlook", paused=True, reason="Eerst overleg met de raad", role="fg", at=NOW)
    client = as_role("coordinator")
    page, side = on_page(client.get(PAGE).content), on_sides(client.get(PAPER).content)[0]
    for said in (page, side):
        assert bare("De vooruitblik staat op pauze sinds 7 september 2026: Eerst overleg met de raad.") in said
        assert said.count(bare("Eerst overleg met de raad")) == 1


@pytest.mark.parametrize("what", ["plan", "all", "source:bvh"])
def test_a_plan_on_hold_is_not_shown_or_printed(what: str, fix: Fix, as_role: Callable[[str], Client]) -> None:
    record_pause(fix(), what, paused=True, reason="Eerst overleg met de raad", role="fg", at=NOW)
    for address in (PAGE, PAPER):
        answer = as_role("coordinator").get(address)
        assert answer.status_code == 403
        assert "Eerst overleg met de raad" in answer.content.decode()
    assert not AuditLine.objects.exists()
