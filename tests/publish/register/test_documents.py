# SPDX-License-Identifier: EUPL-1.2
"""DPIA and IAMA: in the order of the models, every figure with its note, questions left open, in three formats."""

from __future__ import annotations

import io
import re

import docx
import odfdo
import pytest
from bs4 import BeautifulSoup

from publish.register.known_town import AT
from stip.publish.register import FORMATS, Document, file_of, make_register
from stip.publish.register.document import Heading, Mark, Paragraph, Rows
from stip.store import Workspace

DPIA = [
    "Voorstel", "Persoonsgegevens", "Gegevensverwerkingen", "Verwerkingsdoeleinden", "Betrokken partijen",
    "Belangen bij de verwerking", "Verwerkingslocaties", "Technieken en methoden", "Juridisch en beleidsmatig kader",
    "Bewaartermijnen", "Rechtsgrond", "Bijzondere persoonsgegevens", "Doelbinding", "Noodzaak en evenredigheid",
    "Rechten van betrokkenen", "Risico's voor betrokkenen", "Maatregelen",
]  # fmt: skip
IAMA = ["Deel 1. Waarom?", "Deel 2A. Wat? De gegevens", "Deel 2B. Wat? Het algoritme", "Deel 3. Hoe? De uitvoering",
        "Deel 4. Mensenrechten"]  # fmt: skip


@pytest.fixture
def documents(town: Workspace) -> tuple[Document, ...]:
    return make_register(town, at=AT).documents


def headings(document: Document, level: int) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def test_the_order_is_that_of_the_models(documents: tuple[Document, ...]) -> None:
    dpia, iama = documents
    assert headings(dpia, 2) == [f"{number}. {name}" for number, name in enumerate(DPIA, 1)]
    assert [name[0] for name in headings(dpia, 1)] == ["A", "B", "C", "D"]
    assert headings(iama, 1) == IAMA


def test_each_figure_from_a_run_leads_to_that_run(town: Workspace) -> None:
    register = make_register(town, at=AT)
    for document in register.documents:
        runs = {note.fact.name: note.fact.run for note in document.notes if note.fact.run}
        assert {f"uitkomst_{name}" for name in ("bicycle_theft", "vandalism")} <= set(runs)
        assert set(runs.values()) == set(register.runs)
        for note in document.notes:
            assert note.fact.origin


def test_questions_are_left_open_for_somebody(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert len(document.questions) > 5
        assert any("functionaris" in question.who for question in document.questions)
        shown = BeautifulSoup(file_of(document, "html"), "html.parser").select(".open")
        assert len(shown) == len(document.questions)


def test_each_number_in_the_page_has_its_note(documents: tuple[Document, ...]) -> None:
    for document in documents:
        page = BeautifulSoup(file_of(document, "html"), "html.parser")
        links = [str(link["href"]) for link in page.select("sup a")]
        assert links and all(page.select_one(link) is not None for link in links)
        assert not page.select("script, link, img")


def test_the_docx_opens_with_the_same_content(documents: tuple[Document, ...]) -> None:
    for document in documents:
        opened = docx.Document(io.BytesIO(file_of(document, "docx")))
        found = [line.text for line in opened.paragraphs if line.style and line.style.name == "Heading 2"]
        assert found == headings(document, 2)
        xml = opened.element.xml
        anchors, marks = (
            set(re.findall(r'w:anchor="(\w+)"', xml)),
            set(re.findall(r'bookmarkStart [^>]*w:name="(\w+)"', xml)),
        )
        assert anchors and anchors <= marks
        assert xml.count("Open vraag voor") == len(document.questions)


def test_the_odt_opens_with_the_same_content(documents: tuple[Document, ...]) -> None:
    for document in documents:
        opened = odfdo.Document(io.BytesIO(file_of(document, "odt")))
        found = [
            each.text_recursive for each in opened.body.headers if each.get_attribute("text:outline-level") == "2"
        ]
        assert found == headings(document, 2)
        xml = opened.body.serialize()
        anchors, marks = (
            set(re.findall(r'xlink:href="#(\w+)"', xml)),
            set(re.findall(r'bookmark text:name="(\w+)"', xml)),
        )
        assert anchors and anchors <= marks
        assert xml.count("Open vraag voor") == len(document.questions)


def test_all_formats_say_the_same(documents: tuple[Document, ...]) -> None:
    document = documents[0]
    said = [
        "".join(str(piece.number) if isinstance(piece, Mark) else piece for piece in block.text)
        for block in document.blocks
        if isinstance(block, Paragraph)
    ]
    odt = odfdo.Document(io.BytesIO(file_of(document, "odt"))).body
    whole = {
        "html": BeautifulSoup(file_of(document, "html"), "html.parser").get_text(),
        "docx": "\n".join(line.text for line in docx.Document(io.BytesIO(file_of(document, "docx"))).paragraphs),
        "odt": BeautifulSoup(re.sub(r"<text:s ?/>", " ", odt.serialize()), "html.parser").get_text(),
    }
    assert set(whole) == set(FORMATS)
    for form, text in whole.items():
        assert [each for each in said if each not in text] == [], form


def test_columns_of_a_table_take_the_whole_width(documents: tuple[Document, ...]) -> None:
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Rows):
                assert sum(block.shares) == pytest.approx(1)
                assert all(len(row) == len(block.headings) for row in block.rows)
