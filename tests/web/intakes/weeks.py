# SPDX-License-Identifier: EUPL-1.2
"""The file of next week, made from the last one."""

from __future__ import annotations

import re
from datetime import date, timedelta


def a_week_later(text: str) -> str:
    """Give the same reports a week later, under other numbers."""

    def moved(found: re.Match[str]) -> str:
        day = date(int(found[3]), int(found[2]), int(found[1])) + timedelta(days=7)
        return f"{day:%d-%m-%Y} "

    text = re.sub(r"(PL[0-9]{4}_BVH_)2026", r"\g<1>2027", text)
    return re.sub(r"\b([0-9]{2})-([0-9]{2})-(20[0-9]{2}) ", moved, text)
