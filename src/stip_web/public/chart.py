# SPDX-License-Identifier: EUPL-1.2
"""A plain chart of how often the outlook was right, beside a simple count: two bars a type, with their margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 320
_ROW = 58
_TOP = 4
_LONG = 250


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes
    ----------
    y, length, low, high : float
        In units of the drawing; ``low`` and ``high`` are the ends of the margin.
    per_cent : int
    """

    y: float
    length: float
    low: float
    high: float
    per_cent: int


@dataclass(frozen=True)
class Row:
    """The two bars of one type."""

    label: str
    y: float
    outlook: Bar
    baseline: Bar

    @property
    def bars(self) -> tuple[Bar, Bar]:
        """Both."""
        return self.outlook, self.baseline


@dataclass(frozen=True)
class Chart:
    """All rows and the height of the drawing."""

    rows: tuple[Row, ...]
    width: int
    height: int


def chart_of(types: Sequence[dict[str, Any]]) -> Chart | None:
    """Draw the types of which shares are told; None when there is none.

    Parameters
    ----------
    types : sequence of dict
        As ``types`` of `stip.publish.published_record`, each with ``outlook.share`` and ``baseline.share``.
    """
    told = [one for one in types if one["outlook"]["share"] and one["baseline"]["share"]]
    rows = []
    for number, one in enumerate(told):
        top = _TOP + number * _ROW
        outlook, baseline = (one[name]["share"] for name in ("outlook", "baseline"))
        rows.append(Row(one["label"], top + 12, _bar(top + 18, outlook), _bar(top + 34, baseline)))
    return Chart(tuple(rows), WIDTH, _TOP + len(rows) * _ROW) if rows else None


def _bar(y: float, share: dict[str, float]) -> Bar:
    value, low, high = (min(max(share[name], 0.0), 1.0) for name in ("share", "low", "high"))
    return Bar(y, value * _LONG, low * _LONG, high * _LONG, round(100 * value))
