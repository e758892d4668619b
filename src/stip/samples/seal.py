# SPDX-License-Identifier: EUPL-1.2
"""The seal of the town: hashes of all that is made, kept from before any model was tuned on it.

Numbers are rounded before they are hashed, so that the last bit of a processor does not count.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.samples.history import History


def hash_bytes(content: bytes) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(content).hexdigest()


def hash_table(table: pd.DataFrame) -> str:
    """Return the hash of a table: headings, text, numbers to a thousandth and places to a decimetre."""
    digest = hashlib.sha256()
    for name in table.columns:
        digest.update(str(name).encode() + b"\0")
        column = table[name]
        if isinstance(table, gpd.GeoDataFrame) and name == table.geometry.name:
            shapes = table.geometry.to_numpy()
            digest.update(shapely.get_num_coordinates(shapes).astype("<i8").tobytes())
            digest.update(_whole(shapely.get_coordinates(shapes), 10))
        elif pd.api.types.is_numeric_dtype(column.dtype):
            digest.update(_whole(column.to_numpy(dtype=np.float64), 1000))
        else:
            digest.update("\n".join(column.astype(str)).encode())
    return digest.hexdigest()


def hash_truth(history: History) -> str:
    """Return the hash of the true intensity, to a millionth."""
    digest = hashlib.sha256()
    digest.update("\n".join(map(str, history.weeks)).encode())
    digest.update(history.cells.index.to_numpy().astype("<i8").tobytes())
    for part in (history.expected, history.near_repeat, history.frailty):
        digest.update(_whole(part, 1_000_000))
    return digest.hexdigest()


def frozen() -> dict[str, dict[str, str]]:
    """Return the hashes that were kept, by size of the town and name of the part."""
    text = (files("stip.samples") / "frozen.json").read_text(encoding="utf-8")
    kept: dict[str, dict[str, str]] = json.loads(text)
    return kept


def _whole(numbers: npt.NDArray[np.float64], parts: int) -> bytes:
    return np.rint(numbers * parts).astype("<i8").tobytes()
