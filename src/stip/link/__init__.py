# SPDX-License-Identifier: EUPL-1.2
"""Tie sources together on place, time and address, and report how well that went."""

from stip.link.cells import build_cells
from stip.link.dwellings import visible_cells
from stip.link.measures import area_share, count_within, density_per_km2, distance_to_nearest_m, weighted_mean
from stip.link.weeks import counts_by_week, weeks_of_windows

__all__ = [
    "area_share",
    "build_cells",
    "count_within",
    "counts_by_week",
    "density_per_km2",
    "distance_to_nearest_m",
    "visible_cells",
    "weeks_of_windows",
    "weighted_mean",
]
