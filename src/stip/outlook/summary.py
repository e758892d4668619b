# SPDX-License-Identifier: EUPL-1.2
"""From score rows to figures: hit rate, PAI, PEI*, deviance, calibration; and how sure a difference is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.errors import ContractError
from stip.outlook.area import Doubles
from stip.outlook.ranking import share_of

DRAWS = 2000
"""Bootstrap draws of weeks."""

_BY = ["crime_type", "area_share", "model"]


def summary(rows: pd.DataFrame, *, n_cells: int | None = None, seed: int = 0, draws: int = DRAWS) -> pd.DataFrame:
    """Add up score rows over weeks.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    n_cells : int, optional
        Cells in the study area. In a small one the whole cells that were pointed at are another share of it than was
        asked (1 % of 40 cells is one cell: 2.5 %); PAI divides by what they really are. Without it PAI is missing.
    seed, draws : int
        Of the bootstrap over weeks.

    Returns
    -------
    DataFrame, one row a crime type, share of the area and model
        ``weeks``, ``hits`` (n), ``total`` (N), ``hit_rate`` (n/N), ``pai`` ((n/N)/(a/A), Chainey et al. 2008),
        ``pei_star`` (n / most that the same area could have held, Hunt 2016), ``deviance`` (Poisson, a week) and
        ``calibration`` (expected / came). A rate is missing where nothing came. Each of these has its 95 % interval
        ``…_low`` and ``…_high``, by a bootstrap over weeks; it is as wide as weeks differ, which with a few weeks is
        too narrow. Calibration is over the ``final_weeks`` alone: of the others reports are still to come, which
        would look as if too much was expected; it is missing when there are none.
    """
    found = [
        dict(zip(_BY, by, strict=True)) | _figures(group, float(group["area_share"].iloc[0]), n_cells, seed, draws)
        for by, group in rows.groupby(_BY, sort=True)
    ]
    return pd.DataFrame(found)


def _figures(
    group: pd.DataFrame, area_share: float, n_cells: int | None, seed: int, draws: int
) -> dict[str, float | int]:
    """Return the figures of one model on one share of the area."""
    final = (group["state"] == "final").to_numpy()
    weekly = group[["hits", "best_hits", "total", "expected", "deviance"]].to_numpy(np.float64)
    weekly = np.column_stack([weekly, weekly[:, [2, 3]] * final[:, None], np.ones(len(weekly))])
    drawn = np.random.default_rng(seed).multinomial(len(weekly), np.full(len(weekly), 1 / len(weekly)), size=draws)
    pointed_at = np.nan if n_cells is None else share_of(area_share, n_cells)
    once = _rates(weekly.sum(axis=0)[None, :], pointed_at)
    often = _rates(drawn @ weekly, pointed_at)
    found: dict[str, float | int] = {
        "weeks": int(group["week"].nunique()),
        "final_weeks": int(group.loc[final, "week"].nunique()),
        "hits": float(weekly[:, 0].sum()),
        "total": float(weekly[:, 2].sum()),
    }
    for name, values in once.items():
        spread = often[name][~np.isnan(often[name])]
        known = len(spread) > 0 and not np.isnan(values[0])
        low, high = np.quantile(spread, [0.025, 0.975]) if known else (np.nan, np.nan)
        found |= {name: float(values[0]), f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def _rates(summed: Doubles, pointed_at: float) -> dict[str, Doubles]:
    """Return the rates of sums over weeks, shape (n, 8)."""
    hits, best, total, _, deviance, final_total, final_expected, weeks = summed.T
    hit_rate = _over(hits, total)
    return {
        "hit_rate": hit_rate,
        "pai": hit_rate / pointed_at,
        "pei_star": _over(hits, best),
        "deviance": deviance / weeks,
        "calibration": _over(final_expected, final_total),
    }


def _over(part: Doubles, whole: Doubles) -> Doubles:
    some = whole > 0
    return np.where(some, part / np.where(some, whole, 1.0), np.nan)


def compare(rows: pd.DataFrame, model: str, *, seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """Compare a model with every other in the rows, by a paired bootstrap over weeks.

    Weeks are drawn with replacement; each draw takes the same weeks for both, so that a busy week does not count as
    a difference.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    model : str
    seed : int
    draws : int

    Returns
    -------
    DataFrame, one row a crime type, share of the area and other model
        ``model``, ``beside``, ``hits``, ``beside_hits``, ``total``, ``weeks``, ``ratio`` of hits with its 95 %
        interval ``ratio_low`` … ``ratio_high``, and ``certainty``: the share of draws in which the model caught
        more, draws that tie counting half.

    Raises
    ------
    ContractError
        When the model is not in the rows.
    """
    if model not in set(rows["model"]):
        raise ContractError(f"In de scores staat geen ‘{model}’. Wel: {', '.join(sorted(set(rows['model'])))}.")
    found = []
    for (crime_type, share), group in rows.groupby(["crime_type", "area_share"], sort=True):
        hits = group.pivot_table(index="week", columns="model", values="hits", aggfunc="sum", sort=True)
        total = float(group.loc[group["model"] == model, "total"].sum())
        drawn = np.random.default_rng(seed).integers(0, len(hits), size=(draws, len(hits)))
        mine = hits[model].to_numpy()
        for other in hits.columns.drop(model):
            theirs = hits[other].to_numpy()
            found.append(
                {
                    "crime_type": crime_type,
                    "area_share": share,
                    "model": model,
                    "beside": other,
                    "hits": float(mine.sum()),
                    "beside_hits": float(theirs.sum()),
                    "total": total,
                    "weeks": len(hits),
                }
                | _paired(mine, theirs, drawn)
            )
    return pd.DataFrame(found)


def _paired(
    mine: Doubles, theirs: Doubles, drawn: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> dict[str, float]:
    ours, other = mine[drawn].sum(axis=1), theirs[drawn].sum(axis=1)
    ratios = ours / np.maximum(other, 1e-9)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return {
        "ratio": float(mine.sum() / max(float(theirs.sum()), 1e-9)),
        "ratio_low": float(low),
        "ratio_high": float(high),
        "certainty": float(np.mean(ours > other) + np.mean(ours == other) / 2),
    }
