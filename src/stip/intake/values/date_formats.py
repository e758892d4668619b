# SPDX-License-Identifier: EUPL-1.2
"""All the ways of writing a date that are tried, by the order of day and month."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import cache


class Order(StrEnum):
    """Which comes first."""

    DAY = "dag eerst"
    MONTH = "maand eerst"


_YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d")
_DAY_FIRST = ("%d-%m-{y}", "%d/%m/{y}", "%d.%m.{y}", "%d %m {y}", "%d-%b-{y}", "%d/%b/{y}", "%d %b {y}")
_MONTH_FIRST = ("%m/%d/{y}", "%m-%d-{y}", "%m.%d.{y}", "%m %d {y}", "%b %d {y}", "%b %d, {y}", "%b-%d-{y}")
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S.%f", "%H.%M", "%H.%M.%S")
_TOGETHER = ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%d %H:%M:%S", "%Y%m%d %H:%M", "%Y%m%dT%H%M%S", "%Y%m%d")


def formats_of(order: Order) -> list[str]:
    """Return the formats of one order; years of two digits go before years of four, which would swallow them."""
    own = _DAY_FIRST if order is Order.DAY else _MONTH_FIRST
    days = [form.format(y=year) for year in ("%y", "%Y") for form in own]
    return [*_with_times(days, (" ", ", ")), *_with_times(_YEAR_FIRST, (" ", "T")), *_TOGETHER]


def usual_formats(texts: list[str], order: Order) -> list[str]:
    """Return the formats that texts seem to be written in, most common first."""
    examples: dict[str, str] = {}
    often: Counter[str] = Counter()
    for text in texts:
        shape = re.sub(r"[A-Za-z]+", "a", re.sub(r"[0-9]", "9", text.strip()))
        examples.setdefault(shape, text.strip())
        often[shape] += 1
    patterns = _patterns(order)
    hits: Counter[str] = Counter()
    for shape, example in examples.items():
        hits.update({form: often[shape] for form, pattern in patterns if pattern.fullmatch(example)})
    return [form for form, _ in hits.most_common()]


def order_of_format(form: str) -> Order | None:
    """Return the order that a declared format has, or None when the year comes first."""
    day = min((form.find(code) for code in ("%d", "%-d", "%e") if code in form), default=-1)
    month = min((form.find(code) for code in ("%m", "%-m", "%b", "%B") if code in form), default=-1)
    year = min((form.find(code) for code in ("%Y", "%y") if code in form), default=-1)
    if min(day, month) < 0 or -1 < year < min(day, month):
        return None
    return Order.DAY if day < month else Order.MONTH


def _with_times(days: Sequence[str], joins: tuple[str, str]) -> list[str]:
    timed = [f"{day}{join}{time}" for day in days for join in joins for time in _TIMES]
    return [*timed, *days]


@cache
def _patterns(order: Order) -> list[tuple[str, re.Pattern[str]]]:
    looks = {"%Y": "[0-9]{4}", "%b": "[A-Za-z]{3,}", "%p": "[AaPp][Mm]", "%f": "[0-9]{1,9}"}
    two = {"%d", "%m", "%y", "%H", "%I", "%M", "%S"}
    patterns = []
    for form in formats_of(order):
        together = form in _TOGETHER
        parts = re.findall(r"%[a-zA-Z]|.", form)
        digits = {part: "[0-9]{2}" if together or part in {"%y", "%M", "%S"} else "[0-9]{1,2}" for part in two}
        patterns.append((form, re.compile("".join((looks | digits).get(part, re.escape(part)) for part in parts))))
    return patterns
