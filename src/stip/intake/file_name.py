# SPDX-License-Identifier: EUPL-1.2
"""What a file is called, on screen and in what is kept: its own name only when nothing personal stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from stip.agreements import find_any_personal, find_personal
from stip.words import visible

_BORN = re.compile(r"geb|born|birth|dob", re.I)
_DELIVERED = re.compile(
    r"(?<![0-9])20[2-9][0-9]([_\-]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?<![A-Za-z0-9])(?:20[2-9][0-9][ _\-]?)?(?:w|wk|week)[ _\-]?[0-9]{1,2}(?![0-9])",
    re.I,
)
"""The day or week of a delivery, as in ``BVH_20260907.csv`` and ``week_36_ab.csv``: it looks like a number of a case
or a licence plate."""

_ENCODING = re.compile(
    r"(?<![A-Za-z0-9])(?:cp[ _\-]?(?:437|85[0258]|125[0-8])|(?:win|windows)[ _\-]?125[0-8]|utf[ _\-]?(?:8|16|32)"
    r"|latin[ _\-]?[1-9]|iso[ _\-]?8859(?:[_\-][0-9]{1,2})?)(?![A-Za-z0-9])",
    re.I,
)
"""How the file was written, as in ``bvh_cp1252.csv``: it looks like a licence plate."""


_ORDINARY = re.compile(
    r"(?<![^\W_])(?:bvh|export|uitvoer|week|maand|kwartaal|jaar|meldingen|incidenten|inbraken|diefstal|aangiften|lijst"
    r"|overzicht|kaart|laag|lagen|buurt|buurten|wijk|wijken|gemeente|politie|basisteam|open|data|20[2-9][0-9]"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)(?![^\W_])",
    re.I,
)
"""Words that say what a file is, and a year alone: no names, and no streets with a number."""

_NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'-]+(?: (?:van|de|der|den|ten|ter|te|'t))* [A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'-]+"
    r"|\b[A-Z]\. ?[A-Z][a-z]+"
)
"""Two capitalised words on end, as *Jan Jansen*. Other things look so too; then the file has a number for a name."""


def shown_name(path: Path, number: str = "") -> str:
    """Return the name of a file, or what can be said in its place when it may hold personal data of any kind.

    Parameters
    ----------
    path : Path
    number : str
        By which the file can be told from others, when that is known.

    Returns
    -------
    str
        ``bestand-<number>.csv`` in place of a name with, say, a telephone number. Signs that steer a terminal are
        question marks.
    """
    name = _ENCODING.sub("", path.name.encode("utf-8", "replace").decode())  # a name may hold bytes that are no text
    name = name if _BORN.search(name) else _DELIVERED.sub("", name)
    bare = name if _BORN.search(name) else _ORDINARY.sub("·", name)
    # With its years: they are parts of numbers of cases, telephones and accounts too.
    found = [find_personal(_written(name)).notna(), find_any_personal(_written(bare)).notna()]
    if not any(each.any() for each in [*found, _written(bare).str.contains(_NAME)]):
        return visible(path.name)
    suffix = path.suffix if re.fullmatch(r"\.[A-Za-z]{1,8}", path.suffix) else ""
    return f"bestand-{number}{suffix}" if number else f"bestand{suffix}"


def _written(name: str) -> pd.Series[str]:
    """Return a name in each way it can be read: words are joined by signs, where the patterns look for spaces."""
    return pd.Series([name, name.replace("_", " "), re.sub(r"[_\-+.]", " ", name)], dtype="string")
