# SPDX-License-Identifier: EUPL-1.2
"""The outlook for who may not see cells: totals of neighbourhoods and districts, with nothing finer anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stip.store import Run, Workspace, read_areas
from stip_web.outlooks.beside import Beside, beside
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.runs import is_plain_count
from stip_web.outlooks.sheet import expected_of, ground_of


@dataclass(frozen=True)
class Total:
    """What is expected in a neighbourhood or a district.

    Attributes
    ----------
    code, name, district : str
        ``district`` is empty for a district itself.
    expected : float or None
        Incidents in the week; None when it is hidden because there are too few dwellings.
    low, high : int or None
        The 80 % interval; None when hidden.
    beside : float or None
        What the plain count expects, in whole reports.
    """

    code: str
    name: str
    district: str
    expected: float | None
    low: int | None
    high: int | None
    beside: float | None

    @property
    def hidden(self) -> bool:
        """Whether there are too few dwellings to show it."""
        return self.low is None


@dataclass(frozen=True, eq=False)
class CoarseSheet:
    """An outlook by neighbourhood and district, each in the order of its name: this is no ranking."""

    run: Run
    choice: Choice
    crime_types: tuple[str, ...]
    districts: tuple[Total, ...]
    areas: tuple[Total, ...]
    whole: tuple[int, int]
    beside: Beside


def coarse_sheet(workspace: Workspace, run: Run, choice: Choice) -> CoarseSheet:
    """Add a frozen outlook up to neighbourhoods and districts; a neighbourhood with few dwellings is in no total."""
    choice = choice.within(run)
    crime_types = (choice.crime_type,) if choice.crime_type else tuple(run.notes["by_type"])
    next_to = beside(workspace, run, choice.beside, crime_types)
    known = expected_of(workspace, run, crime_types)
    at = ground_of(workspace).reindex(known.cells)
    other = next_to.expected.reindex(known.cells).fillna(0.0).to_numpy(np.float64)
    minimum = workspace.settings.dwellings.minimum
    few_in = [code for code, rows in at.groupby("area_code")["dwellings"] if _few(rows, minimum)]
    hidden = at["area_code"].isin(few_in).to_numpy(bool)
    plain = is_plain_count(run)

    def totals(by: str, names: dict[str, str], within: dict[str, str]) -> Iterator[Total]:
        codes: pd.Series[Any] = at[by]
        for code, name in sorted(names.items(), key=lambda item: (within.get(item[0], ""), item[1])):
            # What is hidden is in no total: or the rest could be taken off it.
            rows = (codes == code).fillna(False).to_numpy(bool) & ~hidden
            few = not rows.any()
            if few:
                yield Total(code, name, within.get(code, ""), None, None, None, None)
            else:
                expected = float(known.total[rows].sum())
                sums = round(expected) if plain else expected, *known.between(rows)
                # A plain count by neighbourhood, told to the last decimal, is a number of reports: whole ones tell
                # no fewer than the weeks it was counted over.
                yield Total(code, name, within.get(code, ""), *sums, round(float(other[rows].sum())))

    areas = read_areas(workspace)
    districts = areas.district_names()
    within = {code: districts[district] for code, district in areas.district_of().items()}
    return CoarseSheet(
        run,
        choice,
        crime_types,
        tuple(totals("district_code", districts, {})),
        tuple(totals("area_code", areas.names(), within)),
        known.between(~hidden),
        next_to,
    )


def _few(dwellings: pd.Series[Any], minimum: int) -> bool:
    """Whether a neighbourhood holds so few dwellings that it points at a home."""
    return bool(dwellings.notna().all() and 0 < int(dwellings.sum()) < minimum)
