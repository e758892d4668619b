# SPDX-License-Identifier: EUPL-1.2
"""Cells of the sample town to point at, and the page as a tree."""

from __future__ import annotations

import numpy as np
from bs4 import BeautifulSoup
from django.test import Client

from stip.link import visible_cells
from stip.space import Grid
from stip.store import Run, Workspace, read_cells

WEEK = "2026-W37"
AT = f"/vooruitblik/{WEEK.lower()}"


def read(client: Client, address: str) -> BeautifulSoup:
    """Give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[-800:]
    return BeautifulSoup(answer.content, "html.parser")


def said(page: BeautifulSoup) -> str:
    """Give the words of a page, with single spaces."""
    return " ".join(page.get_text().split())


def shown_cells(town: Workspace, outlook: Run) -> list[str]:
    """Give the names of cells that may be a place, most expected first."""
    cells = read_cells(town)
    fit = cells["dwellings"].fillna(0) >= 2 * town.settings.dwellings.minimum
    table = outlook.table("outlook").groupby("cell")["expected"].sum()
    order = table[table.index.isin(cells.loc[fit, "cell"])].sort_values(ascending=False)
    return [town.grid.name(int(each)) for each in order.index]


def hidden_cells(town: Workspace) -> list[str]:
    """Give the names of the cells that hold too few dwellings to be shown."""
    cells = read_cells(town)
    seen = visible_cells(cells, minimum=town.settings.dwellings.minimum)
    few = cells["in_study"].to_numpy(bool) & ~seen["state"].isin(["shown", "unknown"]).to_numpy(bool)
    return [town.grid.name(int(each)) for each in cells.loc[few, "cell"]]


def beside_of(town: Workspace, name: str) -> str:
    """Give the cell east of one."""
    grid = town.grid
    column, row = Grid.column_row(np.array([grid.cell_named(name)]))
    return grid.name(int(Grid.cell_from(column + 1, row)[0]))
