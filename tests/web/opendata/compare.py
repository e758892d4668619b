# SPDX-License-Identifier: EUPL-1.2
"""Comparing what goes out with what is published, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from stip.publish import AREA, published_figures

Cells = dict[tuple[str, str, str, str], tuple[int | None, str]]
"""By quarter, level, code and type: the figure and why it is there or not."""


def cells_of(rows: Iterable[Mapping[str, Any]]) -> Cells:
    """Give the cells of rows; a row that stands twice is an error."""
    found: Cells = {}
    for row in rows:
        key = (row["quarter"], row["level"], row["area_code"], row["crime_type"])
        assert key not in found
        figure = row["figure"]
        found[key] = (None if pd.isna(figure) or figure == "" else int(figure), str(row["state"]))
    return found


def published_cells(published: Path, *, level: str = "", quarter: str = "") -> Cells:
    """Give what is published."""
    every = cells_of(published_figures(published).to_dict("records"))  # type: ignore[arg-type]
    return {key: cell for key, cell in every.items() if level in ("", key[1]) and key[0].startswith(quarter)}


def published_areas_cells(published: Path, **only: str) -> Cells:
    """Give what is published of neighbourhoods."""
    return published_cells(published, level=AREA, **only)
