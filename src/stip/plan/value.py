# SPDX-License-Identifier: EUPL-1.2
"""What a cell is worth to the plan: its expected incidents, with the crime types in balance.

Power allocation (Bankier 1988) keeps a frequent type from swamping the others: a type of which the town
expects ``T`` incidents counts ``T ** -balance_power`` each, times its weight in the settings. With power 0 every
incident counts the same, with power 1 every type counts the same in total; the default 0.5 lies half-way. The
weights are scaled so that the town as a whole keeps its number of expected incidents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import PlanError
from stip.settings import PlanSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Expectation:
    """Expected incidents of each cell of the study area.

    Attributes
    ----------
    cells : ndarray of int64, shape (n,)
        In ascending order.
    types : tuple of str
        The t crime types.
    expected : ndarray, shape (n, t)
    weight : ndarray, shape (t,)
        What one incident of each type counts for.
    from_baseline : tuple of str
        Types of which the expected incidents are those of the baseline.
    """

    cells: Ints
    types: tuple[str, ...]
    expected: Floats
    weight: Floats
    from_baseline: tuple[str, ...] = ()

    def rows(self, cells: Ints) -> Ints:
        """Return the rows of these cells, which must be in the study area."""
        return np.searchsorted(self.cells, cells)

    def worth(self, factor: Floats | None = None) -> Floats:
        """Return what each cell is worth, each type of each cell first multiplied by ``factor``."""
        expected = self.expected if factor is None else self.expected * factor
        return expected @ self.weight

    def total(self, cells: Ints) -> float:
        """Return the incidents expected in these cells, of all types, each counted once."""
        return float(self.expected[self.rows(cells)].sum())


def expectation(
    outlook: pd.DataFrame,
    cells: pd.DataFrame,
    *,
    week: str,
    settings: PlanSettings,
    baseline_types: tuple[str, ...] = (),
) -> Expectation:
    """Lay the outlook of a week on the cells of the study area.

    Parameters
    ----------
    outlook : DataFrame
        OUTLOOK contract.
    cells : DataFrame
        CELL contract.
    baseline_types : tuple of str
        Types for which to take the column ``baseline`` instead of ``expected``.

    Raises
    ------
    PlanError
        When the outlook is of another week, misses cells, or no type has weight.
    """
    other = outlook.loc[outlook["week"] != week, "week"]
    if len(outlook) == 0 or len(other):
        found = other.iloc[0] if len(other) else "leeg"
        raise PlanError(f"De vooruitblik is {found}, maar het plan is voor {week}. Maak eerst ‘stip outlook run’.")
    inside = np.sort(cells.loc[cells["in_study"].astype(bool), "cell"].to_numpy(np.int64))
    plain = outlook["crime_type"].isin(baseline_types)
    chosen = outlook[["cell", "crime_type"]].assign(count=outlook["baseline"].where(plain, outlook["expected"]))
    wide = chosen.pivot(index="cell", columns="crime_type", values="count")
    missing = ~np.isin(inside, wide.index.to_numpy())
    if missing.any():
        raise PlanError(
            f"De vooruitblik mist {int(missing.sum())} van de {len(inside)} vakken. Maak de vooruitblik opnieuw: "
            "stip outlook run."
        )
    types = tuple(str(name) for name in wide.columns)
    expected = wide.loc[inside].fillna(0.0).to_numpy(np.float64)
    weight = type_weights(expected.sum(axis=0), types, settings)
    return Expectation(inside, types, expected, weight, tuple(name for name in types if name in baseline_types))


def type_weights(totals: Floats, types: tuple[str, ...], settings: PlanSettings) -> Floats:
    """Return what one incident of each type counts for.

    Parameters
    ----------
    totals : ndarray, shape (t,)
        Incidents expected in the whole town, by type.

    Raises
    ------
    PlanError
        When nothing is expected of any type that has weight.
    """
    asked = np.array([settings.balance.get(name, 1.0) for name in types])
    counts = (totals > 0) & (asked > 0)
    if not counts.any():
        raise PlanError(
            "De vooruitblik verwacht geen enkele melding van een soort die meetelt. Kijk outlook.targets en "
            "plan.balance na in stip.toml."
        )
    weight = np.zeros(len(types))
    weight[counts] = asked[counts] * totals[counts] ** -settings.balance_power
    return weight * totals[counts].sum() / (weight @ totals)
