# SPDX-License-Identifier: EUPL-1.2
"""How figures of an outlook are written."""

from __future__ import annotations

from typing import Any

from django import template

from stip.words import number, share
from stip_web.outlooks.record import Line

register = template.Library()


@register.filter
def signed(value: float, decimals: int = 0) -> str:
    """Write a difference with its sign: ``+0,12`` or ``−0,12``."""
    text = number(abs(value), decimals)
    return text if float(text.replace(".", "").replace(",", ".")) == 0 else f"{'+' if value > 0 else '−'}{text}"


@register.filter
def share_of(line: Line) -> str:
    """Write hits as a share of all; as a percentage from 30 on."""
    return share(line.hits, line.total)


@register.filter
def share_between(line: Line) -> str:
    """Write between which percentages the share lies; from 30 reports on."""
    if line.total < 30 or line.low != line.low:  # noqa: PLR0124 - NaN
        return "te weinig meldingen"
    return f"{number(100 * line.low)} en {number(100 * line.high)} %"


@register.filter
def label_in(name: str, labels: dict[str, str]) -> str:
    """Give what a crime type is called."""
    return labels[name]


@register.filter
def plain_list(value: Any) -> str:
    """Write a list with commas, and anything else as it is."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
