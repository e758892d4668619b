# SPDX-License-Identifier: EUPL-1.2
"""The sample town as a workspace: its own police files and layers through the gate, like any other town's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
from stip.link import link_workspace
from stip.samples import SOURCES, make_town, make_workspace
from stip.space import shift_week, week_start
from stip.store import Workspace


def sample_files(root: Path) -> Path:
    """Return where the files of the town, and its truth, lie."""
    return root / "bron"


def make_sample(root: Path, *, tell: Callable[[str], None]) -> Workspace:
    """Make the sample town and read all its files, each on the Monday on which it comes."""
    linked = root / "linked"
    if linked.exists():
        return Workspace.open(root / "werkmap")
    town = make_town(sample_files(root))
    workspace = make_workspace(root / "werkmap")
    zone = workspace.settings.town.time_zone
    weeks = [path.stem.removeprefix("bvh_") for path in town.weekly]
    mondays = [week_start(shift_week(week, 1), zone) + timedelta(hours=7, minutes=30) for week in weeks]
    on = mondays[-1].date()
    for source in SOURCES:
        path = town.folder / source.file
        if source.kind is Kind.AREAS:
            store_areas(workspace, read_areas_file(workspace, path, source=source.agreement, on=on, year=on.year))
        elif source.kind is Kind.ADDRESSES:
            store_addresses(workspace, read_address_file(workspace, path, source=source.agreement, on=on))
        else:
            store_layer(workspace, read_layer_file(workspace, source.name, path, source=source.agreement, on=on))
    for path, monday in zip((town.history, *town.weekly), (mondays[0] - timedelta(weeks=1), *mondays), strict=True):
        report = read_incident_file(workspace, path, "bvh", received_at=monday, accept_refused=True)
        tell(f"sample: {path.name}: {report.rows} rows, {report.accepted + report.repaired} in")
    link_workspace(workspace)
    linked.touch()
    return workspace
