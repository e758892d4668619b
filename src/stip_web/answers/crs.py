# SPDX-License-Identifier: EUPL-1.2
"""Reference systems: RD, ETRS89 and CRS84, as NLGov's geospatial module asks."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from stip_web.answers.problems import bad_query

Floats = npt.NDArray[np.float64]


class Crs(StrEnum):
    """What the API can speak. In ETRS89 latitude comes first, as its own definition has it."""

    RD = "EPSG:28992"
    ETRS89 = "EPSG:4258"
    CRS84 = "OGC:CRS84"

    @property
    def uri(self) -> str:
        """Its name at the OGC, for the header ``Content-Crs``."""
        authority, code = self.split(":")
        version = "1.3" if self is Crs.CRS84 else "0"
        return f"http://www.opengis.net/def/crs/{authority}/{version}/{code}"

    @property
    def decimals(self) -> int:
        """How finely coordinates are written: a centimetre, near enough."""
        return 2 if self is Crs.RD else 7


def transform(x: Floats, y: Floats, to: Crs, own: str) -> tuple[Floats, Floats]:
    """Turn coordinates of the workspace into another system, in the order of its axes.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        In ``own``, the workspace's system.

    Raises
    ------
    Refused
        When RD is asked of a town outside the Netherlands.
    """
    if to == own:
        return x, y
    if to is Crs.RD:
        raise bad_query("crs", "crs_elsewhere", "Deze stad ligt niet in RD. Kies EPSG:4258 of OGC:CRS84.")
    first, second = _transformer(own, to).transform(x, y)
    return np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)


@lru_cache(maxsize=8)
def _transformer(own: str, to: Crs) -> Transformer:
    return Transformer.from_crs(own, to.value)
