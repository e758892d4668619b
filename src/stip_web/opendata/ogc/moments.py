# SPDX-License-Identifier: EUPL-1.2
"""The parameter ``datetime``: a moment, or an interval that may be open, as days in the town."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

Interval = tuple[date | None, date | None]
_DAY = r"\d{4}-\d{2}-\d{2}"
_MOMENT = re.compile(rf"{_DAY}([Tt]\d{{2}}:\d{{2}}:\d{{2}}(\.\d{{1,9}})?([Zz]|[+-]\d{{2}}:\d{{2}}))?", re.ASCII)
_OPEN = ("", "..")


def interval_of(value: Any) -> Any:
    """Read ``2026-01-01``, ``2026-01-01T00:00:00Z``, ``2026-01-01/..`` and the like.

    Returns
    -------
    (date or None, date or None)
        First and last day; None is open.

    Raises
    ------
    PydanticCustomError
        With the code ``datetime``, when it is none of these or ends before it begins.
    """
    if not isinstance(value, str):
        return value
    parts = value.split("/")
    if len(parts) > 2 or (len(parts) == 1 and value in _OPEN):
        raise _refused()
    begin, end = (_day(part) if part not in _OPEN else None for part in (parts[0], parts[-1]))
    if begin is not None and end is not None and begin > end:
        raise _refused()
    return begin, end


def _day(text: str) -> date:
    if not _MOMENT.fullmatch(text):
        raise _refused()
    try:
        if len(text) == len("2026-01-01"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise _refused() from None
    try:
        return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    except OverflowError:
        if moment.year == date.max.year:  # in the town it is the year 10000 by then; no quarter lies so far
            return date.max
        raise _refused() from None


def _refused() -> PydanticCustomError:
    return PydanticCustomError("datetime", "of another form")


IntervalText = Annotated[
    Interval,
    BeforeValidator(interval_of),
    WithJsonSchema({"type": "string", "example": "2026-01-01T00:00:00Z/2026-03-31T23:59:59Z"}),
]
