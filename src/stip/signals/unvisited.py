# SPDX-License-Identifier: EUPL-1.2
"""Finding, when a week is over, where much was expected and nobody went: the outlook beside visits and feedback."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from stip.agreements import check_stage
from stip.errors import SignalError
from stip.learn import outlook_that_counts
from stip.signals.kinds import SignalKind, Stream
from stip.signals.places import areas_of
from stip.signals.raising import NewSignal, Raised, check_signal, raise_signal
from stip.space import shift_week, week_start
from stip.store import Workspace, read_cells, read_decisions


def visited_cells(workspace: Workspace, week: str) -> frozenset[int]:
    """Return the cells of every place of a week that a visit, or feedback of who was there, is known of."""
    visits = read_decisions(workspace, "visit", week=week)
    told = read_decisions(workspace, "feedback", week=week)
    been = set(visits["place_id"]) | set(told.loc[told["visited"].astype(bool), "place_id"])
    places = read_decisions(workspace, "plan", week=week, history=True)
    return frozenset(int(cell) for cells in places.loc[places["place_id"].isin(been), "cells"] for cell in cells)


def unvisited(workspace: Workspace, week: str, *, at: datetime) -> list[NewSignal]:
    """Tell which top cells of a week's outlook no visit is known of: one signal a district.

    A district, not a cell, because that is what a week plan chooses between and so what people decide on, and because
    next to nothing happens in one cell. Without districts it is the neighbourhood. Its category is the type of crime
    of which most was expected there. Cells with too few dwellings count, but are not named.

    Parameters
    ----------
    at : aware datetime

    Raises
    ------
    AgreementError
        When the outlook, or a source of its reports, is on hold.
    SignalError
        When the week is not over yet.
    """
    check_stage(workspace, "outlook")
    zone = workspace.settings.town.time_zone
    if at < week_start(shift_week(week, 1), zone):
        raise SignalError(f"{week} is nog niet voorbij. Pas daarna is te zeggen waar niemand kwam.")
    run = outlook_that_counts(workspace, week)
    if run is None:
        return []
    rows = run.table("outlook")
    rows = rows[
        (rows["tier"] <= workspace.settings.signals.tier) & ~rows["cell"].isin(visited_cells(workspace, week))
    ]
    cells = read_cells(workspace)
    rows = rows.merge(cells.loc[cells["in_study"].astype(bool), ["cell", "area_code", "dwellings"]], on="cell")
    areas = areas_of(workspace)
    districts = areas.district_of() if areas else {}
    rows["area_code"] = [districts.get(code, code) for code in rows["area_code"].fillna("").astype(str)]
    found = []
    for code, here in rows.groupby("area_code"):
        by_type = here.groupby("crime_type")["expected"].sum()
        minimum = workspace.settings.dwellings.minimum
        dwellings = pd.to_numeric(here["dwellings"])
        named = here.loc[~dwellings.between(1, minimum - 1).fillna(value=False).astype(bool), "cell"]
        new = NewSignal(
            kind=SignalKind.UNVISITED,
            category=str(by_type.idxmax()),
            week=week,
            role="stip",
            stream=Stream.OUTLOOK,
            cells=tuple(sorted({int(cell) for cell in named})),
            area_code=str(code),
        )
        if new.cells or new.area_code:
            found.append(check_signal(workspace, new))
    return found


def find_unvisited(workspace: Workspace, week: str, *, at: datetime) -> list[Raised]:
    """Write those signals down; what was found before, for the same week and district, is not found again.

    Raises
    ------
    AgreementError
        When the outlook, or a source of its reports, is on hold.
    SignalError
        When the week is not over yet.
    """
    with workspace.writing():
        before = read_decisions(workspace, "signal", week=week)
        before = before[before["kind"] == SignalKind.UNVISITED]
        known = dict(zip(before["area_code"].fillna(""), map(str, before["decision_id"]), strict=True))
        found = []
        for new in unvisited(workspace, week, at=at):
            raised = Raised(known[new.area_code], False) if new.area_code in known else None
            found.append(raised or raise_signal(workspace, new, at=at))
            known[new.area_code] = found[-1].signal_id
        return found
