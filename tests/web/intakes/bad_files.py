# SPDX-License-Identifier: EUPL-1.2
"""Files that nobody should be able to bring in, and what is said of each."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator

import openpyxl


def bomb(most_bytes: int = 1_100_000_000) -> bytes:
    """Give a workbook of a megabyte that is a gigabyte once unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            piece = bytes(1 << 24)
            for _ in range(most_bytes // len(piece)):
                sheet.write(piece)
    return out.getvalue()


def laughs() -> bytes:
    """Give a workbook whose text grows without end when it is read."""
    grown = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    book = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{grown}]><workbook>&l9;</workbook>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", book)
        archive.writestr("xl/workbook.xml", book)
    return out.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """Give a workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def macros() -> bytes:
    """Give a workbook that holds a macro."""
    out = io.BytesIO(workbook([["X", "Y"], [1, 2]]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    return out.getvalue()


def bad_files() -> Iterator[tuple[str, str, bytes, str]]:
    """Give name, file name, content, and words of the sentence that it must end in."""
    yield "empty", "leeg.csv", b"", "Dit bestand is leeg"
    yield "bomb", "bom.xlsx", bomb(), "uitgepakt"
    yield "laughs", "lach.xlsx", laughs(), "geen heel XLSX-bestand"
    yield "macros", "macro.xlsx", macros(), "macro’s"
    yield "old workbook", "oud.xls", b"\xd0\xcf\x11\xe0" + bytes(5000), "oud (.xls) of vergrendeld"
    yield "zip", "mee.zip", _zip({"week.csv": b"X;Y\n1;2\n"}), "is een zip-bestand"
    yield "torn zip", "half.xlsx", workbook([["X", "Y"]])[:-200], "beschadigd"
    yield "gzip", "week.csv", gzip.compress(b"X;Y\n1;2\n"), "ingepakt (gzip)"
    yield "pdf", "week.csv", b"%PDF-1.7\n" + bytes(100), "is een PDF"
    yield "image", "week.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "is een afbeelding"
    yield "program", "week.csv", b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 200, "geen tabel die ik ken"
    yield "page", "week.csv", b"<html><script>alert(1)</script></html>", "webpagina of XML"
    yield "json", "week.json", b'{"a": [1, 2', "GeoJSON"
    yield "torn parquet", "week.parquet", b"PAR1" + bytes(100), "geen heel Parquet-bestand"


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
