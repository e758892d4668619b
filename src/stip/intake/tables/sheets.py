# SPDX-License-Identifier: EUPL-1.2
"""Writing tables for a spreadsheet, so that no cell is ever run as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from stip.errors import FileError
from stip.store import new_file
from stip.words import harmless, number

MOST_ROWS = 1_048_575
"""What one sheet can hold below its headings."""


def write_sheet(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], *, widths: Sequence[int]
) -> None:
    """Write one sheet with headings that stay in view.

    Raises
    ------
    FileError
        When there are more rows than a sheet can hold.
    """
    if len(rows) > MOST_ROWS:
        raise FileError(
            f"Een rekenblad houdt {number(MOST_ROWS)} rijen; dit zijn er {number(len(rows))}. "
            "Kies een kortere periode."
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    top = [WriteOnlyCell(sheet, value=heading) for heading in headings]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    whole = BytesIO()  # a zip file that meets a full disk would complain once more when it is cleared away
    book.save(whole)
    with new_file(path) as half:
        half.write_bytes(whole.getbuffer())


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a CSV file the way Dutch spreadsheets open it: semicolons, UTF-8 with its mark."""
    texts = frame.select_dtypes(exclude="number").columns
    safe = frame.assign(**{name: frame[name].astype("string").map(harmless, na_action="ignore") for name in texts})
    with new_file(path) as half:
        safe.to_csv(half, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # a spreadsheet knows no zones
    return None if value is None or pd.isna(value) else value
