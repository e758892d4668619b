# SPDX-License-Identifier: EUPL-1.2
"""Whether every district is served: the outlook beside its baseline in each, and the spread between districts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.errors import ContractError
from stip.outlook.area import Doubles
from stip.outlook.summary import DRAWS

ENOUGH_INCIDENTS = 30
"""With fewer incidents in a district nothing is compared: a share of so few is chance."""

_SURE = 0.95


def by_district(
    rows: pd.DataFrame, model: str, beside: str, *, seed: int, enough: int = ENOUGH_INCIDENTS, draws: int = DRAWS
) -> pd.DataFrame:
    """Add up the scores of districts over weeks, a model beside a baseline.

    Parameters
    ----------
    rows : DataFrame
        As `DistrictScores.rows` gives it.
    model, beside : str
    seed : int
    enough : int
        Incidents that a district must have had to be compared.
    draws : int
        Of the paired bootstrap over weeks.

    Returns
    -------
    DataFrame, one row a crime type, share of the cells and district, ordered by these
        ``weeks``, ``cells``, ``total`` (N), ``own_hits`` and ``town_hits`` (n), ``town_cells`` (mean of a week), the
        same of the baseline as ``beside_…``, and ``enough``. Only where that is true: ``own_rate`` and ``town_rate``
        (n/N), ``beside_own_rate``, ``calibration`` (expected ÷ came) and ``certainty``, the share of draws in which
        the model's own hits are more than the baseline's, draws that tie counting half.

    Raises
    ------
    ContractError
        When the model or the baseline is not in the rows.
    """
    for name in (model, beside):
        if name not in set(rows["model"]):
            known = ", ".join(sorted(set(rows["model"])))
            raise ContractError(f"In de scores per wijk staat geen ‘{name}’. Wel: {known}.")
    keys = ["crime_type", "area_share", "district"]
    mine, theirs = (_added(rows[rows["model"] == name], keys) for name in (model, beside))
    found = mine.join(theirs[["own_hits", "town_hits", "town_cells"]].add_prefix("beside_"))
    found["enough"] = found["total"] >= enough
    total = found["total"].where(found["enough"])
    found = found.assign(
        own_rate=found["own_hits"] / total,
        beside_own_rate=found["beside_own_hits"] / total,
        town_rate=found["town_hits"] / total,
        calibration=found["expected"] / total,
        certainty=_certainty(rows, model, beside, keys, seed=seed, draws=draws).where(found["enough"]),
    )
    return found.drop(columns="expected").reset_index()


def district_spread(districts: pd.DataFrame) -> pd.DataFrame:
    """Tell how far districts lie apart, and in how many the baseline served better.

    Parameters
    ----------
    districts : DataFrame
        As `by_district` gives it.

    Returns
    -------
    DataFrame, one row a crime type and share of the cells
        ``districts``, ``compared`` (those with enough incidents), ``worst`` and ``best`` (their codes by
        ``own_rate``; empty when none is compared) with ``worst_rate``, ``median_rate``, ``best_rate``, and the
        number of districts where the baseline caught more (``baseline_better``), of which surely
        (``baseline_surely``, by 95 % of the draws), where the model did surely (``model_surely``), and where the
        town's best cells held nothing at all of what came (``missed``).
    """
    found = []
    for (crime_type, share), group in districts.groupby(["crime_type", "area_share"], sort=True):
        compared = group[group["enough"]].sort_values(["own_rate", "district"])
        some = len(compared) > 0
        found.append(
            {
                "crime_type": crime_type,
                "area_share": share,
                "districts": len(group),
                "compared": len(compared),
                "worst": compared["district"].iloc[0] if some else "",
                "best": compared["district"].iloc[-1] if some else "",
                "worst_rate": compared["own_rate"].min(),
                "median_rate": compared["own_rate"].median(),
                "best_rate": compared["own_rate"].max(),
                "baseline_better": int((compared["beside_own_hits"] > compared["own_hits"] + 1e-9).sum()),
                "baseline_surely": int((compared["certainty"] <= 1 - _SURE).sum()),
                "model_surely": int((compared["certainty"] >= _SURE).sum()),
                "missed": int((compared["town_hits"] < 1e-9).sum()),
            }
        )
    return pd.DataFrame(found)


def _added(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return rows.groupby(keys, sort=True).agg(
        weeks=("week", "nunique"),
        cells=("cells", "first"),
        total=("total", "sum"),
        expected=("expected", "sum"),
        own_hits=("own_hits", "sum"),
        town_hits=("town_hits", "sum"),
        town_cells=("town_cells", "mean"),
    )


def _certainty(
    rows: pd.DataFrame, model: str, beside: str, keys: list[str], *, seed: int, draws: int
) -> pd.Series[float]:
    """Return the share of bootstrap draws of weeks in which the model caught more of each district."""
    wide = {
        name: rows[rows["model"] == name].pivot_table(index="week", columns=keys, values="own_hits", sort=True)
        for name in (model, beside)
    }
    more: Doubles = (wide[model] - wide[beside]).to_numpy(np.float64)
    weeks = len(more)
    times = np.random.default_rng(seed).multinomial(weeks, np.full(weeks, 1 / weeks), size=draws)
    gained = (times @ more).round(9)
    certain = np.mean(gained > 0, axis=0) + np.mean(gained == 0, axis=0) / 2
    return pd.Series(certain, index=wide[model].columns)
