# SPDX-License-Identifier: EUPL-1.2
"""The neighbourhood of each incident, always from where it lies: codes of two years are never joined."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.space import Areas, area_of_points


def recode_areas(incidents: pd.DataFrame, areas: Areas) -> tuple[pd.DataFrame, pd.Series[Any]]:
    """Say again in which neighbourhood each incident lies, by the borders of one year.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    areas : Areas

    Returns
    -------
    DataFrame
        The incidents with ``area_code`` (missing outside the areas) and ``area_year`` of these areas.
    Series of bool, aligned
        Whether the code became another one than it was.
    """
    code = area_of_points(incidents["x_m"].to_numpy(float), incidents["y_m"].to_numpy(float), areas)
    code.index = incidents.index
    before = incidents["area_code"].astype("string")
    changed = (code.fillna("") != before.fillna("")).astype(bool)
    year = pd.Series(np.int16(areas.year), index=incidents.index, dtype="Int16")
    return incidents.assign(area_code=code, area_year=year), changed
