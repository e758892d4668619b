# SPDX-License-Identifier: EUPL-1.2
"""The plan of a week in a workspace: what goes in is looked up there, what comes out is frozen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.agreements import check_stage, check_target, tidy_reason
from stip.errors import PlanError, SettingsError
from stip.explore import rhythm as count_rhythm
from stip.outlook import Dispersion, model_label
from stip.plan.draw import seed_of
from stip.plan.frozen import notes_of, tables_of
from stip.plan.proposal import Proposal, Question
from stip.plan.propose import propose
from stip.plan.value import Expectation, expectation
from stip.settings import PlanSettings
from stip.space import Areas, monday, shift_week, week_number, week_start
from stip.store import (
    Run,
    Workspace,
    area_years,
    fingerprint,
    freeze_run,
    latest_run,
    open_run,
    read_areas,
    read_cells,
    read_decisions,
    read_incidents,
    run_id_of,
)
from stip.words import number

LAST_WEEK = "last-week"
_MOST_HOURS = 10_000  # sixty people day and night; more is a slip of the keyboard
_RHYTHM_WEEKS = 52
_RHYTHM_INCIDENTS = 30  # fewer say little about hours


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the plan of a week is made from, as it stands in the workspace now."""

    outlook: Run
    cells: pd.DataFrame
    areas: Areas | None
    past: pd.DataFrame
    overrides: pd.DataFrame
    rhythm: dict[str, npt.NDArray[np.float64]]
    question: Question

    def propose(self) -> Proposal:
        """Make the plan."""
        return propose(
            self.outlook.table("outlook"),
            self.cells,
            self.areas,
            self.question,
            past=self.past,
            overrides=self.overrides,
            rhythm=self.rhythm,
        )

    def expectation(self) -> Expectation:
        """Return what is expected of each cell, as the plan used it."""
        question = self.question
        outlook = self.outlook.table("outlook")
        return expectation(
            outlook,
            self.cells,
            week=question.week,
            settings=question.settings,
            baseline_types=question.baseline_types,
        )

    def prints(self) -> dict[str, str]:
        """Return a hash of each input."""
        return {
            "outlook": self.outlook.run_id,
            "cells": fingerprint(self.cells),
            "areas": "" if self.areas is None else fingerprint(_flat(self.areas.frame)),
            "past": fingerprint(_flat(self.past)),
            "overrides": fingerprint(_flat(self.overrides)),
            "rhythm": fingerprint(pd.DataFrame(self.rhythm)),
        }

    def asked(self) -> dict[str, Any]:
        """Return the question as JSON can hold it."""
        question = self.question
        return {
            "plan": question.settings.model_dump(mode="json"),
            "dwellings_minimum": question.dwellings_minimum,
            "baseline_types": list(question.baseline_types),
            "baseline": question.baseline,
            "labels": dict(question.labels),
            "seed": question.seed,
            "passed_rules": dict(question.passed_rules),
            "like_week": question.like_week,
        }


def look_up(
    workspace: Workspace,
    week: str,
    *,
    hours: float | None = None,
    like: str = "",
    seed: int | None = None,
    passed_rules: Mapping[str, str] | None = None,
    outlook: Run | None = None,
) -> Inputs:
    """Look up in the workspace what the plan of a week is made from; the parameters are those of `make_plan`."""
    check_stage(workspace, "plan")
    monday(week)
    settings = _settings(workspace, hours)
    outlook = outlook or latest_run(workspace, "outlook", week)
    if outlook is None:
        raise PlanError(f"Er is nog geen vooruitblik voor {week}. Maak die eerst: stip outlook run --week {week}")
    if outlook.week != week:
        raise PlanError(f"De vooruitblik {outlook.run_id} is van {outlook.week}; kies die van {week}.")
    for crime_type in sorted(outlook.table("outlook")["crime_type"].unique()):
        check_target(workspace.settings, str(crime_type))  # it may have been declared *haal* since
    plans = read_decisions(workspace, "plan")
    like_week = _like_week(week, like)
    question = Question(
        week=week,
        settings=settings,
        dwellings_minimum=workspace.settings.dwellings.minimum,
        baseline_types=_baseline_types(outlook),
        baseline=model_label(outlook.notes["baseline"]) if "baseline" in outlook.notes else "",
        labels={name: kind.label for name, kind in workspace.settings.crime_types.items()},
        dispersion=_dispersion(outlook),
        seed=own_seed(workspace, week) if seed is None else seed,
        passed_rules={rule: tidy_reason(reason, PlanError) for rule, reason in (passed_rules or {}).items()},
        like_week=like_week,
    )
    if question.like_week and not (plans["week"] == question.like_week).any():
        raise PlanError(
            f"Er staat geen plan vast voor {question.like_week}, dus er is niets om op te lijken. "
            "Maak een nieuw plan zonder --like, of noem een week met een plan."
        )
    return Inputs(
        outlook=outlook,
        cells=read_cells(workspace),
        areas=read_areas(workspace) if area_years(workspace) else None,
        past=plans[plans["week"].map(week_number) < week_number(week)].reset_index(drop=True),
        overrides=read_decisions(workspace, "override", week=week),
        rhythm=rhythm_before(workspace, week),
        question=question,
    )


