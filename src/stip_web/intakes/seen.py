# SPDX-License-Identifier: EUPL-1.2
"""What is shown of a file after the gate: ten rows, and where all of them lie. Kept sealed beside the file."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pandas as pd

from stip.store import Workspace
from stip_web.intakes import quarantine

_STREAM = "seen"
_ROWS = 10
_SQUARES = 4000
_MOMENTS = ("from_at", "to_at", "known_at")


class Seen:
    """Takes what the library shows before it stores."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.told: dict[str, Any] = {"rows": [], "squares": [], "squares_left_out": 0, "places": 0}

    def __call__(self, incidents: pd.DataFrame) -> None:
        """Take the first ten rows, and how many lie on each square."""
        zone = self._workspace.settings.town.time_zone
        rows: list[dict[str, Any]] = incidents.head(_ROWS).to_dict("records")  # type: ignore[assignment]
        for row in rows:
            when = {name: row[name].tz_convert(zone).isoformat(timespec="minutes") for name in _MOMENTS}
            self.told["rows"].append(
                {
                    "crime_type": str(row["crime_type"]),
                    "x_m": round(float(row["x_m"])),
                    "y_m": round(float(row["y_m"])),
                    "area_code": None if pd.isna(row["area_code"]) else str(row["area_code"]),
                }
                | when
            )
        if incidents.empty:
            return
        grouped = incidents.groupby(["x_m", "y_m", "crime_type"], observed=True).size().rename("n").reset_index()
        squares = grouped.sort_values("n", ascending=False)
        self.told["places"] = int(incidents[["x_m", "y_m"]].drop_duplicates().shape[0])
        self.told["squares_left_out"] = max(len(squares) - _SQUARES, 0)
        most = squares.head(_SQUARES)
        self.told["squares"] = [
            [round(float(x)), round(float(y)), str(kind), int(count)]
            for x, y, kind, count in zip(most["x_m"], most["y_m"], most["crime_type"], most["n"], strict=True)
        ]

    def keep(self, upload: UUID) -> None:
        """Seal it beside the file; it goes when the file goes."""
        quarantine.put(upload, _STREAM, json.dumps(self.told).encode())


def seen_of(upload: UUID) -> dict[str, Any] | None:
    """Give what was seen in an upload, None when it was not checked yet."""
    kept = quarantine.get(upload, _STREAM)
    return None if kept is None else dict(json.loads(kept))
