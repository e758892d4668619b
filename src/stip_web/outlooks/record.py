# SPDX-License-Identifier: EUPL-1.2
"""The record of the last twelve weeks, good or bad: how often the best cells were right, beside plain counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stip.outlook import AREA_SHARES, model_label, summary
from stip.publish import coarse_record
from stip.store import Run, Workspace

JUDGED = 0.03
"""Share of the area that the pages speak of."""


@dataclass(frozen=True)
class Line:
    """One model on one crime type over the weeks of a record.

    Attributes
    ----------
    crime_type, label, model : str
    is_outlook, is_best : bool
        Whether it is the outlook itself; whether nothing caught more.
    hits, total : float
        ``hits`` of ``total`` reports fell in its cells.
    low, high : float
        95 % interval of hits ÷ total, by a bootstrap over weeks; not a number when nothing came.
    weeks : int
    area_share : float
    """

    crime_type: str
    label: str
    model: str
    is_outlook: bool
    is_best: bool
    hits: float
    total: float
    low: float
    high: float
    weeks: int
    area_share: float

    @property
    def share(self) -> float:
        """Hits as a share of all, 0 when there were none."""
        return self.hits / self.total if self.total else 0.0


@dataclass(frozen=True)
class Record:
    """The record that was frozen with an outlook.

    Attributes
    ----------
    weeks : tuple of str
    lines : tuple of Line
        Outlook first, then what stands beside it, most first; each crime type apart.
    behind : tuple of str
        Labels of the crime types for which something beside the outlook caught more.
    verdicts : tuple of str
        The judgement on the last whole block, in Dutch.
    """

    weeks: tuple[str, ...]
    lines: tuple[Line, ...]
    behind: tuple[str, ...]
    verdicts: tuple[str, ...]

    @property
    def by_type(self) -> dict[str, list[Line]]:
        """The lines of each crime type, by its label."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.label, []).append(line)
        return found


def record_rows(workspace: Workspace, run: Run, *, fine: bool) -> pd.DataFrame:
    """Give the record that was frozen with an outlook; for who may not see cells, in multiples of five."""
    rows = run.table("record")
    return rows if fine else coarse_record(workspace, rows)


def record_of(
    rows: pd.DataFrame,
    run: Run,
    labels: dict[str, str],
    *,
    area_share: float = JUDGED,
    crime_type: str = "",
    exact: bool = True,
) -> Record:
    """Give the record that was frozen with an outlook; no lines when nothing could be scored yet.

    Parameters
    ----------
    rows : DataFrame
        As `record_rows` gives them.
    exact : bool
        Whether the judgement is told with its counts; not to who may not see cells.
    """
    rows = rows[np.isclose(rows["area_share"].astype(float), area_share)]
    if crime_type:
        rows = rows[rows["crime_type"] == crime_type]
    facts = run.notes["by_type"]
    verdicts = tuple(facts[name]["verdict"]["text"] for name in facts if exact and crime_type in ("", name))
    if rows.empty:
        return Record((), (), (), verdicts)
    model = str(run.notes["model"])
    lines = _lines(summary(rows), model, labels)
    behind = tuple(dict.fromkeys(line.label for line in lines if line.is_outlook and not line.is_best))
    return Record(tuple(sorted(rows["week"].unique())), lines, behind, verdicts)


def _lines(added: pd.DataFrame, model: str, labels: dict[str, str]) -> tuple[Line, ...]:
    most = added.groupby("crime_type")["hits"].max()
    found = [
        Line(
            str(row["crime_type"]),
            labels[str(row["crime_type"])],
            model_label(str(row["model"])),
            row["model"] == model,
            bool(row["hits"] >= most[row["crime_type"]] - 1e-9),
            float(row["hits"]),
            float(row["total"]),
            float(row["hit_rate_low"]),
            float(row["hit_rate_high"]),
            int(row["weeks"]),
            float(row["area_share"]),
        )
        for row in added.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda line: (line.label, not line.is_outlook, -line.hits)))


def weekly(
    rows: pd.DataFrame, run: Run, labels: dict[str, str], *, area_share: float = JUDGED
) -> list[dict[str, object]]:
    """Give the record week by week: hits of outlook and baseline, and all reports, types together and apart."""
    rows = rows[np.isclose(rows["area_share"].astype(float), area_share)]
    return [
        {
            "week": str(row["week"]),
            "crime_type": labels[str(row["crime_type"])],
            "model": model_label(str(row["model"])),
            "outlook": row["model"] == run.notes["model"],
            "hits": round(float(row["hits"]), 2),
            "total": round(float(row["total"]), 2),
            "state": str(row["state"]),
        }
        for row in rows.sort_values(["week", "crime_type", "model"]).to_dict("records")
    ]


@dataclass(frozen=True)
class WeekLine:
    """One week of a record: reports in the best cells of the outlook and of the count beside it, and all reports."""

    week: str
    hits: float
    beside: float
    total: float
    final: bool


def by_week(rows: pd.DataFrame, run: Run, *, area_share: float = JUDGED, crime_type: str = "") -> list[WeekLine]:
    """Add a record up week by week, crime types together or one of them."""
    rows = rows[np.isclose(rows["area_share"].astype(float), area_share)]
    if crime_type:
        rows = rows[rows["crime_type"] == crime_type]
    lines = []
    for week, group in rows.groupby("week", sort=True):
        mine, other = (group[group["model"] == run.notes[name]] for name in ("model", "baseline"))
        lines.append(
            WeekLine(
                str(week),
                float(mine["hits"].sum()),
                float(other["hits"].sum()),
                float(mine["total"].sum()),
                bool((group["state"] == "final").all()),
            )
        )
    return lines


SHARES = AREA_SHARES
"""Shares of the area of which a record is kept."""
