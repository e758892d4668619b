# SPDX-License-Identifier: EUPL-1.2
"""House numbers and postcodes: odd on the left, even on the right, a postcode for each twenty doors."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.samples.ground import Ground, area_at

TOWN = "Stipdam"
_FIRST_POSTCODE = 4071  # two sets of digits for each district
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_NEVER = {"SA", "SD", "SS"}
_DOORS = 20


def number_homes(homes: pd.DataFrame, pieces: gpd.GeoDataFrame, ground: Ground) -> pd.DataFrame:
    """Return the homes with an address and an area each.

    Parameters
    ----------
    homes : DataFrame from `build_homes`
    pieces : GeoDataFrame from `name_streets`

    Returns
    -------
    DataFrame
        The columns of ``homes`` and ``area_code``, ``street``, ``number`` (int), ``letter``, ``postcode``,
        ordered by street and number.
    """
    area = area_at(ground, shapely.points(homes["x_m"], homes["y_m"]))
    district = ground.areas["district_code"].to_numpy()[area]
    found = homes.assign(
        area_code=ground.areas["area_code"].to_numpy()[area],
        district=district,
        street=pieces["name"].to_numpy()[homes["piece"]],
        line=pieces["line"].to_numpy()[homes["piece"]],
        along_m=pieces["along_m"].to_numpy()[homes["piece"]],
    )
    keys = ["district", "street", "side", "line", "along_m", "at_m"]
    found = found.sort_values(keys, kind="stable", ignore_index=True)
    stacked = found[["piece", "side", "at_m"]].eq(found[["piece", "side", "at_m"]].shift()).all(axis=1)
    # In low blocks the floors share a number and differ by a letter; in tall ones each home has its own number.
    lettered = stacked & (found["floors"] <= 3)
    floor = stacked.groupby((~stacked).cumsum()).cumsum()
    found["letter"] = np.where(lettered, floor.map(lambda n: "" if n == 0 else chr(64 + int(n))), "")
    door = (~lettered).groupby([found["street"], found["side"]]).cumsum()
    found["number"] = 2 * door - np.where(found["side"] < 0, 1, 0)
    found["postcode"] = _postcodes(found, door)
    order = ["street", "number", "letter"]
    return found.drop(columns=["district", "line", "along_m"]).sort_values(order, kind="stable", ignore_index=True)


def _postcodes(found: pd.DataFrame, door: pd.Series) -> pd.Series:
    group = found.groupby(["district", "street", "side", (door - 1) // _DOORS], sort=True).ngroup()
    district = found["district"].str[-2:].astype(int)
    first = group.groupby(district).transform("min")
    pairs = [a + b for a in _LETTERS for b in _LETTERS if a + b not in _NEVER]
    place = group - first
    letters = np.array(pairs, dtype=object)[place.to_numpy() % len(pairs)]
    return (2 * district + _FIRST_POSTCODE + place // len(pairs)).astype(str) + letters
