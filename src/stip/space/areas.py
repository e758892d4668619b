# SPDX-License-Identifier: EUPL-1.2
"""Areas: municipality, district (wijk) and neighbourhood (buurt), each with the year its borders hold for."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.errors import ContractError, CrsError

_COLUMNS = ("area_code", "name", "district_code", "district_name", "area_year", "geometry")


@dataclass(frozen=True)
class Areas:
    """The neighbourhoods of one year, with the district each lies in.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns ``area_code`` (``BU…``), ``name``, ``district_code`` (``WK…``), ``district_name``,
        ``area_year`` (int) and ``geometry`` (polygons, in the workspace's reference system).

    Raises
    ------
    ContractError
        When there is no area, a column is missing, a code stands twice, or the borders are of more than one year.
    """

    frame: gpd.GeoDataFrame

    def __post_init__(self) -> None:
        missing = [name for name in _COLUMNS if name not in self.frame.columns]
        if missing:
            raise ContractError(f"De gebieden missen de kolom ‘{missing[0]}’. Lees de buurten opnieuw in.")
        if self.frame.empty:
            raise ContractError("Er staat geen enkele buurt in. Lees de buurten opnieuw in.")
        twice = self.frame["area_code"][self.frame["area_code"].duplicated()]
        if len(twice):
            raise ContractError(f"Buurtcode {twice.iloc[0]} staat er meer dan één keer in. Houd er één over.")
        if self.frame["area_year"].nunique() > 1:
            years = sorted(self.frame["area_year"].unique())
            raise ContractError(f"De buurten zijn van meer dan één jaar: {years}. Lees één jaar tegelijk in.")

    @property
    def year(self) -> int:
        """The year the borders hold for."""
        return int(self.frame["area_year"].iloc[0])

    def names(self) -> dict[str, str]:
        """Return the name of each neighbourhood by its code."""
        return dict(zip(self.frame["area_code"], self.frame["name"], strict=True))

    def district_of(self) -> dict[str, str]:
        """Return the district code of each neighbourhood."""
        return dict(zip(self.frame["area_code"], self.frame["district_code"], strict=True))

    def district_names(self) -> dict[str, str]:
        """Return the name of each district by its code."""
        return dict(zip(self.frame["district_code"], self.frame["district_name"], strict=True))


def check_crs(frame: gpd.GeoDataFrame, crs: str, what: str) -> None:
    """Refuse a frame that is in another reference system.

    Raises
    ------
    CrsError
        Naming the system found and the call that mends it.
    """
    if frame.crs is None or frame.crs != crs:
        found = "geen stelsel" if frame.crs is None else frame.crs.to_string()
        raise CrsError(f"{what} staat in {found}, maar hier hoort {crs}. Zet het om met .to_crs('{crs}').")


def area_of_points(x_m: npt.NDArray[np.float64], y_m: npt.NDArray[np.float64], areas: Areas) -> pd.Series[str]:
    """Return the code of the neighbourhood each point lies in, missing where there is none.

    A point on a shared border goes to the area that comes first in the frame.

    Parameters
    ----------
    x_m, y_m : ndarray, shape (n,)
        In the reference system of ``areas``.

    Returns
    -------
    Series of str, shape (n,), index 0 … n-1
    """
    tree = shapely.STRtree(areas.frame.geometry.to_numpy())
    points = shapely.points(x_m, y_m)
    point, area = tree.query(points, predicate="intersects")
    order = np.lexsort((area, point))
    first = np.unique(point[order], return_index=True)[1]
    found = pd.Series(pd.NA, index=pd.RangeIndex(len(points)), dtype="string")
    chosen = order[first]
    codes = areas.frame["area_code"].to_numpy()
    found.iloc[point[chosen]] = codes[area[chosen]]
    return found
