# SPDX-License-Identifier: EUPL-1.2
"""A document as ODT, the open format that the government asks for; each number is linked to its row of notes."""

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

_ROOM_CM = 17.0
_STYLES = """
<style:style style:name="StipMark" style:family="text">
 <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="StipBold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="StipTitle" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-bottom="0.2cm"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="20pt" fo:color="#24567a"/></style:style>
<style:style style:name="StipPart" style:family="paragraph" style:parent-style-name="Heading_20_1">
 <style:paragraph-properties fo:margin-top="0.8cm"
  fo:margin-bottom="0.1cm" fo:keep-with-next="always"/>
 <style:text-properties fo:font-family="Arial"
  fo:font-size="15pt" fo:font-style="normal" fo:color="#24567a"/></style:style>
<style:style style:name="StipPoint" style:family="paragraph" style:parent-style-name="Heading_20_2">
 <style:paragraph-properties fo:margin-top="0.5cm"
  fo:margin-bottom="0.1cm" fo:keep-with-next="always"/>
 <style:text-properties fo:font-family="Arial"
  fo:font-size="12pt" fo:font-style="normal" fo:color="#24567a"/></style:style>
<style:style style:name="StipText" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-bottom="0.2cm"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="10.5pt"/></style:style>
<style:style style:name="StipItem" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-bottom="0.05cm"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="10.5pt"/></style:style>
<style:style style:name="StipQuiet" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-bottom="0.2cm"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="10.5pt" fo:font-style="italic"/></style:style>
<style:style style:name="StipCellText" style:family="paragraph" style:parent-style-name="Standard">
 <style:text-properties fo:font-family="Arial" fo:font-size="9pt"/></style:style>
<style:style style:name="StipOpen" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:background-color="#fff6ea" fo:border-left="3pt solid #b35900"
  fo:padding="0.15cm" fo:margin-top="0.2cm" fo:keep-with-next="always"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="10.5pt"/></style:style>
<style:style style:name="StipAnswer" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:background-color="#fff6ea" fo:border-left="3pt solid #b35900"
  fo:padding="0.15cm" fo:margin-bottom="0.3cm"/>
 <style:text-properties fo:font-family="Arial" fo:font-size="10.5pt"/></style:style>
<style:style style:name="StipRow" style:family="table-row">
 <style:table-row-properties fo:keep-together="always"/></style:style>
<style:style style:name="StipCell" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #c3ccd5" fo:padding="0.1cm"/></style:style>
<style:style style:name="StipHead" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #c3ccd5" fo:padding="0.1cm" fo:background-color="#eef3f7"/></style:style>
"""


def odt_of(document: Document) -> bytes:
    """Return the file."""
    import odfdo

    written = odfdo.Document("text")
    for style in _styles():
        written.insert_style(style, automatic=True)
    written.meta.title, written.meta.language = document.title, "nl-NL"
    body = written.body
    body.clear()
    body.append(odfdo.Paragraph(document.title, style="StipTitle"))
    body.append(odfdo.Paragraph(f"{document.subtitle} – opzet van {document.made_on}", style="StipQuiet"))
    body.append(odfdo.Paragraph(document.notice, style="StipText"))
    body.append(odfdo.Paragraph(f"Open vragen in dit document: {len(document.questions)}.", style="StipText"))
    tables = [block for block in (*document.blocks, document.sources) if isinstance(block, Rows)]
    for number, table in enumerate(tables):
        for style in _columns(number, table):
            written.insert_style(style, automatic=True)
    for block in document.blocks:
        _add(body, block, tables)
    body.append(_heading(1, SOURCES_TITLE))
    body.append(_table(len(tables) - 1, document.sources, anchors=True))
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def _styles(text: str = _STYLES) -> list[Any]:
    import odfdo

    found = odfdo.Element.from_tag(f"<office:automatic-styles>{text}</office:automatic-styles>")
    return list(found.children)


def _columns(number: int, table: Rows) -> list[Any]:
    """Return the styles that make the columns of a table as wide as asked."""
    return _styles(
        "".join(
            f'<style:style style:name="Stip{number}_{place}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{share * _ROOM_CM:.2f}cm"/></style:style>'
            for place, share in enumerate(table.shares)
        )
    )


def _add(body: Any, block: Block, tables: Sequence[Rows]) -> None:
    import odfdo

    match block:
        case Heading(level, text):
            body.append(_heading(level, text))
        case Paragraph(text):
            body.append(_line(text, "StipText"))
        case Bullets(items):
            listed = odfdo.List()
            for item in items:
                entry = odfdo.ListItem()
                entry.append(_line(item, "StipItem"))
                listed.append(entry)
            body.append(listed)
        case Rows():
            body.append(_table(next(n for n, each in enumerate(tables) if each is block), block))
            body.append(odfdo.Paragraph("", style="StipText"))
        case Question(who, text):
            line = odfdo.Paragraph("", style="StipOpen")
            line.append(odfdo.Span(f"Open vraag voor {who}. ", style="StipBold"))
            line.append_plain_text(text)
            body.append(line)
            body.append(odfdo.Paragraph("Antwoord:", style="StipAnswer"))


def _heading(level: int, text: str) -> Any:
    """Return a heading without a number of its own: the model has numbers already."""
    import odfdo

    heading = odfdo.Header(level, text)
    heading.set_attribute("text:style-name", "StipPart" if level == 1 else "StipPoint")
    heading.set_attribute("text:is-list-header", "true")
    return heading


def _line(text: Text, style: str) -> Any:
    import odfdo

    line = odfdo.Paragraph("", style=style)
    for piece in text:
        if isinstance(piece, Mark):
            mark = odfdo.Span("", style="StipMark")
            mark.append(odfdo.Link(url=f"#bron_{piece.number}", text=str(piece.number)))
            line.append(mark)
        else:
            line.append_plain_text(piece)
    return line


def _table(number: int, content: Rows, *, anchors: bool = False) -> Any:
    import odfdo

    table = odfdo.Table(f"Tabel {number + 1}")
    for place in range(len(content.headings)):
        table.append(odfdo.Element.from_tag(f'<table:table-column table:style-name="Stip{number}_{place}"/>'))
    top = odfdo.Element.from_tag("<table:table-header-rows/>")
    top.append(_row([((heading,), "StipHead") for heading in content.headings]))
    table.append(top)
    for row in content.rows:
        table.append(_row([(text, "StipCell") for text in row], anchor=anchors))
    return table


def _row(cells: Sequence[tuple[Text, str]], *, anchor: bool = False) -> Any:
    import odfdo

    row = odfdo.Element.from_tag('<table:table-row table:style-name="StipRow"/>')
    for place, (text, style) in enumerate(cells):
        cell = odfdo.Element.from_tag(f'<table:table-cell table:style-name="{style}" office:value-type="string"/>')
        line = _line(text, "StipCellText")
        if anchor and place == 0:
            line.append(odfdo.Element.from_tag(f'<text:bookmark text:name="bron_{text[0]}"/>'))
        cell.append(line)
        row.append(cell)
    return row