def make_plan(
    workspace: Workspace,
    week: str,
    *,
    hours: float | None = None,
    like: str = "",
    seed: int | None = None,
    passed_rules: Mapping[str, str] | None = None,
    outlook: Run | None = None,
) -> Run:
    """Propose the plan of a week and freeze the proposal; what was frozen before is returned as it is.

    Parameters
    ----------
    week : str
        The ISO week; its outlook must have been made.
    hours : float, optional
        Hours of the team, in place of those in the settings.
    like : str
        ``last-week``, or a week whose plan to start from.
    seed : int, optional
        For the draw, in place of the seed of the town and the week. Then the draw can be chosen, which the plan says,
        and the plan cannot be adopted.
    passed_rules : mapping of str to str
        Rules not to keep, each with the reason.
    outlook : Run, optional
        The outlook to plan on; the one of the week that was made last when left out.

    Returns
    -------
    Run
        Of the kind ``plan``, with tables ``plan``, ``cells``, ``frame`` and ``parts``; see `proposal_of`.
    """
    inputs = look_up(workspace, week, hours=hours, like=like, seed=seed, passed_rules=passed_rules, outlook=outlook)
    run_id = run_id_of("plan", week, inputs.asked(), inputs.prints())
    folder = workspace.root / "runs" / week / "plan" / run_id
    if folder.exists():
        return open_run(folder)
    proposal = inputs.propose()
    if seed is not None:
        chosen = "Het lot is met de hand gekozen (--seed). Zo is het om uit te proberen; vaststellen kan niet."
        proposal = replace(proposal, warnings=(chosen, *proposal.warnings))
    return freeze_run(
        workspace,
        kind="plan",
        week=week,
        settings=inputs.asked(),
        inputs=inputs.prints(),
        tables=tables_of(proposal, inputs.expectation()),
        notes=notes_of(proposal),
    )


def own_seed(workspace: Workspace, week: str) -> int:
    """Return the seed that the town and the week give, which nobody can choose."""
    town = workspace.settings.town
    return seed_of(week, town=f"{town.name}|{town.code}", grid_id=workspace.grid.grid_id)


def rhythm_before(workspace: Workspace, week: str) -> dict[str, npt.NDArray[np.float64]]:
    """Return the weight of each hour of the week, by crime type, as known before the week began.

    Types with fewer than 30 incidents in the year before are left out.
    """
    town = workspace.settings.town
    start = week_start(week, town.time_zone)
    incidents = read_incidents(
        workspace,
        crime_types=workspace.settings.outlook.targets,
        known_before=start,
        from_at=week_start(shift_week(week, -_RHYTHM_WEEKS), town.time_zone),
        to_at=start,
    )
    return {
        str(name): count_rhythm(of_type, town.time_zone).to_numpy(np.float64).ravel()
        for name, of_type in incidents.groupby("crime_type")
        if len(of_type) >= _RHYTHM_INCIDENTS
    }


def _baseline_types(outlook: Run) -> tuple[str, ...]:
    """Return the types of which the outlook says that its baseline did better."""
    if outlook.notes.get("use") == "baseline":
        return tuple(sorted(outlook.table("outlook")["crime_type"].unique()))
    by_type = outlook.notes.get("by_type", {})
    return tuple(sorted(name for name, facts in by_type.items() if facts["verdict"]["use"] == "baseline"))


def _dispersion(outlook: Run) -> dict[str, Dispersion]:
    """Return how far off what the plan uses was before: the model, or the baseline of the types planned on that.

    Outlooks made before the baseline was gauged have the model's only, which then stands in for it.
    """
    baseline = outlook.notes.get("dispersion_baseline", {})
    gauged = outlook.notes.get("dispersion", {}) | {
        name: baseline[name] for name in _baseline_types(outlook) if name in baseline
    }
    return {name: Dispersion(**sizes) for name, sizes in gauged.items()}


def _like_week(week: str, like: str) -> str:
    """Return the week to be like, which comes before this one; empty for none."""
    if like in ("", LAST_WEEK):
        return shift_week(week, -1) if like else ""
    if week_number(like) >= week_number(week):
        raise PlanError(f"{like} komt niet vóór {week}. Noem bij --like een eerdere week, of ‘{LAST_WEEK}’.")
    return like


def _settings(workspace: Workspace, hours: float | None) -> PlanSettings:
    settings = workspace.settings.plan
    unknown = sorted(set(settings.balance) - set(workspace.settings.crime_types))
    if unknown:
        known = ", ".join(sorted(workspace.settings.crime_types))
        raise SettingsError(f"plan.balance noemt ‘{unknown[0]}’; bekend zijn {known}.")
    if hours is None:
        return settings
    if not 0 < hours <= _MOST_HOURS:
        raise PlanError(
            f"{hours} uur kan niet. Geef een getal boven 0 en hooguit {number(_MOST_HOURS)}, zoals --hours 96."
        )
    return settings.model_copy(update={"hours": hours})


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Write lists of cells and geometry as text, so that they can be hashed."""
    plain = pd.DataFrame({name: frame[name] for name in frame.columns if name != "geometry"})
    for name in plain.columns.intersection(["cells", "to_cells"]):
        plain[name] = ["" if cells is None else " ".join(str(cell) for cell in cells) for cells in plain[name]]
    if "geometry" in frame.columns:
        plain["geometry"] = shapely.to_wkb(frame["geometry"].to_numpy(), hex=True)
    return plain
