# SPDX-License-Identifier: EUPL-1.2
"""One measure for all: how many incidents fell in the cells that each stream pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stip.learn.streams import PLACES, Choice, Stream, cells_of
from stip.outlook import AREA_SHARES, best_hits_at, hits_at, poisson_deviance
from stip.store import SCORE


@dataclass(frozen=True)
class Scored:
    """What every row of one scoring shares.

    Attributes
    ----------
    run_id : str
        Of the outlook.
    week : str
    cutoff : Timestamp
        Begin of the week; the outlook knew nothing from then on.
    state : str
        ``provisional`` or ``final``.
    """

    run_id: str
    week: str
    cutoff: pd.Timestamp
    state: str


def score_rows(
    outlook: pd.DataFrame, came: pd.DataFrame, choices: list[Choice], scored: Scored, *, area_share: float
) -> pd.DataFrame:
    """Score an outlook, its baseline and the places of the week with the same measure.

    Places cover a share of the area of their own; outlook and baseline are scored at each of these shares too, by
    their best so many cells, so that like stands beside like.

    Parameters
    ----------
    outlook : DataFrame
        OUTLOOK contract; its cells are the study area.
    came : DataFrame
        COUNT contract, of the week; cells outside the study area do not count.
    choices : list of Choice
    scored : Scored
    area_share : float
        Share at which the town counts hits, beside those of every backtest.

    Returns
    -------
    DataFrame that keeps the SCORE contract
        ``model`` is a `Stream`. ``deviance`` is missing for places; their ``expected`` is the outlook's.
    """
    rows: list[dict[str, Any]] = []
    for crime_type, frame in outlook.groupby("crime_type", sort=True):
        rows += _of_type(str(crime_type), frame, came, choices, scored, area_share)
    return pd.DataFrame(rows, columns=SCORE.schema.names)


def _of_type(
    crime_type: str,
    frame: pd.DataFrame,
    came: pd.DataFrame,
    choices: list[Choice],
    scored: Scored,
    area_share: float,
) -> list[dict[str, Any]]:
    cells = frame["cell"].to_numpy(np.int64)
    of_type = came[came["crime_type"] == crime_type].groupby("cell")["count"].sum()
    counted = of_type.reindex(cells, fill_value=0.0).to_numpy(np.float64)
    inside = {stream: np.isin(cells, cells_of(choices, stream, crime_type)) for stream in PLACES}
    own_share = {stream: float(mask.sum()) / len(cells) for stream, mask in inside.items() if mask.any()}

    def row(stream: Stream, share: float, hits: float, expected: float, deviance: float | None) -> dict[str, Any]:
        return {
            "run_id": scored.run_id,
            "model": str(stream),
            "crime_type": crime_type,
            "cutoff": scored.cutoff,
            "week": scored.week,
            "area_share": share,
            "hits": hits,
            "best_hits": best_hits_at(counted, area_share=share),
            "total": float(counted.sum()),
            "expected": expected,
            "deviance": deviance,
            "state": scored.state,
        }

    rows = []
    for stream, column in ((Stream.OUTLOOK, "expected"), (Stream.BASELINE, "baseline")):
        expected = frame[column].to_numpy(np.float64)
        deviance = poisson_deviance(counted, expected)
        for share in sorted({*AREA_SHARES, area_share, *own_share.values()}):
            rows.append(
                row(stream, share, hits_at(expected, counted, area_share=share), float(expected.sum()), deviance)
            )
    expected = frame["expected"].to_numpy(np.float64)
    for stream, share in own_share.items():
        mask = inside[stream]
        rows.append(row(stream, share, float(counted[mask].sum()), float(expected[mask].sum()), None))
    return rows
