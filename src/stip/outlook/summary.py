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


def summary(rows: pd.DataFrame, *, n_cells: int | None = None) -> pd.DataFrame:
    """Add up score rows over weeks.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    n_cells : int, optional
        Cells in the study area. In a small one the whole cells that were pointed at are another share of it than was
        asked (1 % of 40 cells is one cell: 2.5 %); PAI divides by what they really are. Without it PAI is missing.

    Returns
    -------
    DataFrame, one row a crime type, share of the area and model
        ``weeks``, ``hits`` (n), ``total`` (N), ``hit_rate`` (n/N), ``pai`` ((n/N)/(a/A), Chainey et al. 2008),
        ``pei_star`` (n / most that the same area could have held, Hunt 2016), ``deviance`` (Poisson, a week) and
        ``calibration`` (expected / came). A rate is missing where nothing came.
    """
    added = (
        rows.groupby(_BY, sort=True)
        .agg(
            weeks=("week", "nunique"),
            hits=("hits", "sum"),
            best_hits=("best_hits", "sum"),
            total=("total", "sum"),
            expected=("expected", "sum"),
            deviance=("deviance", "sum"),
        )
        .reset_index()
    )
    total = added["total"].where(added["total"] > 0)
    pointed_at = added["area_share"].map(lambda share: np.nan if n_cells is None else share_of(share, n_cells))
    return added.assign(
        hit_rate=added["hits"] / total,
        pai=added["hits"] / total / pointed_at,
        pei_star=added["hits"] / added["best_hits"].where(added["best_hits"] > 0),
        deviance=added["deviance"] / added["weeks"],
        calibration=added["expected"] / total,
    ).drop(columns=["best_hits", "expected"])


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
