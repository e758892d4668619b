# SPDX-License-Identifier: EUPL-1.2
"""How the outlook turned out: the last weeks up to one, and how often outlook and baselines were right."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field

from stip.agreements import check_stage
from stip.learn import weeks_table
from stip.outlook import model_label, summary
from stip.publish import coarse_record, coarse_weeks
from stip.store import Run, runs_of
from stip_web.accounts.permissions import Permission as May
from stip_web.api.callers import caller_of
from stip_web.api.operation import operation
from stip_web.api.parameters import WeekText
from stip_web.api.resources.weeks import run_of_week
from stip_web.api.schemas import Body, week_field
from stip_web.workspaces.current import current_workspace

router = Router(tags=["weeks"])
_WEEKS = 12


class RecordLine(Body):
    """How often one model was right over the weeks before."""

    crime_type: str
    model: str
    label: str = Field(description="In Dutch.")
    is_outlook: bool
    hits: float = Field(description="Incidents that fell in its cells; one with a window counts for a part.")
    total: float


class RecordWeek(Body):
    """One week: what was expected and what came, of all types together. Null is not known yet."""

    week: str = week_field()
    state: Literal["notScored", "provisional", "final"]
    expected: float
    low: float
    high: float
    reported: float | None
    hits: float | None
    baseline_hits: float | None
    best_hits: float | None = Field(description="Most that cells of the same area could have held.")


class Record(Body):
    """The record that belongs beside an outlook, also when it is bad."""

    week: str = week_field()
    run_id: str
    area_share: float = Field(description="Share of the area in which hits are counted.")
    line_weeks: int = Field(description="Over how many weeks `lines` goes.")
    lines: list[RecordLine]
    weeks: list[RecordWeek] = Field(description="At most 12, up to and including this one; oldest first.")


@operation(
    router, "/weeks/{week}/record", permission=(May.LEARN_READ, May.OUTLOOK_READ, May.OUTLOOK_COARSE),
    reads="evaluatie", returns=Record, also=(404,), summary="How the outlook turned out, up to a week",
)  # fmt: skip
def get_record(request: HttpRequest, week: Path[WeekText]) -> dict[str, Any]:
    """Give the record up to a week, as it was when its outlook was made, and the weeks as they are known now."""
    workspace = current_workspace()
    check_stage(workspace, "learn")
    run = run_of_week(workspace, "outlook", week)
    share = workspace.settings.learn.area_share
    caller = caller_of(request)
    exact = caller.may(May.DOTS_FINE, May.OUTLOOK_READ)
    rows = run.table("record")
    lines, weeks = _lines(run, rows if exact else coarse_record(workspace, rows), share)
    known = sorted({found.week for found in runs_of(workspace, "outlook")})
    later = len(known) - 1 - known.index(week)
    table = weeks_table(workspace, _WEEKS + later)
    table = table[table["week"] <= week].tail(_WEEKS)
    return {
        "week": week,
        "runId": run.run_id,
        "areaShare": share,
        "lineWeeks": weeks,
        "lines": lines,
        "weeks": [_told(row) for row in (table if exact else coarse_weeks(workspace, table)).to_dict("records")],
    }


def _lines(run: Run, rows: pd.DataFrame, share: float) -> tuple[list[dict[str, Any]], int]:
    rows = rows[np.isclose(rows["area_share"], share)]
    if rows.empty:
        return [], 0
    added = summary(rows, draws=1)  # the sums are asked, not how sure they are
    columns = (added[name].tolist() for name in ("crime_type", "model", "hits", "total"))
    lines = [
        {
            "crimeType": kind,
            "model": model,
            "label": model_label(model),
            "isOutlook": model == run.notes["model"],
            "hits": hits,
            "total": total,
        }
        for kind, model, hits, total in zip(*columns, strict=True)
    ]
    return lines, int(rows["week"].nunique())


def _told(row: dict[Any, Any]) -> dict[str, Any]:
    def known(name: str) -> float | None:
        return None if pd.isna(row[name]) else float(row[name])

    return {
        "week": row["week"],
        "state": "notScored" if row["state"] == "not_scored" else row["state"],
        "expected": row["expected"],
        "low": row["low"],
        "high": row["high"],
        "reported": known("reported"),
        "hits": known("hits"),
        "baselineHits": known("baseline_hits"),
        "bestHits": known("best_hits"),
    }
