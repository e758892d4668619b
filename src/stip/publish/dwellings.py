# SPDX-License-Identifier: EUPL-1.2
"""How many dwellings a dot could be: held against the table of dwellings, as each kind of reader sees the dots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import KDTree

from stip.space import Areas, area_of_points
from stip.store import Workspace, area_years, layer_names, read_areas, read_incidents, read_layer

FINE, COARSE = "fine", "coarse"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DotDwellings:
    """How many dwellings stand where the reports of one source could have happened.

    Attributes
    ----------
    reader : str
        ``fine`` or ``coarse``.
    source : str
        Empty for all together.
    precision_m : float
        Side of the square round a dot; 0 where a dot stands for a neighbourhood.
    places : int
        Different places, or neighbourhoods.
    none : int
        Of those, without any dwelling: a station, a car park, shops.
    least, median : float
        Dwellings, over the places that have one; 0 when none has.
    under : float
        Share of the places with 1 dwelling up to, but not including, the minimum.
    minimum : int
        The setting that it is held against.
    """

    reader: str
    source: str
    precision_m: float
    places: int
    none: int
    least: float
    median: float
    under: float
    minimum: int

    @property
    def under_per_cent(self) -> float:
        """The share below the minimum, in per cent."""
        return 100 * self.under


def dwellings_in(workspace: Workspace, areas: Areas) -> dict[str, int] | None:
    """Return how many dwellings each neighbourhood has; None when there is no such layer."""
    points = _points(workspace)
    if points is None:
        return None
    found = area_of_points(points[:, 0], points[:, 1], areas).dropna().value_counts()
    return {code: int(found.get(code, 0)) for code in areas.frame["area_code"]}


def dwellings_around(x_m: Floats, y_m: Floats, precision_m: float, dwellings: Floats) -> npt.NDArray[np.int64]:
    """Count the dwellings in the square round each place.

    Parameters
    ----------
    x_m, y_m : ndarray, shape (n,)
    precision_m : float
        Side of the square in which it happened.
    dwellings : ndarray, shape (m, 2)
        In the same reference system, metres.

    Returns
    -------
    ndarray of int, shape (n,)
    """
    if not len(dwellings) or not len(x_m):
        return np.zeros(len(x_m), np.int64)
    found = KDTree(dwellings).query_ball_point(
        np.column_stack((x_m, y_m)), precision_m / 2, p=np.inf, return_length=True
    )
    return np.asarray(found, np.int64)


def dots_and_dwellings(workspace: Workspace) -> list[DotDwellings]:
    """Say of the dots of each source and precision how many dwellings each could be; and for a coarse reader.

    Returns
    -------
    list of DotDwellings
        Empty when there is no table of dwellings: then nobody knows.
    """
    points = _points(workspace)
    if points is None:
        return []
    minimum = workspace.settings.dwellings.minimum
    reports = read_incidents(workspace)[["source", "x_m", "y_m", "precision_m"]].drop_duplicates()
    found = []
    for (source, _), rows in reports.groupby(["source", "precision_m"], sort=True):
        precision_m = float(rows["precision_m"].iloc[0])
        counts = dwellings_around(
            rows["x_m"].to_numpy(np.float64), rows["y_m"].to_numpy(np.float64), precision_m, points
        )
        found.append(_told(FINE, str(source), precision_m, counts, minimum))
    if area_years(workspace) and len(reports):
        in_areas: Mapping[str, int] = dwellings_in(workspace, read_areas(workspace)) or {}
        shown = [count for count in in_areas.values() if not 0 < count < minimum]
        found.append(_told(COARSE, "", 0.0, np.array(shown, np.int64), minimum))
    return found


def _told(reader: str, source: str, precision_m: float, counts: npt.NDArray[np.int64], minimum: int) -> DotDwellings:
    some = counts[counts > 0]
    return DotDwellings(
        reader,
        source,
        precision_m,
        len(counts),
        int((counts == 0).sum()),
        float(some.min()) if len(some) else 0.0,
        float(np.median(some)) if len(some) else 0.0,
        float((some < minimum).sum() / len(counts)) if len(counts) else 0.0,
        minimum,
    )


def _points(workspace: Workspace) -> Floats | None:
    name = workspace.settings.dwellings.layer
    if name not in layer_names(workspace):
        return None
    centres = read_layer(workspace, name).geometry.centroid
    return np.column_stack((pd.Series(centres.x).to_numpy(np.float64), pd.Series(centres.y).to_numpy(np.float64)))
