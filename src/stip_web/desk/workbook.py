# SPDX-License-Identifier: EUPL-1.2
"""A list as a workbook: the rows, and a sheet that explains them. No cell holds a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from stip.words import harmless
from stip_web.desk.twins import Listing

_USUAL_WIDTH = 14


def as_workbook(listing: Listing, *, sheet: str, widths: Mapping[str, float] | None = None) -> bytes:
    """Return the bytes of an XLSX file.

    Parameters
    ----------
    listing : Listing
        Its facts go on the second sheet. Moments must be without a zone: a workbook knows none.
    sheet : str
        Name of the first sheet.
    widths : mapping of str to float, optional
        Of a column, by code, in letters.
    """
    book = Workbook(write_only=True)
    rows = book.create_sheet(sheet)
    rows.freeze_panes = "A2"
    for place, code in enumerate(listing.columns, start=1):
        rows.column_dimensions[get_column_letter(place)].width = (widths or {}).get(code, _USUAL_WIDTH)
    rows.append([_bold(rows, heading) for heading in listing.columns.values()])
    for row in listing.rows:
        rows.append([_cell(row[code]) for code in listing.columns])
    told = book.create_sheet("Toelichting")
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 22, 110
    for name, value in listing.facts.items():
        told.append([_bold(told, name), _cell(value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.font = Font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
