# SPDX-License-Identifier: EUPL-1.2
"""How a quarter went, fit to go out: for the town as a whole, bad weeks too, and frozen with its figures.

It is worked out when the figures are proposed, so that what is approved is what was seen, and it goes out with them,
once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import Purpose, check_not_paused, check_sources
from stip.errors import AgreementError
from stip.learn import (
    EVERY_TYPE,
    CourseChoice,
    Met,
    Stream,
    Verdict,
    courses,
    final_scores,
    measure_outcome,
    outlook_that_counts,
    totals,
)
from stip.link import recode_areas
from stip.publish import record_words as words
from stip.publish.figures import State
from stip.publish.hits import Hits, Told, hits_of, hits_together, most_in, week_by_week
from stip.publish.interval import Between, difference_of, share_of, verdict_on
from stip.publish.out import published_facts
from stip.publish.periods import Quarter
from stip.publish.rounding import BASE, draws, report_keys
from stip.publish.tally import Tally, tallied
from stip.publish.told import BROKEN, RECORD, read_told
from stip.settings import LearnSettings
from stip.space import Areas, area_of_points, monday, shift_week, week_of_date
from stip.store import Workspace, day_in_town, read_decisions

_FEWEST_FOR_A_SHARE = 30


def record_of(
    workspace: Workspace,
    quarter: Quarter,
    incidents: pd.DataFrame,
    figures: pd.DataFrame,
    *,
    areas: Areas,
    states: pd.Series[str],
    secret: bytes,
    at: datetime,
) -> dict[str, Any]:
    """Return the evaluation of a quarter that may go out with its figures, as JSON can hold it.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
        Those that the figures count.
    figures : DataFrame that keeps the FIGURE contract
        Of this quarter, rounded: what is told here stays within them.
    areas, states
        As for `stip.publish.figures_of`.
    at : aware datetime

    Returns
    -------
    dict
        See docs/explanation/disclosure.md for the shape.
    """
    settings = workspace.settings.learn
    lacking = _on_hold(workspace, sorted(incidents["source"].unique()), at=at)
    weeks = [] if lacking else [run.week for run in final_scores(workspace, weeks=_weeks_of(quarter))]
    shown = [str(code) for code in states.index[states == State.PUBLISHED]]
    outlooks = _outlooks(workspace, weeks)
    here = recode_areas(incidents, areas)[0]
    here = here[here["area_code"].isin(shown)]
    labels = {code: kind.label for code, kind in workspace.settings.crime_types.items()}
    tallies: dict[str, Tally] = {}
    hits: dict[str, Hits] = {}
    for crime_type in workspace.settings.outlook.targets if weeks else ():
        most = most_in(figures, crime_type)
        if most is None:
            continue
        tallies[crime_type] = tallied(
            here, outlooks, crime_type, grid=workspace.grid, time_zone=workspace.settings.town.time_zone,
            area_share=settings.area_share, secret=secret,
        )  # fmt: skip
        hits[crime_type] = hits_of(tallies[crime_type], most, secret)
    together = hits_together(hits.values())
    beside = week_by_week(tallies.values(), together, weeks)
    expected = _expected(outlooks, workspace, areas, shown, tuple(hits), quarter, secret)
    return {
        "quarter": quarter.name,
        "label": quarter.label,
        "weeks": weeks,
        "weeks_in_quarter": len(_weeks_of(quarter)),
        "known_until": at.isoformat(),
        "area_share": settings.area_share,
        "lacking": lacking or ("" if hits else words.NOT_MEASURED),
        "types": [_told(name, labels[name], one, expected[name], len(weeks), settings) for name, one in hits.items()],
        "all": _told(EVERY_TYPE, "alle soorten samen", together, sum(expected.values()), len(weeks), settings)
        if hits
        else None,
        "weeks_beside": {
            "told": beside is not None,
            "better": None if beside is None else beside.better,
            "worse": None if beside is None else beside.worse,
            "equal": None if beside is None else beside.equal,
            "sentence": words.weeks_sentence(beside),
        },
        "since_start": None if lacking else _since_start(workspace),
        "work": _work(workspace, quarter, at=at),
        "measure": _measure(workspace, measured=not lacking),
        "decision": _decision(workspace, at=at),
        "method": words.METHOD,
    }


def published_record(published: Path) -> list[dict[str, Any]]:
    """Return the evaluations that are out, oldest first; only those of quarters whose figures are out.

    One that cannot be read is left out.

    Parameters
    ----------
    published : Path
        The folder ``published``; a public process needs nothing else.
    """
    found = []
    for facts in published_facts(published):
        try:
            told = read_told(published / "record" / f"{facts['quarter']}.json", RECORD)
        except BROKEN:
            continue
        if told["quarter"] == facts["quarter"]:
            found.append(told)
    return found


def _weeks_of(quarter: Quarter) -> list[str]:
    """Return the weeks that lie wholly inside a quarter."""
    week = week_of_date(quarter.first)
    found = [shift_week(week, number) for number in range(15)]
    return [one for one in found if monday(one) >= quarter.first and monday(shift_week(one, 1)) <= quarter.next.first]


def _on_hold(workspace: Workspace, sources: list[str], *, at: datetime) -> str:
    """Say why nothing may be told of how it went; empty when it may."""
    try:
        check_not_paused(workspace, "learn")
    except AgreementError:
        return words.ON_HOLD
    day = day_in_town(workspace, at)
    try:
        check_sources(workspace, sources, Purpose.EVALUATION, on=day)
    except AgreementError:
        return words.NOT_ALLOWED
    return ""


def _outlooks(workspace: Workspace, weeks: list[str]) -> dict[str, pd.DataFrame]:
    runs = {week: outlook_that_counts(workspace, week) for week in weeks}
    return {week: run.table("outlook") for week, run in runs.items() if run is not None}


def _expected(
    outlooks: Mapping[str, pd.DataFrame],
    workspace: Workspace,
    areas: Areas,
    shown: list[str],
    crime_types: tuple[str, ...],
    quarter: Quarter,
    secret: bytes,
) -> dict[str, int]:
    """Return what was expected of each type in the neighbourhoods that are shown, rounded by a draw of its own."""
    found = {}
    for crime_type in crime_types:
        whole = 0.0
        for table in outlooks.values():
            rows = table[table["crime_type"] == crime_type]
            code = area_of_points(*workspace.grid.centre(rows["cell"].to_numpy(np.int64)), areas)
            whole += float(rows.loc[code.isin(shown).to_numpy(bool), "expected"].sum())
        key = report_keys([f"{quarter.name}/{crime_type}"], secret)
        draw = float(draws(key, secret, measure="expected")[0])
        below = int(whole // BASE) * BASE
        found[crime_type] = below + BASE * (draw * BASE < whole - below)
    return found


def _told(
    crime_type: str, label: str, hits: Hits, expected: int, weeks: int, settings: LearnSettings
) -> dict[str, Any]:
    found = difference_of(hits, weeks)
    verdict = verdict_on(hits, found, weeks, settings)
    return {
        "crime_type": crime_type,
        "label": label,
        "expected": expected,
        "reported": asdict(hits.reported),
        "outlook": _part(hits.outlook, hits.reported),
        "baseline": _part(hits.baseline, hits.reported),
        "score": _plain(found),
        "verdict": str(verdict),
        "verdict_label": words.VERDICTS[verdict],
        "sentence": words.hits_sentence(hits, found, verdict),
    }


def _part(part: Told, whole: Told) -> dict[str, Any]:
    share = share_of(part, whole) if whole.figure >= _FEWEST_FOR_A_SHARE else None
    return asdict(part) | {"share": _plain(share)}


def _plain(between: Between | None) -> dict[str, float] | None:
    return None if between is None else {name: round(value, 3) for name, value in asdict(between).items()}


def _since_start(workspace: Workspace) -> dict[str, str]:
    """Return the verdict of the desk over all final weeks: one word, no counts."""
    rows = totals(workspace)
    rows = rows[(rows["stream"] == Stream.OUTLOOK) & (rows["crime_type"] == EVERY_TYPE)]
    verdict = Verdict(rows["verdict"].iloc[0]) if len(rows) else Verdict.TOO_FEW
    if verdict is Verdict.TOO_FEW:
        verdict = Verdict.UNDECIDED  # which of the two it is, would bound how many reports there were
    return {"verdict": str(verdict), "verdict_label": words.VERDICTS[verdict]}


def _work(workspace: Workspace, quarter: Quarter, *, at: datetime) -> dict[str, Any]:
    weeks = _weeks_of(quarter)
    plan, visit, override = (
        rows[rows["week"].isin(weeks)]
        for rows in (read_decisions(workspace, kind, before=at) for kind in ("plan", "visit", "override"))
    )
    many = len(override)
    told = many >= words.FEWEST_OVERRIDES
    return {
        "visits_planned": int(plan["visits"].sum()),
        "visits_held": len(visit),
        "overrides": many if told else None,
        "overrides_sentence": words.overrides_sentence(many),
    }


def _measure(workspace: Workspace, *, measured: bool) -> dict[str, Any]:
    settings = workspace.settings.learn
    met = measure_outcome(workspace).met if measured else Met.TOO_FEW
    if met is Met.TOO_FEW:
        met = Met.UNCLEAR
    return {
        "stated": settings.measure.is_stated,
        "goal": settings.goal,
        "success": settings.success,
        "state": str(met),
        "state_label": words.MET[met],
        "sentence": words.measure_sentence(settings.measure, met),
    }


def _decision(workspace: Workspace, *, at: datetime) -> dict[str, str] | None:
    """Return the last decision to go on, change or stop; its reason and who wrote it down stay inside."""
    taken = courses(workspace)
    taken = taken[taken["at"] < at]
    if taken.empty:
        return None
    choice, week = CourseChoice(taken["choice"].iloc[-1]), str(taken["week"].iloc[-1])
    return {
        "choice": str(choice),
        "label": choice.label,
        "week": week,
        "sentence": words.decision_sentence(choice.label, week),
    }
