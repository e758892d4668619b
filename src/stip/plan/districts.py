# SPDX-License-Identifier: EUPL-1.2
"""Which parts of the town the week may go to: a district, or several that adjoin."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from stip.space import Areas

_REACH_M = 1.0  # borders from different surveys leave slivers
_BORDER_M = 10.0  # areas that touch at a corner do not adjoin
MOST_GROUPS = 2_000


def adjoining(areas: Areas) -> set[tuple[str, str]]:
    """Return the pairs of districts that share a border, each pair once, in order of code."""
    frame = areas.frame[areas.frame["district_code"].notna()]
    shapes = frame.geometry.to_numpy()
    codes = frame["district_code"].astype(str).to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_REACH_M)
    across = codes[one] < codes[two]
    one, two = one[across], two[across]
    border_m = shapely.length(
        shapely.intersection(shapely.boundary(shapes[one]), shapely.buffer(shapes[two], _REACH_M))
    )
    pairs = gpd.pd.DataFrame({"one": codes[one], "two": codes[two], "border_m": border_m})
    shared = pairs.groupby(["one", "two"])["border_m"].sum()
    return set(shared.index[shared > _BORDER_M])


def groups(codes: list[str], pairs: set[tuple[str, str]], size: int) -> list[tuple[str, ...]]:
    """Return every set of ``size`` districts that hang together, in order of code.

    A part of the town with fewer districts than that counts as one set. Growing stops at `MOST_GROUPS` sets.
    """
    near: dict[str, set[str]] = {code: set() for code in codes}
    for one, two in pairs:
        if one in near and two in near:
            near[one].add(two)
            near[two].add(one)
    found: set[frozenset[str]] = {frozenset([code]) for code in codes}
    for _ in range(size - 1):
        larger: set[frozenset[str]] = set()
        for group in sorted(found, key=sorted):
            around = set().union(*(near[code] for code in group)) - group
            larger |= {group | {code} for code in around} or {group}
            if len(larger) > MOST_GROUPS:
                break
        found = larger
    return sorted(tuple(sorted(group)) for group in found)[:MOST_GROUPS]


def part_of_cells(area_codes: np.ndarray, areas: Areas | None, *, district: bool) -> np.ndarray:
    """Return the district (or the neighbourhood) of each cell, empty where there is none.

    Parameters
    ----------
    area_codes : ndarray of object, shape (n,)
    """
    known = {} if areas is None else areas.district_of() if district else {code: code for code in areas.names()}
    found = [known.get(code) if isinstance(code, str) else None for code in area_codes]
    return np.array([code if isinstance(code, str) else "" for code in found], dtype=object)
