# SPDX-License-Identifier: EUPL-1.2
"""The measure of success, stated beforehand such that it can be computed afterwards."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import ValidationInfo, field_validator

from stip.settings.base import Frozen
from stip.words import number, week_name


class Measure(Frozen):
    """The measure by which the town judges whether to go on, such that it can be computed.

    Attributes
    ----------
    kind : str
        ``hits_share_beats_baseline``: the outlook catches a larger share of all reports than the count beside it,
        in as many cells. ``reported_change``: what is reported changes against the same weeks a year before; this
        says nothing about why.
    threshold : float
        By how much: 0.03 is three points more than the baseline; −0.1 is ten per cent fewer reports.
    from_week : str
        The first ISO week that counts.
    """

    kind: Literal["", "hits_share_beats_baseline", "reported_change"] = ""
    threshold: float = 0.0
    from_week: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether it is filled in."""
        return bool(self.kind and self.from_week)

    @property
    def in_words(self) -> str:
        """What is judged by, in one sentence, as it is computed; empty as long as it is not filled in."""
        if not self.is_stated:
            return ""
        size = number(abs(100 * self.threshold), 1).removesuffix(",0")
        since = f"Gemeten vanaf {week_name(self.from_week)}, over weken die definitief zijn."
        if self.kind == "reported_change":
            return f"Er komen {size} % minder meldingen binnen dan in dezelfde weken een jaar eerder. {since}"
        return (
            "In de vakken van de vooruitblik valt een groter deel van de meldingen dan in evenveel vakken van de "
            f"gewone telling ernaast: meer dan {size} procentpunt verschil. {since}"
        )

    @field_validator("from_week")
    @classmethod
    def _is_a_week(cls, week: str) -> str:
        if not week:
            return week
        if week and not _is_week(week):
            raise ValueError(f"‘{week}’ is geen week; schrijf bijvoorbeeld 2026-W37")
        return week

    @field_validator("threshold")
    @classmethod
    def _fits_the_kind(cls, threshold: float, info: ValidationInfo) -> float:
        kind = info.data.get("kind")
        if kind == "hits_share_beats_baseline" and not 0 <= threshold < 1:
            raise ValueError(f"{threshold} kan niet; schrijf een deel van 0 tot 1, zoals 0.03 voor 3 procentpunt")
        if kind == "reported_change" and not -1 < threshold <= 0:
            raise ValueError(f"{threshold} kan niet; schrijf een daling, zoals -0.1 voor 10 procent minder")
        return threshold


def _is_week(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-W\d{2}", text):
        return False
    try:
        date.fromisocalendar(int(text[:4]), int(text[-2:]), 1)
    except ValueError:
        return False
    return True
