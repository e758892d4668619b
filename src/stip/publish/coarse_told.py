# SPDX-License-Identifier: EUPL-1.2
"""How the outlook turned out, for who may see a map but no places: no more than the units of the map leave open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.learn import Stream, latest_score, outlook_that_counts
from stip.publish.coarse import CoarseTown, coarse_town
from stip.publish.rounding import draws, report_keys, rounded
from stip.space import week_number
from stip.store import Run, Workspace

_WEEK = ["week", "crime_type"]
_PARTS = {"hits": [*_WEEK, "model", "area_share"], "best_hits": [*_WEEK, "area_share"]}


def coarse_record(workspace: Workspace, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the record of an outlook for a coarse reader; see `record_of_units`.

    Raises
    ------
    WorkspaceError
        When there is no secret; see `existing_secret`.
    """
    return record_of_units(coarse_town(workspace), rows)


def record_of_units(town: CoarseTown, rows: pd.DataFrame) -> pd.DataFrame:
    """Return hits and totals of each week as multiples of five.

    The total of a week is the sum of its units on the map (`coarse_incidents`), without a rounding of its own: laid
    beside the units, another rounding would say more of them. Where no neighbourhood may be seen there is nothing to
    lay beside it, and it is rounded. Hits are rounded by a draw that belongs to the name of the row, so that the same
    week in another outlook gets the same draw, and are never more than the total.

    Everything that is told of a record is a sum of these rows.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    """

    def told(column: str, parts: list[str]) -> np.ndarray:
        named = ["|".join([*each, column]) for each in zip(*(rows[part].astype(str) for part in parts), strict=True)]
        draw = draws(report_keys(named, town.secret), town.secret, measure="coarse-record")
        # A window that lies partly in a cell counts for a part.
        return rounded(rows[column].to_numpy(np.float64), draw)

    sums = town.units.groupby(["week", "crime_type"])["figure"].sum().to_dict()
    weeks = [week_number(str(week)) for week in rows["week"]]
    added = np.array(
        [sums.get((week, str(kind)), 0) for week, kind in zip(weeks, rows["crime_type"], strict=True)], np.float64
    )
    shown = np.array([town.is_shown(week) for week in weeks], dtype=bool)
    total = np.where(shown, added, told("total", _WEEK)).astype(np.float64)
    return rows.assign(
        total=total,
        **{column: np.minimum(told(column, parts), total).astype(np.float64) for column, parts in _PARTS.items()},
    )


def coarse_score(workspace: Workspace, outlook: Run, score: Run) -> pd.DataFrame:
    """Return what came of an outlook for a coarse reader, in the same figures as a record has of that week.

    Returns
    -------
    DataFrame
        The rows of the score at its share of the area, and those of what people pointed at.
    """
    rows = score.table("score")
    share = float(score.facts["settings"]["area_share"])
    rows = rows[np.isclose(rows["area_share"], share) | (rows["model"] == Stream.PERSON)]
    called = {str(Stream.OUTLOOK): outlook.notes["model"], str(Stream.BASELINE): outlook.notes["baseline"]}
    names = rows["model"].astype(str)
    return coarse_record(workspace, rows.assign(model=names.replace(called))).assign(model=names)


def coarse_weeks(workspace: Workspace, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of weeks for a coarse reader: reports and hits as `coarse_score` has them.

    Parameters
    ----------
    table : DataFrame
        As `stip.learn.weeks_table` gives it, all crime types together.
    """
    lines = [
        _told(workspace, {str(name): value for name, value in line.items()}) for line in table.to_dict("records")
    ]
    return pd.DataFrame(lines, columns=table.columns)


def _told(workspace: Workspace, line: dict[str, Any]) -> dict[str, Any]:
    outlook = outlook_that_counts(workspace, str(line["week"]))
    score = latest_score(workspace, outlook) if outlook is not None else None
    if outlook is None or score is None:
        return line
    sums = coarse_score(workspace, outlook, score).groupby("model")[["hits", "best_hits", "total"]].sum()
    figures = {str(name): row for name, row in sums.to_dict("index").items()}
    mine, people = figures[str(Stream.OUTLOOK)], figures.get(str(Stream.PERSON))
    return line | {
        "reported": mine["total"],
        "hits": mine["hits"],
        "best_hits": mine["best_hits"],
        "baseline_hits": figures[str(Stream.BASELINE)]["hits"],
        "person_hits": np.nan if people is None or pd.isna(line["person_hits"]) else people["hits"],
    }
