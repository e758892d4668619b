# SPDX-License-Identifier: EUPL-1.2
"""The file of a Monday: the last five weeks of the sample town a week later, with faults that are known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

SWAPPED = 3
_BEGIN = "Begin-pleegdatum/tijd"
_DAY = re.compile(r"\b([0-9]{2})-([0-9]{2})-(20[0-9]{2}) ")


def monday_file(town: Path, to: Path, *, heading: str, refused: int, year: int = 2027) -> int:
    """Write a weekly file that the town does not have yet; gives how many rows it has.

    Parameters
    ----------
    town : Path
        The sample town, with ``bron/``.
    to : Path
    heading : str
        What its column with the begin is called: a source that renames its columns.
    refused : int
        How many of its rows have no place. Of three others x and y are swapped.
    year : int
        In the numbers of the reports: another year, other reports.
    """
    weeks = sorted((town / "bron").glob("bvh_20*.csv"))[-5:]
    first, *rows = [line for week in weeks for line in week.read_text("cp1252").splitlines()]
    last_of = {
        row.split(";")[0]: row for row in (_week_later(row, year) for row in rows)
    }  # a number that comes twice is refused
    rows = [row for number, row in last_of.items() if number]
    for place in range(refused):
        rows[place] = ";".join([*rows[place].split(";")[:-2], "0", "0"])
    for place in range(refused, refused + SWAPPED):
        *kept, x, y = rows[place].split(";")
        rows[place] = ";".join([*kept, y, x])
    to.write_text("\r\n".join([first.replace(_BEGIN, heading), *rows, ""]), "cp1252", newline="")
    return len(rows)


def _week_later(row: str, year: int) -> str:
    """Give a row a week later under another number; nothing when the sample town put a fault in it."""
    if not re.search(r";[0-9]{6};[0-9]{6}$", row) or len(_DAY.findall(row)) != 3 or ";Z99;" in row:
        return ""
    try:
        row = _DAY.sub(lambda day: f"{date(*map(int, day.groups()[::-1])) + timedelta(days=7):%d-%m-%Y} ", row)
    except ValueError:  # the 31st of February
        return ""
    return row.replace("_BVH_2026", f"_BVH_{year}")
