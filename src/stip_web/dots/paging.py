# SPDX-License-Identifier: EUPL-1.2
"""Pages of a list: by number for people, by an opaque token for programs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from django.core import signing

from stip_web.dots.filters import FilterError

PER_PAGE = 50
PER_JSON = 500
_SALT = "stip.dots.next"


@dataclass(frozen=True)
class PageOf:
    """One page of a list.

    Attributes
    ----------
    number, last : int
        From 1.
    total : int
        Rows of the whole list.
    """

    number: int
    last: int
    total: int

    @property
    def slice(self) -> slice:
        """Where its rows are."""
        return slice((self.number - 1) * PER_PAGE, self.number * PER_PAGE)

    @property
    def first_row(self) -> int:
        """Number of its first row, from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last_row(self) -> int:
        """Number of its last row."""
        return min(self.number * PER_PAGE, self.total)

    @property
    def near(self) -> list[int]:
        """The pages that get a link: the ends and those beside this one; 0 where some are skipped."""
        shown = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        found: list[int] = []
        for page in shown:
            if found and page > found[-1] + 1:
                found.append(0)
            found.append(page)
        return found


def read_page(query: Any, total: int) -> PageOf:
    """Read ``blad``.

    Raises
    ------
    FilterError
        When it is no number. One beyond the last page gives the last.
    """
    text = query.get("blad", "").strip() or "1"
    if not re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII):
        raise FilterError("‘blad’ is een getal vanaf 1.")
    last = max(1, math.ceil(total / PER_PAGE))
    return PageOf(min(int(text), last), last, total)


def token_of(start: int, stamp: str) -> str:
    """Return the token of the rows from ``start`` of a list that has this stamp."""
    return signing.dumps([start, stamp], salt=_SALT)


def read_next(token: str, stamp: str) -> int:
    """Return where the rows of a token begin; 0 without one.

    Raises
    ------
    FilterError
        When it is not ours, or the reports have changed since.
    """
    if not token:
        return 0
    try:
        start, of = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise FilterError("‘volgende’ is geen verwijzing van Stip. Begin opnieuw zonder.") from None
    if of != stamp:
        raise FilterError("De meldingen zijn intussen veranderd. Begin opnieuw zonder ‘volgende’.")
    return int(start)
