# SPDX-License-Identifier: EUPL-1.2
"""Who gets what when: everything known so far in one file, and then a file each Monday with what became known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.samples.chance import chance
from stip.samples.geography import Geography
from stip.samples.history import LAST_WEEK
from stip.samples.police import as_rows, moments
from stip.space import monday, shift_week

_CORRECTED = 0.045


@dataclass(frozen=True)
class Delivery:
    """One police file before anything goes wrong with it.

    Attributes
    ----------
    name : str
    rows : DataFrame of text under `stip.samples.police.HEADINGS`
    corrected : DataFrame
        Which rows correct an earlier delivery: ``number`` and ``change``.
    """

    name: str
    rows: pd.DataFrame
    corrected: pd.DataFrame


def deliver(records: pd.DataFrame, town: Geography, *, weekly_files: int, seed: int) -> list[Delivery]:
    """Return the history file and the weekly files, in the order in which they come.

    A weekly file is named after the week it tells about, and comes on the Monday after it.

    Parameters
    ----------
    records : DataFrame from `stip.samples.police.add_police_work`
    weekly_files : int
        The last of them is of `stip.samples.history.LAST_WEEK`.
    """
    first = shift_week(LAST_WEEK, 1 - weekly_files)
    opens = [pd.Timestamp(monday(shift_week(first, week))) for week in range(weekly_files + 1)]
    records = records[records["known"] < opens[-1]]
    rows = as_rows(records, town, seed=seed)
    delivered = np.searchsorted(np.array(opens, dtype="datetime64[ns]"), records["known"].to_numpy(), side="right")
    again, changes = _corrections(records, rows, delivered, last=weekly_files, seed=seed)
    found = []
    for number in range(weekly_files + 1):
        mine = rows[delivered == number]
        back = changes[changes["delivery"] == number]
        name = "bvh_historie.csv" if number == 0 else f"bvh_{shift_week(first, number - 1)}.csv"
        both = pd.concat([mine, again.loc[back.index]], ignore_index=True)
        found.append(Delivery(name, both, back[["number", "change"]].reset_index(drop=True)))
    return found


def _corrections(
    records: pd.DataFrame, rows: pd.DataFrame, delivered: npt.NDArray[np.int64], *, last: int, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return corrected rows and, on the same index, their number, what changed and in which delivery they come."""
    rng = chance(seed, "corrections")
    recent = records["known"] >= records["known"].max() - pd.Timedelta(weeks=last + 8)
    luck, wait = rng.random(len(records)), rng.integers(1, 6, len(records))
    when = np.where(delivered == 0, wait, delivered + wait)
    chosen = recent.to_numpy() & (luck < _CORRECTED) & (when <= last)
    again, kept = rows[chosen].copy(), records[chosen]
    change = rng.choice(np.array(["window", "place", "solved"], dtype=object), len(again), p=[0.4, 0.35, 0.25])
    # The victim remembers better: the window ends where it had half gone by.
    half = kept["occurred"] + (kept["to"] - kept["occurred"]) / 2
    for heading, values in moments(half.dt.floor("min"), "Eind-pleeg").items():
        again[heading] = np.where(change == "window", values, again[heading])
    step = rng.integers(-45, 46, (len(again), 2))
    for place, axis in enumerate("XY"):
        moved = (again[axis].astype(np.int64) + step[:, place]).astype(str)
        again[axis] = np.where(change == "place", moved, again[axis])
    for heading, value in (("Opgehelderd", "J"), ("Verdachten", "1"), ("Aanhoudingen", "1")):
        again[heading] = np.where(change == "solved", value, again[heading])
    told = pd.DataFrame({"number": kept["number"], "change": change, "delivery": when[chosen]}, index=again.index)
    return again, told
