# SPDX-License-Identifier: EUPL-1.2
"""The refused rows as a file for whoever made the original: numbers and reasons, nothing of what the rows held."""

from __future__ import annotations

from pathlib import Path

from stip.errors import FileError
from stip.intake.accounts.report import Report
from stip.intake.tables.sheets import write_csv, write_sheet


def write_refused_rows(report: Report, path: Path | str) -> int:
    """Write the refused rows as CSV or XLSX, by the end of the name.

    Returns
    -------
    int
        How many rows were written.

    Raises
    ------
    FileError
        When the name ends in something else.
    """
    path = Path(path)
    rows = report.refused_rows()
    if path.suffix.lower() == ".csv":
        write_csv(path, rows)
    elif path.suffix.lower() == ".xlsx":
        lines = list(rows.itertuples(index=False, name=None))
        write_sheet(path, "Geweigerd", list(rows.columns), lines, widths=(10, 20, 45, 90))
    else:
        raise FileError(f"{path.name} eindigt niet op .csv of .xlsx. Kies een van die twee.")
    return len(rows)
