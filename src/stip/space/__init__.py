# SPDX-License-Identifier: EUPL-1.2
"""Where and when: the grid, areas, reference systems and ISO weeks."""

from stip.space.areas import Areas, area_of_points, check_crs
from stip.space.grid import Grid
from stip.space.short_names import letters, short_names
from stip.space.weeks import (
    monday,
    shift_week,
    week_at,
    week_from_number,
    week_number,
    week_numbers,
    week_of_date,
    week_start,
    week_starts,
    week_texts,
)

__all__ = [
    "Areas",
    "Grid",
    "area_of_points",
    "check_crs",
    "letters",
    "monday",
    "shift_week",
    "short_names",
    "week_at",
    "week_from_number",
    "week_number",
    "week_numbers",
    "week_of_date",
    "week_start",
    "week_starts",
    "week_texts",
]
