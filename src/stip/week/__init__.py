# SPDX-License-Identifier: EUPL-1.2
"""The whole week: every stage in order, and the files a team can use."""

from stip.week.cycle import WeekResult, run_week
from stip.week.demo import run_demo
from stip.week.files import write_files
from stip.week.gather import gather
from stip.week.view import NO_GROUND, ORIGINS, TIER_NAMES, RecordLine, Tier, WeekView

__all__ = [
    "NO_GROUND",
    "ORIGINS",
    "TIER_NAMES",
    "RecordLine",
    "Tier",
    "WeekResult",
    "WeekView",
    "gather",
    "run_demo",
    "run_week",
    "write_files",
]
