# SPDX-License-Identifier: EUPL-1.2
"""The whole town on the ground: everything a municipality keeps in its layers."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.samples.addresses import number_homes
from stip.samples.amenities import build_halls, place_businesses, place_schools, place_stops
from stip.samples.drawing import read_drawing
from stip.samples.furniture import place_containers, place_lamps, place_racks, plant_trees
from stip.samples.ground import Ground, lay_ground
from stip.samples.homes import build_homes
from stip.samples.names import name_streets
from stip.samples.streets import lay_streets


@dataclass(frozen=True)
class Geography:
    """The town before anything happens in it; each part is described where it is made.

    Attributes
    ----------
    ground : Ground
    pieces, blocks, halls, schools : GeoDataFrame
    fields : ndarray of Polygon
    homes, stops, businesses, lamps, trees, containers, racks : DataFrame
    """

    ground: Ground
    pieces: gpd.GeoDataFrame
    fields: npt.NDArray[np.object_]
    homes: pd.DataFrame
    blocks: gpd.GeoDataFrame
    halls: gpd.GeoDataFrame
    schools: gpd.GeoDataFrame
    stops: pd.DataFrame
    businesses: pd.DataFrame
    lamps: pd.DataFrame
    trees: pd.DataFrame
    containers: pd.DataFrame
    racks: pd.DataFrame


def build_town(*, seed: int, small: bool) -> Geography:
    """Build the town from the drawing."""
    ground = lay_ground(read_drawing(small=small))
    pieces, fields = lay_streets(ground, seed=seed)
    pieces = name_streets(pieces, ground, seed=seed)
    built = build_homes(pieces, fields, ground, seed=seed)
    homes = number_homes(built.homes, pieces, ground)
    stops = place_stops(ground, pieces, seed=seed)
    businesses = place_businesses(homes, ground, pieces, seed=seed)
    schools = place_schools(fields, ground, seed=seed)
    return Geography(
        ground=ground,
        pieces=pieces,
        fields=fields,
        homes=homes,
        blocks=built.blocks,
        halls=build_halls(pieces, ground, seed=seed),
        schools=schools,
        stops=stops,
        businesses=businesses,
        lamps=place_lamps(pieces, ground, seed=seed),
        trees=plant_trees(pieces, ground, seed=seed),
        containers=place_containers(homes, businesses, seed=seed),
        racks=place_racks(homes, businesses, stops, schools, seed=seed),
    )
