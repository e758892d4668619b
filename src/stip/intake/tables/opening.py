# SPDX-License-Identifier: EUPL-1.2
"""Opening a file as what it is, whatever its name says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stip.agreements import heading_key
from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.archive import members
from stip.intake.tables.delimited import DelimitedTable
from stip.intake.tables.features import FeatureTable
from stip.intake.tables.parquet import ParquetTable
from stip.intake.tables.separators import Known
from stip.intake.tables.table import SourceTable
from stip.intake.tables.workbook import WorkbookTable
from stip.words import visible

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "is een oud (.xls) of vergrendeld rekenblad. Sla het op als .xlsx, zonder wachtwoord."),
    (b"\x1f\x8b", "is ingepakt (gzip). Pak het eerst uit."),
    (b"7z\xbc\xaf", "is ingepakt (7-Zip). Pak het eerst uit."),
    (b"Rar!", "is ingepakt (RAR). Pak het eerst uit."),
    (b"%PDF", "is een PDF. Vraag de tabel zelf op, als CSV of XLSX."),
    (b"\x89PNG", "is een afbeelding. Vraag de tabel zelf op, als CSV of XLSX."),
    (b"\xff\xd8\xff", "is een afbeelding. Vraag de tabel zelf op, als CSV of XLSX."),
)
_KINDS = "CSV, XLSX, Parquet, GeoJSON, GeoPackage of Shapefile"


def open_table(path: Path, *, expected: Iterable[str] = ()) -> SourceTable:
    """Open a file that holds a table.

    Parameters
    ----------
    path : Path
        CSV (or other text with separators), XLSX, Parquet, GeoJSON, GeoPackage or Shapefile (loose or zipped).
    expected : iterable of str
        Headings that may be in it; they decide which line, sheet or layer is read.

    Raises
    ------
    FileError
        When the file is missing, empty, damaged, locked, or something else.
    """
    keys = {heading_key(heading) for heading in expected}

    def known(heading: str) -> bool:
        return heading_key(heading) in keys

    start = _start(path)
    for magic, why in _REFUSED:
        if start.startswith(magic):
            raise FileError(f"{shown_name(path)} {why}")
    if start.startswith(b"PK"):
        return _zipped(path, known)
    if start.startswith(b"PAR1"):
        return ParquetTable(path)
    if start.startswith(b"SQLite format 3\0") or start.startswith(b"\0\0\x27\x0a"):
        return FeatureTable(path, known=known, source=_readable(path))
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in {b"{", b"["}:
        return FeatureTable(path, known=known)
    if text[:1] == b"<":
        raise FileError(f"{shown_name(path)} is een webpagina of XML, geen tabel. Ik lees {_KINDS}.")
    if _is_binary(start):
        raise FileError(f"{shown_name(path)} is geen tabel die ik ken. Ik lees {_KINDS}.")
    return DelimitedTable(path, known=known)


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise FileError(f"{shown_name(path)} is een map. Geef één bestand.")
    if path.exists() and not path.is_file():  # a pipe waits for ever, and a device has no end
        raise FileError(f"{shown_name(path)} is geen gewoon bestand. Sla de tabel op als bestand en geef dat.")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except FileNotFoundError:
        raise FileError(f"{_where(path)} bestaat niet. Kijk de naam en de map na.") from None
    except OSError:
        raise FileError(
            f"{shown_name(path)} is niet te openen. Kijk of u het mag lezen en of het niet elders openstaat."
        ) from None
    if not start:
        raise FileError(f"{shown_name(path)} is leeg. Vraag het bestand opnieuw op.")
    return start


def _where(path: Path) -> str:
    """Return the whole path, which helps to find what is wrong in it, unless its name is not shown."""
    shown = shown_name(path)
    return visible(str(path)) if shown == visible(path.name) else shown


def _zipped(path: Path, known: Known) -> SourceTable:
    names = members(path)
    if "xl/workbook.xml" in names:
        return WorkbookTable(path, known=known)
    shapes = [name for name in names if name.lower().endswith(".shp")]
    if len(shapes) == 1:
        return FeatureTable(path, known=known, source=f"/vsizip/{path}/{shapes[0]}")
    what = "een ander rekenblad" if {"mimetype", "xl/workbook.bin"} & set(names) else "een zip-bestand"
    raise FileError(f"{shown_name(path)} is {what}. Pak het uit of sla het op als .xlsx; ik lees {_KINDS}.")


def _readable(path: Path) -> str:
    """Return what GDAL opens: SQLite looks for the real name, which a file that lives in memory has not."""
    return "" if path.resolve().exists() else f"/vsisubfile/0,{path}"


def _is_binary(start: bytes) -> bool:
    """Tell bytes that are no text: control signs that no table holds. UTF-16 has NULs at every other place."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in start if byte)
    return control * 20 > len(start)
