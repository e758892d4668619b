# SPDX-License-Identifier: EUPL-1.2
"""The whole week: every stage in order, and the files a team can use."""

from stip.week.cycle import Looked, WeekResult, look_at_week, run_week
from stip.week.demo import open_demo, run_demo
from stip.week.files import remake_files, write_files
from stip.week.gather import gather
from stip.week.labels import label_spots
from stip.week.view import NO_GROUND, TIER_NAMES, TIERS_EXPLAINED, RecordLine, Tier, WeekView

__all__ = [
    "NO_GROUND",
    "TIERS_EXPLAINED",
    "TIER_NAMES",
    "Looked",
    "RecordLine",
    "Tier",
    "WeekResult",
    "WeekView",
    "gather",
    "label_spots",
    "look_at_week",
    "open_demo",
    "remake_files",
    "run_demo",
    "run_week",
    "write_files",
]
