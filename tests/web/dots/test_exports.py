# SPDX-License-Identifier: EUPL-1.2
"""Files that are taken along: what they carry, who may take them, and what is written down of it."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable

import openpyxl
import pyogrio
import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.desk.workbook import _cell
from stip_web.dots.exports import FORMS
from stip_web.dots.exports.drawn import _breaks

QUERY = "?soort=vandalism&van=2026-06-01&tot=2026-08-30&dag=za"
CARRIED = (
    "Vernieling",
    "1 juni 2026 tot en met 30 augustus 2026",
    "zaterdag",
    "25 m",
    "Niet openbaar maken",
    "september 2026",
)


def text_of(form: str, body: bytes) -> str:
    """Return all that a file says beside its rows."""
    if form == "csv":
        return body.decode("utf-8-sig")
    if form == "geojson":
        return json.dumps(json.loads(body)["facts"], ensure_ascii=False)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(body))["Toelichting"]
        return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    if form == "gpkg":
        with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:  # GDAL minds the name
            file.write(body)
            file.flush()
            return json.dumps(pyogrio.read_info(file.name)["layer_metadata"], ensure_ascii=False)
    if form == "png":
        return json.dumps(Image.open(io.BytesIO(body)).info, ensure_ascii=False, default=str)
    (page,) = PdfReader(io.BytesIO(body)).pages
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize("form", FORMS)
def test_a_file_carries_filter_date_precision_and_licence(form: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/uitvoer.{form}{QUERY}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    said = text_of(form, answer.content)
    for part in CARRIED:
        assert part in said, part


@pytest.mark.parametrize("form", FORMS)
def test_a_file_leaves_a_line_and_a_span(form: str, as_role: Callable[[str], Client]) -> None:
    client = as_role("coordinator")
    count = client.get(f"/kaart/lijst.json{QUERY}").json()["facts"]["aantal"]
    client.get(f"/kaart/uitvoer.{form}{QUERY}")
    line = AuditLine.objects.get()
    assert (line.action, line.actor_name) == ("dots.export", "coordinator-test")
    assert line.details == {"form": form, "count": count, "query": QUERY[1:], "fine": True}
    assert ProcessingSpan.objects.filter(name="Meldingen meenemen als bestand").count() == 1


@pytest.mark.parametrize(
    "path", [*(f"/kaart/uitvoer.{form}" for form in FORMS), "/kaart/lijst.csv", "/kaart/lijst.geojson"]
)
@pytest.mark.parametrize("role", ["policy", "member", "privacy_officer", "administrator"])
def test_who_may_not_take_along_gets_nothing(path: str, role: str, as_role: Callable[[str], Client]) -> None:
    assert as_role(role).get(path).status_code == 403
    assert not AuditLine.objects.exists()


def test_the_twins_of_the_list_are_the_same_files(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    assert client.get(f"/kaart/lijst.csv{QUERY}").content == client.get(f"/kaart/uitvoer.csv{QUERY}").content
    assert AuditLine.objects.count() == 2
    assert client.get("/kaart/lijst.exe").status_code == 404
    assert client.get("/kaart/uitvoer.exe").status_code == 404


def test_a_cell_never_holds_a_formula() -> None:
    assert _cell("=1+1") == "'=1+1"
    assert _cell(3.5) == 3.5


def test_the_a4_is_tagged_dutch_and_one_page(as_role: Callable[[str], Client]) -> None:
    reader = PdfReader(io.BytesIO(as_role("analyst").get("/kaart/uitvoer.pdf").content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nl"
    assert "/StructTreeRoot" in catalog
    assert reader.metadata.title.startswith("Stipdam")
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]


@pytest.mark.parametrize("mode", ["stippen", "gegradueerd", "vakken", "dichtheid"])
@pytest.mark.parametrize("extra", ["", "&vlak=1,1;9,1;9,9", "&vlak=149000,435000;151000,435000;151000,437000"])
def test_each_way_of_showing_is_drawn_and_named(mode: str, extra: str, as_role: Callable[[str], Client]) -> None:
    answer = as_role("analyst").get(f"/kaart/uitvoer.pdf?weergave={mode}&straal=300{extra}")
    said = text_of("pdf", answer.content)
    named = {
        "stippen": "één per melding",
        "gegradueerd": "precies dezelfde plek",
        "vakken": "Vakken van 125 bij 125 meter",
        "dichtheid": "per vierkante kilometer, straal 300 meter",
    }
    assert named[mode] in said


@pytest.mark.parametrize(("most", "least"), [(0, 1), (1, 1), (7, 1), (523, 1), (0.4, 0.008), (88.0, 1.76)])
def test_classes_grow_and_none_begins_above_the_most(most: float, least: float) -> None:
    begins = _breaks(most, least)
    assert begins == sorted(set(begins))
    assert 1 <= len(begins) <= 5
    assert all(begin <= most for begin in begins[1:])
