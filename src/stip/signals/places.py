# SPDX-License-Identifier: EUPL-1.2
"""Where a signal is: cells of the study area, or a neighbourhood, and never finer than privacy allows."""

from __future__ import annotations

import pandas as pd

from stip.errors import SignalError, WorkspaceError
from stip.link import coarse_area as small_to_district
from stip.space import Areas
from stip.store import Workspace, read_areas, read_cells, read_decisions

_MOST_CELLS = 500


def check_cells(workspace: Workspace, cells: tuple[int, ...], *, open_air: bool, by_hand: bool) -> None:
    """Refuse cells outside the study area, and a place that would point at a home.

    Parameters
    ----------
    open_air : bool
        What is the matter is in public space, so that it points at no home.
    by_hand : bool
        People named the cells, so that there is a limit; what Stip finds in a district may be any number.

    Raises
    ------
    SignalError
    """
    if by_hand and len(cells) > _MOST_CELLS:
        raise SignalError(f"Een signaal noemt hooguit {_MOST_CELLS} vakken; dit zijn er {len(cells)}.")
    known = read_cells(workspace).set_index("cell")
    inside = set(known.index[known["in_study"].astype(bool)])
    outside = [cell for cell in cells if cell not in inside]
    if outside:
        raise SignalError(
            f"Vak {workspace.grid.name(outside[0])} ligt buiten het gebied van {workspace.settings.town.name}. "
            "Neem een vak van de kaart over."
        )
    minimum = workspace.settings.dwellings.minimum
    dwellings = pd.to_numeric(known.loc[list(cells), "dwellings"]).sum(min_count=1)
    if not open_air and pd.notna(dwellings) and 0 < dwellings < minimum:
        raise SignalError(
            f"Op deze plek staan minder dan {minimum} woningen. Noem een grotere plek, of alleen de buurt."
        )


def area_of_cells(workspace: Workspace, cells: tuple[int, ...]) -> str:
    """Return the neighbourhood in which most of the cells lie; empty when unknown."""
    known = read_cells(workspace).set_index("cell")["area_code"].reindex(list(cells)).dropna()
    return str(known.mode().iloc[0]) if len(known) else ""


def coarse_area(workspace: Workspace, area_code: str) -> str:
    """Return a neighbourhood, or its district when fewer dwellings stand in it than may be told apart.

    Raises
    ------
    SignalError
        When the code is none of this town.
    """
    try:
        return small_to_district(workspace, area_code)
    except WorkspaceError as error:
        raise SignalError(str(error)) from None


def area_name(workspace: Workspace, area_code: str) -> str:
    """Return what a neighbourhood or district is called; its code when the workspace has no names."""
    return area_names(workspace).get(area_code, area_code)


def area_names(workspace: Workspace) -> dict[str, str]:
    """Return the name of each neighbourhood and district by its code; empty when none were read in."""
    areas = areas_of(workspace)
    return areas.names() | areas.district_names() if areas else {}


def areas_of(workspace: Workspace) -> Areas | None:
    """Return the neighbourhoods, or None when none were read in."""
    try:
        return read_areas(workspace)
    except WorkspaceError:
        return None


def place_of_plan(workspace: Workspace, week: str, place_id: str) -> tuple[tuple[int, ...], str]:
    """Return the cells and the neighbourhood of a place of a week's plan, in whatever version it stood.

    Raises
    ------
    SignalError
        When the plan of that week never had it.
    """
    row = _row_of_plan(workspace, week, place_id)
    cells = tuple(int(cell) for cell in row["cells"])
    code = "" if pd.isna(row["area_code"]) else str(row["area_code"])
    return cells, code or area_of_cells(workspace, cells)


def team_of_place(workspace: Workspace, week: str, place_id: str) -> str:
    """Return the team that a place of a week's plan was given to last; the first one when nobody said.

    Raises
    ------
    SignalError
        When the plan of that week never had it.
    """
    team = _row_of_plan(workspace, week, place_id)["team"]
    return next(iter(workspace.settings.plan.teams)) if not team or pd.isna(team) else str(team)


def _row_of_plan(workspace: Workspace, week: str, place_id: str) -> pd.Series:
    rows = read_decisions(workspace, "plan", week=week, history=True)
    rows = rows[rows["place_id"] == place_id]
    if rows.empty:
        raise SignalError(f"Plek ‘{place_id}’ staat niet in het plan van {week}.")
    return rows.iloc[-1]
