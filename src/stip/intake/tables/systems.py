# SPDX-License-Identifier: EUPL-1.2
"""Names of reference systems, of which a file may claim anything."""

from __future__ import annotations

import re
from functools import lru_cache

from pyproj import CRS
from pyproj.exceptions import CRSError

WGS84, RD = "EPSG:4326", "EPSG:28992"
_SHOWN = {
    WGS84: "lengte- en breedtegraad (WGS84)",
    "OGC:CRS84": "lengte- en breedtegraad (WGS84)",
    RD: "RD",
}
_AUTHORITY = re.compile(r"[A-Z]{2,8}:[0-9A-Z]{1,12}")


@lru_cache(maxsize=64)
def usable(system: str) -> str:
    """Return a reference system if it is one, else nothing."""
    try:
        CRS.from_user_input(system)
    except CRSError:
        return ""
    return system


@lru_cache(maxsize=64)
def same_system(one: str, other: str) -> bool:
    """Tell whether two names mean the same reference system."""
    return one == other or CRS.from_user_input(one) == CRS.from_user_input(other)


def shown_system(system: str) -> str:
    """Return what people call a system; of one that the file describes itself, no word of the file is repeated."""
    return _SHOWN.get(system) or (
        system if _AUTHORITY.fullmatch(system) else "het stelsel dat het bestand beschrijft"
    )
