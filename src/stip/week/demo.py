# SPDX-License-Identifier: EUPL-1.2
"""Two weeks in the sample town: one that is planned, worked and told about, and the next, that learns from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from stip.agreements import Kind
from stip.intake import (
    read_address_file,
    read_areas_file,
    read_incident_file,
    read_layer_file,
    store_addresses,
    store_areas,
    store_layer,
)
from stip.learn import FeedbackCode, check_course, courses, record_course, record_feedback, record_visit
from stip.plan import adopt, proposal_of, standing_plan
from stip.publish.register import let_out, make_register, published_register
from stip.samples import SOURCES, SampleTown, make_town, make_workspace
from stip.space import shift_week, week_start
from stip.store import Workspace, read_decisions
from stip.week.cycle import WeekResult, run_week
from stip.week.demo_public import make_public
from stip.week.demo_signals import make_signals
from stip.week.files import write_files
from stip.week.gather import gather

_OPENS = timedelta(hours=7, minutes=30)  # on Monday morning, when the file comes
_TOLD = (FeedbackCode.QUIET, FeedbackCode.AS_EXPECTED, FeedbackCode.BUSY)


def run_demo(folder: Path, *, size: str = "full", progress: Callable[[str], None]) -> WeekResult:
    """Make the sample town and run its last two weeks; what is there already is not made again.

    Parameters
    ----------
    folder : Path
        Gets ``bron/`` with the files of the town, and ``werkmap/`` with the workspace.
    size : {"full", "small"}
    progress : callable
        Is told each step in a few Dutch words.
    """
    progress("De voorbeeldstad Stipdam maken")
    town = make_town(folder / "bron", size="small" if size == "small" else "full")
    root = folder / "werkmap"
    workspace = Workspace.open(root) if (root / "stip.toml").exists() else make_workspace(root)
    zone = workspace.settings.town.time_zone
    weeks = [path.stem.removeprefix("bvh_") for path in town.weekly]
    before, last = weeks[-1], shift_week(weeks[-1], 1)
    monday = {week: week_start(week, zone) + _OPENS for week in (*weeks, last)}
    _read_surroundings(workspace, town, monday[weeks[0]], progress)
    for path, arrived in zip((town.history, *town.weekly[:-1]), weeks, strict=True):
        progress(f"Inlezen: {path.name}")
        read_incident_file(workspace, path, "bvh", received_at=monday[arrived])
    progress(f"Week {before}: vooruitzien en plannen")
    earlier = run_week(workspace, before, received_at=monday[before], progress=progress)
    _work(workspace, earlier, monday[before])
    _begin(workspace, monday[before])
    progress(f"Week {last}: het nieuwe bestand komt binnen")
    return run_week(workspace, last, files=(town.weekly[-1],), received_at=monday[last], progress=progress)


def open_demo(folder: Path, result: WeekResult) -> WeekResult:
    """Let the demo open on a week that is under way: its plan is fixed, the register and past quarters are public.

    Parameters
    ----------
    folder : Path
        Of `run_demo`, which gave the result.

    Returns
    -------
    WeekResult
        With its view and files as they are now.
    """
    workspace = Workspace.open(folder / "werkmap")
    monday = week_start(result.view.week, workspace.settings.town.time_zone) + _OPENS
    if read_decisions(workspace, "plan", week=result.view.week).empty:
        adopt(workspace, proposal_of(result.plan), at=monday + timedelta(hours=1))
    make_public(workspace, monday + timedelta(hours=1))
    if published_register(workspace.root / "published") is None:
        at = monday + timedelta(hours=2)
        reason = "Nagelezen met de jurist en de coördinator; verzonnen."
        let_out(workspace, make_register(workspace, at=at), role="bestuur", reason=reason, at=at)
    view = gather(workspace, result.outlook, result.plan)
    return replace(result, view=view, files=write_files(workspace, view, result.plan))


def _read_surroundings(workspace: Workspace, town: SampleTown, at: datetime, progress: Callable[[str], None]) -> None:
    """Read areas, addresses and layers, as far as they are not in the workspace yet."""
    on = at.date()
    for source in SOURCES:
        path = town.folder / source.file
        progress(f"Inlezen: {source.file}")
        if source.kind is Kind.AREAS:
            store_areas(workspace, read_areas_file(workspace, path, source=source.agreement, on=on, year=on.year))
        elif source.kind is Kind.ADDRESSES:
            store_addresses(workspace, read_address_file(workspace, path, source=source.agreement, on=on))
        else:
            read = read_layer_file(workspace, source.name, path, source=source.agreement, on=on)
            store_layer(workspace, read)


def _begin(workspace: Workspace, monday: datetime) -> None:
    """Decide to begin, so that the page of the half-yearly decision is filled; made up, and once."""
    if courses(workspace).empty:
        at = monday + timedelta(hours=3)
        reason = "De proef begint; over een half jaar kijken wij of de maat is gehaald."
        record_course(workspace, check_course(workspace, "go", reason=reason, role="bestuur", at=at), at=at)


def _work(workspace: Workspace, week: WeekResult, monday: datetime) -> None:
    """Fix the plan of the earlier week, and let the team tell about each place: made up, and the same each time."""
    if len(read_decisions(workspace, "plan", week=week.view.week)):
        return
    adopted = adopt(workspace, proposal_of(week.plan), at=monday + timedelta(hours=2), run_id=week.plan.run_id)
    places = standing_plan(workspace, week.view.week)
    for number, (place_id, hours) in enumerate(
        zip(places["place_id"].tolist(), places["hours"].tolist(), strict=True)
    ):
        if hours <= 0:
            continue  # drawn, and left out with a reason
        told = monday + timedelta(days=1 + number % 5, hours=9)
        code = _TOLD[number % len(_TOLD)]
        record_visit(workspace, adopted.plan_id, place_id, hours=hours, at=told)
        record_feedback(workspace, adopted.plan_id, place_id, visited=True, code=code, at=told)
    make_signals(workspace, places, week.view.week, monday)
