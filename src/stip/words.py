# SPDX-License-Identifier: EUPL-1.2
"""How numbers, dates and text are written for people and their spreadsheets: the Dutch way."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

_RUNS = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins to calculate

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Signs that steer a terminal, turn the order of letters around or show nothing; and bytes that are no text."""

__all__ = ["day", "harmless", "number", "share", "times", "visible"]


PARTS_COUNT = (
    "Een melding met een tijdvak telt voor het deel dat in de week valt; vandaar de cijfers achter de komma."
)


def number(value: float, decimals: int = 0) -> str:
    """Write a number with a comma for decimals and points between thousands.

    Examples
    --------
    >>> number(1284.5, 1)
    '1.284,5'
    """
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def times(ratio: float) -> str:
    """Write how many times as many, with as many decimals (two to four) as it takes not to look like 1.

    Examples
    --------
    >>> times(1.78), times(0.9964)
    ('1,78', '0,996')
    """
    return number(ratio, next((decimals for decimals in (2, 3) if ratio == 1 or round(ratio, decimals) != 1), 4))


def day(when: date, *, year: bool = True) -> str:
    """Write a date in words.

    Examples
    --------
    >>> day(date(2026, 9, 7))
    '7 september 2026'
    """
    words = f"{when.day} {_MONTHS[when.month - 1]}"
    return f"{words} {when.year}" if year else words


_WEEK_CODE = re.compile(r"\b(\d{4})-[Ww](\d{2})\b")


def week_name(week: str, *, year: bool = True) -> str:
    """Write a week as people say it.

    Examples
    --------
    >>> week_name("2026-W07"), week_name("2026-W36", year=False)
    ('week 7 van 2026', 'week 36')
    """
    return f"week {int(week[-2:])} van {week[:4]}" if year else f"week {int(week[-2:])}"


def week_names(text: str) -> str:
    """Write every code of a week in a sentence as people say it.

    Examples
    --------
    >>> week_names("t/m 2026-W31 kwamen er 8.")
    't/m week 31 van 2026 kwamen er 8.'
    """
    return _WEEK_CODE.sub(lambda found: f"week {int(found[2])} van {found[1]}", text)


def counted(value: float) -> str:
    """Write a count of incidents: with a decimal when one with a time window counts for a part.

    Examples
    --------
    >>> counted(12.0), counted(10.36)
    ('12', '10,4')
    """
    return number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def expected(value: float) -> str:
    """Write how many incidents are expected: an estimate, so with no more digits than it carries.

    Examples
    --------
    >>> expected(110.94), expected(9.52), expected(0.534)
    ('111', '9,5', '0,53')
    """
    size = round(abs(value), 1)
    return number(value, 0 if size >= 10 else 1 if size >= 1 else 2)


def share(part: float, whole: float) -> str:
    """Write a part of a whole; as a percentage only where the whole is 30 or more.

    Examples
    --------
    >>> share(12, 60), share(3, 12)
    ('20 %', '3 van 12')
    """
    return f"{number(100 * part / whole)} %" if whole >= 30 else f"{counted(part)} van {counted(whole)}"


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows and does not run.

    Examples
    --------
    >>> harmless("=1+1"), harmless("A72")
    ("'=1+1", 'A72')
    """
    return f"'{text}" if text.startswith(_RUNS) else text


def visible(text: str) -> str:
    r"""Return text in which nothing steers a terminal: each such sign is a question mark.

    Examples
    --------
    >>> visible("week\x1b[2J.csv")
    'week?[2J.csv'
    """
    return _UNSEEN.sub("?", text)
