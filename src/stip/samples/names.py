# SPDX-License-Identifier: EUPL-1.2
"""Street names: each neighbourhood names its streets after one theme, and no name is given twice."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from stip.samples.chance import chance
from stip.samples.drawing import street_themes
from stip.samples.ground import Ground

_LONGEST_M = 420.0


def name_streets(pieces: gpd.GeoDataFrame, ground: Ground, *, seed: int) -> gpd.GeoDataFrame:
    """Return the pieces with a ``name`` each; pieces of one line that follow each other share it.

    Parameters
    ----------
    pieces : GeoDataFrame from `lay_streets`, ordered by ``line`` and ``along_m``
    """
    street = _streets(pieces)
    names = pieces["name"].to_numpy(dtype=object).copy()
    area = pieces["area"].to_numpy()
    given = set(names) - {""}
    wells = {
        number: _names(str(row.theme), given, chance(seed, f"names {row.area_code}"))
        for number, row in enumerate(ground.areas.itertuples())
    }
    local = np.flatnonzero(area >= 0)
    first = local[np.unique(street[local], return_index=True)[1]]
    called = {street[piece]: next(wells[area[piece]]) for piece in first}
    names[local] = [called[number] for number in street[local]]
    return pieces.assign(name=names)


def _streets(pieces: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
    """Give each street a number: a new one with each drawn line, after a gap, and past the longest length."""
    line = pieces["line"].to_numpy()
    along = pieces["along_m"].to_numpy()
    length = pieces.geometry.length.to_numpy()
    numbers = np.zeros(len(pieces), dtype=np.int64)
    number, so_far = 0, 0.0
    for at in range(len(pieces)):
        if at:
            gap = along[at] - along[at - 1] - (length[at] + length[at - 1]) / 2
            if line[at] != line[at - 1] or gap > 5 or so_far + length[at] > _LONGEST_M:
                number, so_far = number + 1, 0.0
        so_far += length[at]
        numbers[at] = number
    return numbers


def _names(theme: str, given: set[str], rng: np.random.Generator) -> Iterator[str]:
    """Yield names that nobody has yet: all roots with the first ending, then with the next."""
    words = street_themes()[theme]
    for prefix in ("", "Nieuwe ", "Oude ", "Kleine ", "Korte ", "Lange ", "Achter de "):
        for ending in words["endings"]:
            for root in rng.permutation(np.array(words["roots"], dtype=object)):
                name = f"{prefix}{root}{ending}"
                if name not in given and not root.lower().endswith(ending):
                    given.add(name)
                    yield name
