# SPDX-License-Identifier: EUPL-1.2
"""What a week leaves for people: map, picture, list. Made from runs and decisions, so it can be remade."""

from __future__ import annotations

from pathlib import Path

from stip.plan import shown_plan, write_plan_csv, write_plan_geojson
from stip.store import Run, Workspace, latest_run, runs_of
from stip.week.gather import gather
from stip.week.page import write_page
from stip.week.picture import draw_week
from stip.week.view import WeekView


def write_files(workspace: Workspace, view: WeekView, plan: Run) -> dict[str, Path]:
    """Write the files of a week to ``output/<week>/`` in the workspace and return their paths by what they are."""
    folder = _folder(workspace, view.week)
    proposal = shown_plan(workspace, plan).proposal
    with workspace.writing():
        return {
            "kaart": write_page(view, folder / "kaart.html"),
            "kaart op A4": draw_week(view, folder / "kaart.png"),
            "weekplan": write_plan_csv(proposal, workspace.grid, folder / "weekplan.csv"),
            "weekplan op de kaart": write_plan_geojson(proposal, workspace.grid, folder / "weekplan.geojson"),
        }


def remake_files(workspace: Workspace, week: str) -> dict[str, Path]:
    """Write the files of a week again after people decided something; none when they were never made.

    Raises
    ------
    StipError
        When they cannot be made; the older files stay.
    """
    plan = latest_run(workspace, "plan", week)
    if plan is None or not _folder(workspace, week).is_dir():
        return {}
    made_on = shown_plan(workspace, plan).run.facts["inputs"]["outlook"]
    outlook = next((run for run in runs_of(workspace, "outlook", week) if run.run_id == made_on), None)
    return {} if outlook is None else write_files(workspace, gather(workspace, outlook, plan), plan)


def _folder(workspace: Workspace, week: str) -> Path:
    return workspace.root / "output" / week
