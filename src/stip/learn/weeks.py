# SPDX-License-Identifier: EUPL-1.2
"""The table of weeks: expected, reported, hits, visited, feedback and overrides, a row a week."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import WorkspaceError
from stip.learn.feedback import FeedbackCode
from stip.learn.scoring import latest_score, outlook_that_counts
from stip.learn.streams import EVERY_TYPE, Stream
from stip.outlook import Dispersion, interval_of
from stip.store import Run, Workspace, read_cells, read_decisions, runs_of

NOT_SCORED = "not_scored"
COLUMNS = (
    "week", "state", "expected", "low", "high", "reported", "area_share", "hits", "baseline_hits", "best_hits",
    "person_hits", "planned_hours", "visited_hours", "places_visited", "places_not_visited",
    *(str(code) for code in FeedbackCode if code is not FeedbackCode.NOT_VISITED), "overrides",
)  # fmt: skip


def weeks_table(workspace: Workspace, n: int = 12, *, crime_type: str = "") -> pd.DataFrame:
    """Return the last weeks that had an outlook, oldest first.

    Parameters
    ----------
    n : int
        How many weeks.
    crime_type : str
        Only this type; all together when empty. Visits, feedback and overrides are of all types in either case.

    Returns
    -------
    DataFrame, one row a week
        ``state`` is ``final``, ``provisional`` or ``not_scored``. ``expected`` with its 80 % interval ``low`` …
        ``high`` is of the whole area, as is ``reported``. ``hits`` of the outlook, ``baseline_hits`` and
        ``best_hits`` are those at ``area_share``; ``person_hits`` those in places that people added. Figures that
        are not there yet are missing. Each feedback code has a column: how often it was given.

    Raises
    ------
    WorkspaceError
        When an outlook has no such crime type.
    """
    known = sorted({run.week for run in runs_of(workspace, "outlook")})[-n:] if n > 0 else []
    zones = _zones(workspace) if known else pd.Series(dtype=object)
    visits, feedback = read_decisions(workspace, "visit"), read_decisions(workspace, "feedback")
    overrides, plans = read_decisions(workspace, "override"), read_decisions(workspace, "plan")
    rows = []
    for week in known:
        outlook = outlook_that_counts(workspace, week)
        if outlook is None:
            continue
        told = feedback[feedback["week"] == week]
        places = told.groupby("place_id")["visited"].any()
        codes = told["code"].value_counts()
        rows.append(
            {"week": week}
            | _expected(outlook, zones, crime_type)
            | _scored(latest_score(workspace, outlook), crime_type, workspace.settings.learn.area_share)
            | {
                "planned_hours": float(plans.loc[plans["week"] == week, "hours"].sum()),
                "visited_hours": float(visits.loc[visits["week"] == week, "hours"].sum()),
                "places_visited": int(places.sum()),
                "places_not_visited": int((~places.astype(bool)).sum()),
                "overrides": int((overrides["week"] == week).sum()),
            }
            | {str(code): int(codes.get(str(code), 0)) for code in FeedbackCode}
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _zones(workspace: Workspace) -> pd.Series[Any]:
    """Return the neighbourhood of each cell, in which errors of the outlook hang together."""
    cells = read_cells(workspace)
    return pd.Series(cells["area_code"].fillna("").to_numpy(dtype=object), index=cells["cell"])


def _expected(outlook: Run, zones: pd.Series[Any], crime_type: str) -> dict[str, float]:
    table = outlook.table("outlook")
    if crime_type:
        table = table[table["crime_type"] == crime_type]
        if table.empty:
            raise WorkspaceError(f"De vooruitblik van {outlook.week} kent de soort ‘{crime_type}’ niet.")
    mean = variance = 0.0
    for name, frame in table.groupby("crime_type", sort=True):
        expected = frame["expected"].to_numpy(np.float64)
        mean += float(expected.sum())
        variance += _dispersion(outlook, str(name)).variance(expected, _numbered(zones, frame["cell"]))
    low, high = interval_of(np.array([mean]), np.array([variance]))
    return {"expected": mean, "low": float(low[0]), "high": float(high[0])}


def _numbered(zones: pd.Series[Any], cells: pd.Series[Any]) -> npt.NDArray[np.int32]:
    named = zones.reindex(cells.to_numpy()).fillna("").to_numpy(dtype=object)
    return np.unique(named.astype(str), return_inverse=True)[1].astype(np.int32)


def _dispersion(outlook: Run, crime_type: str) -> Dispersion:
    try:
        return Dispersion(**outlook.notes["dispersion"][crime_type])
    except (KeyError, TypeError):
        raise WorkspaceError(
            f"De vooruitblik {outlook.run_id} van {outlook.week} zegt niet hoe onzeker zij is. Maak haar opnieuw."
        ) from None


def _scored(score: Run | None, crime_type: str, area_share: float) -> dict[str, Any]:
    if score is None:
        return {"state": NOT_SCORED, "area_share": area_share}
    rows = score.table("score")
    share = float(score.facts["settings"]["area_share"])
    if crime_type:
        rows = rows[rows["crime_type"] == crime_type]
    at_share = rows[np.isclose(rows["area_share"], share)].groupby("model")[["hits", "best_hits", "total"]].sum()
    figures = {str(name): line for name, line in at_share.to_dict("index").items()}
    outlook, baseline = figures[str(Stream.OUTLOOK)], figures[str(Stream.BASELINE)]
    own = rows[rows["model"] == Stream.PERSON]
    pointed_at = score.notes["judgements"][crime_type or EVERY_TYPE].get(str(Stream.PERSON), 0)
    return {
        "state": score.notes["state"],
        "area_share": share,
        "reported": outlook["total"],
        "hits": outlook["hits"],
        "baseline_hits": baseline["hits"],
        "best_hits": outlook["best_hits"],
        "person_hits": float(own["hits"].sum()) if pointed_at else np.nan,
    }
