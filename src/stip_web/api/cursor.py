# SPDX-License-Identifier: EUPL-1.2
"""The opaque cursor: where the next part begins, of which question, in which state of the data. Signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core import signing

from stip_web.answers.problems import bad_query
from stip_web.api.parameters import Paging

_SALT = "stip.api.next"
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page:
    """Which rows an answer holds.

    Attributes
    ----------
    rows : slice
    next : str or None
        Cursor of the rest; None when this was all.
    """

    rows: slice
    next: str | None


def page(total: int, paging: Paging, *question: Any) -> Page:
    """Work out which rows come now.

    Parameters
    ----------
    total : int
        Rows that the question matches.
    *question
        All that decides which rows those are and in which order: the filter, and the state of the data.

    Raises
    ------
    Refused
        When the cursor is none of ours, belongs to another question, or to data that have changed since.
    """
    asked = hashlib.blake2b(repr(question).encode(), digest_size=12).hexdigest()
    begin = 0 if paging.cursor is None else _begin(paging.cursor, asked)
    end = begin + paging.limit
    more = signing.dumps([end, asked], salt=_SALT, compress=False) if end < total else None
    return Page(slice(begin, end), more)


def paged(rows: Sequence[Row], paging: Paging, *question: Any) -> tuple[Sequence[Row], str | None]:
    """Give the rows that come now, and the cursor of the rest."""
    now = page(len(rows), paging, *question)
    return rows[now.rows], now.next


def _begin(cursor: str, asked: str) -> int:
    try:
        begin, then = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        raise bad_query("cursor", "cursor_unknown", "Geef hier wat ‘next’ in het vorige antwoord zei.") from None
    if then != asked:
        said = "De vraag of de gegevens zijn veranderd sinds het vorige antwoord. Begin weer vooraan."
        raise bad_query("cursor", "cursor_outdated", said)
    return int(begin)
