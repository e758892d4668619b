# SPDX-License-Identifier: EUPL-1.2
"""Files that nobody should be able to bring in, and what is said of each."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

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


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("leeg.csv", lambda: b"", "Dit bestand is leeg"),
    "bomb": ("bom.xlsx", bomb, "uitgepakt"),
    "laughs": ("lach.xlsx", laughs, "geen heel XLSX-bestand"),
    "macros": ("macro.xlsx", macros, "macro’s"),
    "old workbook": ("oud.xls", lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), "oud (.xls) of vergrendeld"),
    "zip": ("mee.zip", lambda: _zip({"week.csv": b"X;Y\n1;2\n"}), "is een zip-bestand"),
    "torn zip": ("half.xlsx", lambda: workbook([["X", "Y"]])[:-200], "beschadigd"),
    "gzip": ("week.csv", lambda: gzip.compress(b"X;Y\n1;2\n"), "ingepakt (gzip)"),
    "pdf": ("week.csv", lambda: b"%PDF-1.7\n" + bytes(100), "is een PDF"),
    "image": ("week.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "is een afbeelding"),
    "program": ("week.csv", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 200, "geen tabel die ik ken"),
    "page": ("week.csv", lambda: b"<html><script>alert(1)</script></html>", "webpagina of XML"),
    "json": ("week.json", lambda: b'{"a": [1, 2', "GeoJSON"),
    "torn parquet": ("week.parquet", lambda: b"PAR1" + bytes(100), "geen heel Parquet-bestand"),
}
"""By name: the name of the file, how it is made, and words of the sentence that it must end in."""
