# SPDX-License-Identifier: EUPL-1.2
"""A document as DOCX, with each number linked to its row in the list of notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from stip.publish.register.document import (
    SOURCES_TITLE,
    Block,
    Bullets,
    Document,
    Heading,
    Mark,
    Paragraph,
    Question,
    Rows,
    Text,
)

_OPEN = "FFF6EA"
_HEAD = "EEF3F7"


def docx_of(document: Document) -> bytes:
    """Return the file."""
    import docx

    written = docx.Document()
    _style(written)
    _properties(written, document)
    written.add_heading(document.title, level=0)
    written.add_paragraph(f"{document.subtitle} – opzet van {document.made_on}").runs[0].italic = True
    written.add_paragraph(document.notice)
    written.add_paragraph(f"Open vragen in dit document: {len(document.questions)}.").runs[0].bold = True
    for block in document.blocks:
        _add(written, block)
    written.add_heading(SOURCES_TITLE, level=1)
    _table(written, document.sources, anchors=True)
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def _style(written: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = written.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(22)
    normal = written.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Heading 2"):
        style = written.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor(0x24, 0x56, 0x7A)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme would win from the name
    written.styles["Title"].font.size = Pt(20)


def _properties(written: Any, document: Document) -> None:
    facts = written.core_properties
    facts.title, facts.author, facts.language = document.title, "Stip", "nl-NL"
    facts.comments, facts.subject = "", document.subtitle


def _add(written: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            written.add_heading(text, level=level)
        case Paragraph(text):
            _write(written.add_paragraph(), text)
        case Bullets(items):
            for item in items:
                _write(written.add_paragraph(style="List Bullet"), item)
        case Rows():
            _table(written, block)
            written.add_paragraph()
        case Question(who, text):
            table = written.add_table(rows=1, cols=1, style="Table Grid")
            _shade(table.cell(0, 0), _OPEN)
            line = table.cell(0, 0).paragraphs[0]
            line.add_run(f"Open vraag voor {who}. ").bold = True
            line.add_run(text)
            line.paragraph_format.keep_with_next = True
            table.cell(0, 0).add_paragraph("Antwoord:")
            written.add_paragraph()


def _table(written: Any, content: Rows, *, anchors: bool = False) -> None:
    from docx.oxml import OxmlElement

    table = written.add_table(rows=1, cols=len(content.headings), style="Table Grid")
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, content.headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
        _shade(cell, _HEAD)
    for number, row in enumerate(content.rows, 1):
        cells = table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            if anchors and place == 0:
                _bookmark(cell.paragraphs[0], number)
            else:
                _write(cell.paragraphs[0], text)
    section = written.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    _lay_out(table, [int(share * room) for share in content.shares])
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # comes back on each page


def _lay_out(table: Any, widths: Sequence[int]) -> None:
    """Make the letters of a table small and its columns as wide as asked."""
    from docx.oxml import OxmlElement
    from docx.shared import Emu, Pt

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a row stays on one page
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(width)
            for line in cell.paragraphs:
                line.paragraph_format.space_after = Pt(2)
                for run in line.runs:
                    run.font.size = Pt(9)


def _write(line: Any, text: Text) -> None:
    for piece in text:
        if isinstance(piece, Mark):
            _link(line, piece.number)
        else:
            line.add_run(piece)


def _link(line: Any, number: int) -> None:
    """Add a number in superscript that leads to its note."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = line.add_run(str(number))
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"bron_{number}")
    line._p.append(link)
    link.append(run._r)


def _bookmark(line: Any, number: int) -> None:
    """Write the number of a note, to which the links lead."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), f"bron_{number}")
    line._p.append(begin)
    line.add_run(str(number))
    line._p.append(end)


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
