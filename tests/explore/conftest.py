# SPDX-License-Identifier: EUPL-1.2
"""Incidents by hand, in the middle of a week of choice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.space import week_start

ZONE = "Europe/Amsterdam"


def incidents(*weeks: str, **columns: Any) -> pd.DataFrame:
    """One incident in each of these weeks, on Wednesday noon."""
    at = pd.Series([pd.Timestamp(week_start(week, ZONE)) + pd.Timedelta(hours=60) for week in weeks])
    at = pd.to_datetime(at, utc=True).dt.as_unit("us")
    number = len(weeks)
    frame = pd.DataFrame(
        {
            "incident_id": [f"i{n}" for n in range(number)],
            "source": "incidents",
            "batch_id": "b1",
            "version": np.int32(1),
            "crime_type": "bicycle_theft",
            "from_at": at,
            "to_at": at,
            "known_at": at + pd.Timedelta(days=1),
            "x_m": 50.0,
            "y_m": 50.0,
            "precision_m": np.float32(10),
            "area_code": pd.Series([None] * number, dtype="string"),
            "area_year": pd.Series([None] * number, dtype="Int16"),
        }
    )
    return frame.assign(**columns)
