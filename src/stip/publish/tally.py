# SPDX-License-Identifier: EUPL-1.2
"""Which reports of a quarter fell in the places of the outlook, and of the count beside it: whole reports, each once.

The desk spreads a report over the weeks and cells it may belong to. What goes out counts whole reports, in the week
of their middle: only then do they have a key each, and are they a part of the figures of the quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.link import cells_of_incidents
from stip.outlook import chosen_at
from stip.publish.rounding import Keys, draws, report_keys
from stip.space import Grid, week_numbers, week_texts

Flags = npt.NDArray[np.bool_]
OUTLOOK, BASELINE = "outlook", "baseline"
_COLUMNS = {OUTLOOK: "expected", BASELINE: "baseline"}


@dataclass(frozen=True)
class Tally:
    """The reports of one crime type in the weeks that were measured.

    Attributes
    ----------
    keys : ndarray of uint64, shape (n,)
        Of each report.
    week : ndarray of str, shape (n,)
    inside : dict of str to ndarray of bool, shape (n,)
        Whether it fell in the places of the outlook, and of the baseline.
    """

    keys: Keys
    week: npt.NDArray[np.object_]
    inside: dict[str, Flags]


def tallied(
    reports: pd.DataFrame,
    outlooks: Mapping[str, pd.DataFrame],
    crime_type: str,
    *,
    grid: Grid,
    time_zone: str,
    area_share: float,
    secret: bytes,
) -> Tally:
    """Return the reports of a type in these weeks, and in whose places they fell.

    A report that may lie in several cells, or in a cell that ties for the last place, is inside with the chance that
    it was: by a draw of its own, which is the same for the outlook and the baseline.

    Parameters
    ----------
    reports : DataFrame that keeps the INCIDENT contract
        Of the neighbourhoods that are shown.
    outlooks : mapping of str to DataFrame
        OUTLOOK contract, by week; what lies in none of its cells does not count.
    """
    of_type = reports[reports["crime_type"] == crime_type]
    middle = of_type["from_at"] + (of_type["to_at"] - of_type["from_at"]) / 2
    weeks = np.array(week_texts(week_numbers(middle, time_zone)), dtype=object)
    kept: list[tuple[Keys, str, dict[str, Flags]]] = []
    for week, table in outlooks.items():
        rows = table[table["crime_type"] == crime_type].sort_values("cell")
        came = of_type[weeks == week]
        if rows.empty or came.empty:
            continue
        cells = rows["cell"].to_numpy(np.int64)
        spread = cells_of_incidents(came, grid, cells)
        place = np.searchsorted(cells, spread["cell"]).clip(max=len(cells) - 1)
        spread["here"] = (cells[place] == spread["cell"]) * spread["share"]
        for name, column in _COLUMNS.items():
            chosen = chosen_at(rows[column].to_numpy(np.float64), area_share=area_share)
            spread[name] = spread["here"] * chosen[place]
        chance = spread.groupby("row")[["here", *_COLUMNS]].sum().reindex(range(len(came)), fill_value=0.0)
        keys = report_keys(came["incident_id"], secret)
        draw = draws(keys, secret, measure="place")
        counts = chance["here"].to_numpy() > 0
        inside = {name: (draw < chance[name].to_numpy())[counts] for name in _COLUMNS}
        kept.append((keys[counts], week, inside))
    if not kept:
        empty = np.zeros(0, dtype=bool)
        return Tally(np.zeros(0, np.uint64), np.zeros(0, dtype=object), dict.fromkeys(_COLUMNS, empty))
    return Tally(
        np.concatenate([keys for keys, _, _ in kept]),
        np.concatenate([np.full(len(keys), week, dtype=object) for keys, week, _ in kept]),
        {name: np.concatenate([inside[name] for _, _, inside in kept]) for name in _COLUMNS},
    )
