# SPDX-License-Identifier: EUPL-1.2
"""What a week leaves for people: map, picture, list. Made from frozen runs, so it may be made again at any time."""

from __future__ import annotations

from pathlib import Path

from stip.plan import proposal_of, write_plan_csv, write_plan_geojson
from stip.store import Run, Workspace
from stip.week.page import write_page
from stip.week.picture import draw_week
from stip.week.view import WeekView


def write_files(workspace: Workspace, view: WeekView, plan: Run) -> dict[str, Path]:
    """Write the files of a week to ``output/<week>/`` in the workspace and return their paths by what they are."""
    folder = workspace.root / "output" / view.week
    proposal = proposal_of(plan)
    with workspace.writing():
        return {
            "kaart": write_page(view, folder / "kaart.html"),
            "kaart op A4": draw_week(view, folder / "kaart.png"),
            "weekplan": write_plan_csv(proposal, workspace.grid, folder / "weekplan.csv"),
            "weekplan op de kaart": write_plan_geojson(proposal, workspace.grid, folder / "weekplan.geojson"),
        }
