# SPDX-License-Identifier: EUPL-1.2
"""The context of every cell, as ``stip.toml`` asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import geopandas as gpd
import pandas as pd

from stip.agreements import check_features
from stip.errors import SettingsError
from stip.link.measures import area_share, count_within, density_per_km2, distance_to_nearest_m, weighted_mean
from stip.settings import FeatureSettings, LinkSettings
from stip.space import Grid

MEASURES: dict[str, Callable[..., pd.Series[float]]] = {
    "count": count_within,
    "density": density_per_km2,
    "distance": distance_to_nearest_m,
    "area_share": area_share,
    "mean": weighted_mean,
}
"""What ``link.features`` can ask for, by the name it has in ``stip.toml``."""

_WITHOUT_RADIUS = ("distance",)


def cell_features(
    cells: pd.DataFrame, layers: Mapping[str, gpd.GeoDataFrame], settings: LinkSettings, grid: Grid
) -> pd.DataFrame:
    """Measure the context of each cell.

    Parameters
    ----------
    cells : DataFrame that keeps the CELL contract
    layers : mapping of str to GeoDataFrame
        By name, with the columns of `stip.store.LAYER_COLUMNS`.
    settings : LinkSettings
    grid : Grid

    Returns
    -------
    DataFrame of float, indexed by ``cell``
        A column ``<layer>_<measure>``, with ``_<radius>m`` behind it when it looks round the cell. Counts are
        numbers, density is per km², distance in metres, area share 0 … 1. Missing where it is not known.

    Raises
    ------
    SettingsError
        When a layer is not there, or a measure is unknown or asked twice.
    AgreementError
        When the name of a layer, or of what it holds, says that it may not be used.
    """
    columns: dict[str, pd.Series[float]] = {}
    for asked in settings.features:
        if asked.layer not in layers:
            there = ", ".join(sorted(layers)) or "geen enkele"
            raise SettingsError(
                f"stip.toml vraagt de laag ‘{asked.layer}’, maar die is er niet. Er is: {there}. "
                f"Lees de laag in met ‘stip intake layer {asked.layer} BESTAND’."
            )
        layer = layers[asked.layer]
        check_features(_names(asked.layer, layer), allow_socio_economic=settings.allow_socio_economic)
        for measure in asked.measures:
            name = feature_name(asked, measure)
            if name in columns:
                raise SettingsError(f"stip.toml vraagt ‘{name}’ twee keer. Haal er één weg.")
            columns[name] = _measured(cells, layer, asked, measure, grid)
    return pd.DataFrame(columns, index=cells.index).set_axis(pd.Index(cells["cell"], name="cell"))


def feature_name(asked: FeatureSettings, measure: str) -> str:
    """Return what a feature is called.

    Raises
    ------
    SettingsError
        When the measure is unknown.
    """
    if measure not in MEASURES:
        raise SettingsError(f"De maat ‘{measure}’ ken ik niet. Kies uit {', '.join(MEASURES)}.")
    radius = "" if measure in _WITHOUT_RADIUS or not asked.radius_m else f"_{asked.radius_m}m"
    return f"{asked.layer}_{measure}{radius}"


def _measured(
    cells: pd.DataFrame, layer: gpd.GeoDataFrame, asked: FeatureSettings, measure: str, grid: Grid
) -> pd.Series[float]:
    radius = {} if measure in _WITHOUT_RADIUS else {"radius_m": asked.radius_m}
    return MEASURES[measure](cells, layer, grid=grid, **radius)


def _names(name: str, layer: gpd.GeoDataFrame) -> list[str]:
    categories = layer["category"].dropna().unique() if "category" in layer else []
    return [name, *(str(category) for category in categories)]
