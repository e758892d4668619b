# SPDX-License-Identifier: EUPL-1.2
"""How numbers, days and weeks are written on a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from stip import words
from stip.space import monday

register = template.Library()


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Write ``1.284`` or ``3,5``; nothing known is a dash."""
    return "–" if value is None or value != value else words.number(value, decimals)  # noqa: PLR0124 - NaN


@register.filter
def times(ratio: float) -> str:
    """Write how many times as many, never as 1 when it is not."""
    return words.times(ratio)


@register.filter
def counted(value: float) -> str:
    """Write a count of incidents, of which some count for a part."""
    return words.counted(value)


@register.filter
def expected(value: float | None) -> str:
    """Write how many incidents are expected: the same on every page."""
    return "–" if value is None or value != value else words.expected(value)  # noqa: PLR0124 - NaN


@register.filter
def day(when: date | datetime) -> str:
    """Write ``7 september 2026``."""
    return words.day(timezone.localtime(when).date() if isinstance(when, datetime) else when)


@register.filter
def moment(when: datetime) -> str:
    """Write ``7 september 2026, 9.30 uur``."""
    local = timezone.localtime(when)
    return f"{words.day(local.date())}, {local.hour}.{local.minute:02d} uur"


@register.filter
def week(text: str) -> str:
    """Write ``week 37 (7 t/m 13 september 2026)``."""
    first = monday(text)
    last = first + timedelta(days=6)
    begin = str(first.day) if first.month == last.month else words.day(first, year=first.year != last.year)
    return f"week {int(text[-2:])} ({begin} t/m {words.day(last)})"


@register.filter
def week_number(text: str) -> str:
    """Write ``week 37``."""
    return f"week {int(text[-2:])}"


@register.filter
def week_names(text: str) -> str:
    """Write each code of a week in a sentence as people say it: ``week 31 van 2026``."""
    return words.week_names(text)


@register.filter
def between(low: float, high: float) -> str:
    """Write an interval in words: ``tussen 2 en 6``."""
    return f"tussen {words.counted(low)} en {words.counted(high)}"
