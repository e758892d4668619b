# SPDX-License-Identifier: EUPL-1.2
"""Tie sources together on place, time and address, and report how well that went."""

from stip.link.address_text import postcode_of
from stip.link.addresses import AddressBook, address_book
from stip.link.areas import recode_areas
from stip.link.cells import build_cells
from stip.link.coarse import cells_of_incidents
from stip.link.dwellings import visible_cells
from stip.link.features import MEASURES, cell_features
from stip.link.measures import area_share, count_within, density_per_km2, distance_to_nearest_m, weighted_mean
from stip.link.report import (
    LINK_COLUMNS,
    addresses_found,
    features_of_cells,
    incidents_in_areas,
    incidents_in_cells,
    layers_in_cells,
)
from stip.link.small_areas import coarse_area
from stip.link.weeks import counts_by_week, microseconds, weeks_of_windows
from stip.link.workspace import Linked, link_workspace

__all__ = [
    "LINK_COLUMNS",
    "MEASURES",
    "AddressBook",
    "Linked",
    "address_book",
    "addresses_found",
    "area_share",
    "build_cells",
    "cell_features",
    "cells_of_incidents",
    "coarse_area",
    "count_within",
    "counts_by_week",
    "density_per_km2",
    "distance_to_nearest_m",
    "features_of_cells",
    "incidents_in_areas",
    "incidents_in_cells",
    "layers_in_cells",
    "link_workspace",
    "microseconds",
    "postcode_of",
    "recode_areas",
    "visible_cells",
    "weeks_of_windows",
    "weighted_mean",
]
