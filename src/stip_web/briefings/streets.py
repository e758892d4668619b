# SPDX-License-Identifier: EUPL-1.2
"""In which streets a place lies, by the town's own table of addresses: names of streets, never a house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from stip.agreements import Purpose, check_sources
from stip.errors import AgreementError
from stip.store import Workspace, address_sources, read_addresses
from stip_web.outlooks.keys import Unchanged

MOST = 4
"""Streets that are named of one place."""


@dataclass(frozen=True)
class Street:
    """A street, as far as it lies in a place.

    Attributes
    ----------
    name : str
    x_m, y_m : float
        The middle of its addresses in the place.
    """

    name: str
    x_m: float
    y_m: float


def streets_of(workspace: Workspace, places: list[tuple[int, ...]], *, on: date) -> list[list[Street]]:
    """Give the streets of each place, those with most addresses in it first.

    A street with fewer addresses in the whole town than ``dwellings.minimum`` is not named: its name would point at
    a home. Without a table of addresses that may be used, no street is named.

    Parameters
    ----------
    places : list of tuple of int
        Cells of each place.
    on : date
        Day on which the agreement of the addresses must hold.
    """
    if not (workspace.data / "addresses.parquet").exists():
        return [[] for _ in places]
    try:
        check_sources(workspace, address_sources(workspace), Purpose.PLAN, on=on)
    except AgreementError:
        return [[] for _ in places]  # the neighbourhoods are named all the same
    book = _book(Unchanged(workspace, "data/addresses.parquet"))
    return [_streets(book[book["cell"].isin(cells)]) for cells in places]


def in_words(streets: list[Street]) -> str:
    """Say ``Bachlaan, Mozartstraat en 3 andere straten``; nothing when no street is known."""
    named = [street.name for street in streets[:MOST]]
    more = len(streets) - len(named)
    if more:
        named.append(f"{more} andere straten" if more > 1 else "1 andere straat")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} en {named[-1]}" if named else ""


def _streets(rows: pd.DataFrame) -> list[Street]:
    added = rows.groupby("street")[["count", "x_sum", "y_sum"]].sum().reset_index()
    order = added.sort_values(["count", "street"], ascending=[False, True])
    return [
        Street(str(row["street"]), row["x_sum"] / row["count"], row["y_sum"] / row["count"])
        for row in order.to_dict("records")
    ]


@lru_cache(maxsize=2)
def _book(key: Unchanged) -> pd.DataFrame:
    """Count the addresses of each street in each cell, leaving out streets with few."""
    workspace = key.workspace
    found = read_addresses(workspace).dropna(subset=["street", "x_m", "y_m"])
    in_town = found.groupby("street")["street"].transform("size")
    found = found[in_town >= workspace.settings.dwellings.minimum]
    at = workspace.grid.cell_at(found["x_m"].to_numpy(np.float64), found["y_m"].to_numpy(np.float64))
    grouped = found.assign(cell=at).groupby(["cell", "street"])
    sums = grouped.agg(count=("x_m", "size"), x_sum=("x_m", "sum"), y_sum=("y_m", "sum"))
    return sums.reset_index()
