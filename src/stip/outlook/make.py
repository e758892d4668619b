# SPDX-License-Identifier: EUPL-1.2
"""Making the outlook of a week: what to expect where, beside its baseline, with its record, frozen as a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stip.agreements import check_features, check_not_paused, check_target
from stip.outlook.area import Doubles
from stip.outlook.backtest import Forecast, Truth, rolling, score
from stip.outlook.completeness import completeness
from stip.outlook.forecaster import Forecaster, make_forecasters
from stip.outlook.history import History
from stip.outlook.intervals import Dispersion, DispersionGauge, cell_intervals
from stip.outlook.ranking import tiers_of
from stip.outlook.reading import inputs_of, read_history
from stip.outlook.ready import NoReports
from stip.outlook.reasons import reasons_of
from stip.outlook.verdict import judged_weeks, verdict_on, warnings_of
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_start
from stip.store import OUTLOOK, SCORE, Run, Workspace, conform, freeze_run, run_id_of, runs_of

RECORD_WEEKS = 12
"""Weeks before this one whose scores are frozen with the outlook."""

BESIDE = ("long_run", "last_52_weeks", "kde_narrow")
"""Baselines that stand in every record, with the one of the settings."""

_TOWN_WEEKS = 104  # the error in the town as a whole is learned from so many: each is one figure
_FIRST_WEEKS = 26  # before these nothing can be said of the town as a whole


def _silent(_: str) -> None:
    pass


def make_outlook(workspace: Workspace, week: str, *, progress: Callable[[str], None] | None = None) -> Run:
    """Make the outlook of a week with what was known on its Monday at 00:00, and freeze it.

    Parameters
    ----------
    week : str
        ISO week.
    progress : callable, optional
        Is told each step in a few Dutch words.

    Returns
    -------
    Run
        Kind ``outlook``, with tables ``outlook`` (OUTLOOK contract) and ``record`` (SCORE contract: model and
        baselines over the last weeks, as it would have been known). The same inputs give the same run.

    Raises
    ------
    AgreementError
        When the outlook is paused, or a target may not be looked ahead for.
    HistoryError
        When there is too little history.
    """
    tell = progress or _silent
    settings = workspace.settings.outlook
    check_not_paused(workspace, "outlook")
    for target in settings.targets:
        check_target(workspace.settings, target)
    history, silent = _read_what_is_there(workspace, week)
    settings = settings.model_copy(update={"targets": tuple(t for t in settings.targets if t not in silent)})
    check_features(history.context.names, allow_socio_economic=workspace.settings.link.allow_socio_economic)
    steer = {
        "outlook": settings.model_dump(mode="json"),
        "final_after_weeks": workspace.settings.learn.final_after_weeks,
    }
    inputs = inputs_of(history)
    run_id = run_id_of("outlook", week, steer, inputs)
    for run in runs_of(workspace, "outlook", week):
        if run.run_id == run_id:
            return run
    made = _look_ahead(history, settings, run_id, workspace.settings.learn.final_after_weeks, tell)
    labels = {target: workspace.settings.crime_types[target].label for target in settings.targets}
    notes = _notes(history, made, settings, labels, workspace.settings.learn.final_after_weeks)
    notes["warnings"] += [_not_looked_at(workspace.settings.crime_types[target].label) for target in silent]
    tables = {
        "outlook": conform(_table(history, made, run_id, settings), OUTLOOK),
        "record": conform(made.record, SCORE),
    }
    return freeze_run(
        workspace,
        kind="outlook",
        week=week,
        settings=steer,
        inputs=inputs,
        tables=tables,
        notes=notes,
    )


def _read_what_is_there(workspace: Workspace, week: str) -> tuple[History, tuple[str, ...]]:
    """Read the history; a target that nobody reported yet is left out, so that the others still have an outlook.

    Returns
    -------
    History, tuple of str
        And the targets that are left out.

    Raises
    ------
    HistoryError
        When no target has a report, or the week lies too far beyond the newest one.
    """
    targets = workspace.settings.outlook.targets
    silent: tuple[str, ...] = ()
    while True:
        try:
            return read_history(workspace, week, crime_types=targets), silent
        except NoReports as lacking:
            if not lacking.others:
                raise
            silent = (*silent, *lacking.missing)
            targets = tuple(target for target in targets if target not in silent)


def _not_looked_at(label: str) -> str:
    return f"{label}: hiervan is nog geen enkele melding bekend. Deze vooruitblik gaat er daarom niet over."


@dataclass
class _Made:
    """What the stream through the weeks brought: scores of the last weeks, and of those that are judged; and more."""

    record: pd.DataFrame
    block: pd.DataFrame
    untold: dict[str, tuple[int, ...]] = field(default_factory=dict)
    now: dict[tuple[str, str], Forecast] = field(default_factory=dict)
    dispersion: dict[str, Dispersion] = field(default_factory=dict)
    dispersion_baseline: dict[str, Dispersion] = field(default_factory=dict)


def _look_ahead(
    history: History, settings: OutlookSettings, run_id: str, final_after_weeks: int, tell: Callable[[str], None]
) -> _Made:
    names = tuple(dict.fromkeys((settings.model, settings.baseline, *BESIDE)))
    forecasters = make_forecasters(names, settings.targets, settings)
    week = history.cutoff_week
    earliest = max(history.first_week + 1, int(history.known_week[0]) + 1)
    judged = judged_weeks(week, final_after_weeks=final_after_weeks)
    first = max(earliest, min(week - RECORD_WEEKS, judged.start))
    truth = Truth(history)
    settled = Truth(history.as_known(judged.stop + final_after_weeks))  # what comes later changes no verdict
    gauges = {
        name: {target: DispersionGauge(history.area.zones) for target in settings.targets}
        for name in (settings.model, settings.baseline)
    }
    share_known = {target: completeness(history, target) for target in settings.targets}
    rows: list[dict[str, object]] = []
    of_block: list[dict[str, object]] = []
    made = _Made(pd.DataFrame(), pd.DataFrame())
    tell(f"Vooruitzien: {week - first} weken nalopen")
    for forecast in rolling(history, forecasters, first_week=first, last_week=week, refit_weeks=settings.refit_weeks):
        if forecast.week == week:
            made.now[forecast.crime_type, forecast.model] = forecast
            continue
        if forecast.week in judged and settled.told(forecast.crime_type, forecast.week):
            of_block += score(forecast, history, run_id=run_id, final_after_weeks=final_after_weeks, truth=settled)
        if not truth.told(forecast.crime_type, forecast.week):
            continue
        if forecast.week >= week - RECORD_WEEKS:
            rows += score(forecast, history, run_id=run_id, final_after_weeks=final_after_weeks, truth=truth)
        if forecast.model in gauges:
            known_by_now = (
                share_known[forecast.crime_type][: week - forecast.week][-1] if week - forecast.week <= 26 else 1.0
            )
            came = truth.counts(forecast.crime_type, forecast.week)
            gauges[forecast.model][forecast.crime_type].add(forecast.expected * known_by_now, came)
    models = [forecaster for forecaster in forecasters if forecaster.name in gauges]
    _gauge_town(gauges, models, history, truth, range(week - _TOWN_WEEKS, first))
    made.record, made.block = (pd.DataFrame(found, columns=SCORE.schema.names) for found in (rows, of_block))
    made.untold = {
        target: tuple(each for each in judged if each >= first and not settled.told(target, each))
        for target in settings.targets
    }
    made.dispersion, made.dispersion_baseline = (
        {target: gauge.dispersion() for target, gauge in gauges[name].items()}
        for name in (settings.model, settings.baseline)
    )
    return made


def _gauge_town(
    gauges: dict[str, dict[str, DispersionGauge]],
    models: list[Forecaster],
    history: History,
    truth: Truth,
    weeks: range,
) -> None:
    """Learn the error in the town as a whole from weeks before those that were foretold cell by cell."""
    for past in weeks:
        known = history.as_known(past)
        for model in models:
            kind = model.crime_type
            if len(known) and known.weeks_of(kind) >= _FIRST_WEEKS and truth.told(kind, past):
                expected = model.expected_in_town(known)
                if expected is not None:
                    gauges[model.name][kind].add_town(expected, float(truth.counts(kind, past).sum()))


def _table(history: History, made: _Made, run_id: str, settings: OutlookSettings) -> pd.DataFrame:
    frames = []
    for target in settings.targets:
        forecast = made.now[target, settings.model]
        baseline: Doubles = made.now[target, settings.baseline].expected
        low, high = cell_intervals(forecast.expected, made.dispersion[target])
        tier = tiers_of(forecast.expected, settings.seed)
        reasons = reasons_of(history, target, forecast.forecaster.pulls(), tier < 100)
        frames.append(
            pd.DataFrame(
                {
                    "run_id": run_id,
                    "cell": history.area.cells,
                    "week": week_from_number(history.cutoff_week),
                    "crime_type": target,
                    "expected": forecast.expected,
                    "low": low,
                    "high": high,
                    "baseline": baseline,
                    "tier": tier,
                    "reasons": reasons,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _notes(
    history: History, made: _Made, settings: OutlookSettings, labels: dict[str, str], final_after_weeks: int
) -> dict[str, Any]:
    by_type: dict[str, dict[str, Any]] = {}
    for target in settings.targets:
        forecast = made.now[target, settings.model]
        rows = history.type_index == history.type_number(target)
        by_type[target] = {
            "expected_total": float(forecast.expected.sum()),
            "known_reports": int(round(float(history.weight[rows].sum()))),
            "share_known": [round(float(share), 3) for share in completeness(history, target)[:8]],
            "verdict": verdict_on(
                made.block,
                target,
                settings,
                labels[target],
                untold=made.untold[target],
                final_after_weeks=final_after_weeks,
            ),
            "learned": forecast.forecaster.learned(),
        }
    use = "baseline" if all(facts["verdict"]["use"] == "baseline" for facts in by_type.values()) else "model"
    return {
        "cutoff": week_start(week_from_number(history.cutoff_week), history.time_zone).isoformat(),
        "model": settings.model,
        "baseline": settings.baseline,
        "use": use,
        "outside": history.outside,
        "coarse": history.coarse,
        "by_type": by_type,
        "dispersion": {target: found.to_dict() for target, found in made.dispersion.items()},
        "dispersion_baseline": {target: found.to_dict() for target, found in made.dispersion_baseline.items()},
        "verdicts": [facts["verdict"]["text"] for facts in by_type.values()],
        "warnings": warnings_of(history, labels),
    }
