# SPDX-License-Identifier: EUPL-1.2
"""The map's binary message, written from plain columns: for benchmarks, where there is no site."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

UNKNOWN_HOUR = 31
COLUMNS = ("x", "y", "day", "kind", "clock")


def write_message(dots: pd.DataFrame, kinds: list[dict[str, str]], areas: list[dict[str, str | None]]) -> bytes:
    """Write a message.

    Parameters
    ----------
    dots : DataFrame
        ``x_m``, ``y_m`` (metres), ``day`` (datetime64, local), ``kind`` (number in ``kinds``), ``hour`` (0–23 or 31),
        ``precision_m`` and ``area`` (number in ``areas``).
    kinds, areas : list of dict
        As the header holds them.

    Returns
    -------
    bytes
    """
    dots = dots.sort_values("area", kind="stable")
    x0, y0 = (int(np.floor(dots[axis].min())) for axis in ("x_m", "y_m"))
    span = max(dots["x_m"].max() - x0, dots["y_m"].max() - y0)
    step = max(1, int(np.ceil(span / 65_535)))
    first = dots["day"].min()
    precisions, precision = np.unique(dots["precision_m"], return_inverse=True)
    header: dict[str, Any] = {
        "n": len(dots),
        "origin": [x0, y0],
        "step_m": step,
        "first_day": date.isoformat(first),
        "kinds": kinds,
        "precisions_m": precisions.tolist(),
        "areas": areas,
        "districts": [],
        "area_offsets": np.searchsorted(dots["area"], np.arange(len(areas) + 1)).tolist(),
        "totals": {"all": len(dots), "hidden": 0, "outside": 0},
        "fine": True,
        "columns": COLUMNS,
    }
    columns = (
        ((dots["x_m"] - x0) / step).round().astype("<u2"),
        ((dots["y_m"] - y0) / step).round().astype("<u2"),
        (dots["day"] - first).dt.days.astype("<u2"),
        dots["kind"].astype("u1"),
        (dots["hour"] | (precision << 5)).astype("u1"),
    )
    words = json.dumps(header, ensure_ascii=False).encode()
    words += b" " * (-(12 + len(words)) % 8)
    body = b"".join(_padded(column.to_numpy().tobytes()) for column in columns)
    return b"STIPDOT1" + len(words).to_bytes(4, "little") + words + body


def _padded(column: bytes) -> bytes:
    return column + bytes(-len(column) % 8)
