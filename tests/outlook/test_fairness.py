# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.errors import ContractError
from stip.outlook import ENOUGH_INCIDENTS, by_district, district_spread

WEEKS = 40


def rows(served: dict[str, tuple[float, float]], *, a_week: float = 4.0, seed: int = 1) -> pd.DataFrame:
    """Make rows of districts in which the model and the baseline catch a given share of what comes, with noise."""
    draw = np.random.default_rng(seed)
    made = []
    for week in range(WEEKS):
        for district, rates in served.items():
            noise = draw.uniform(0, 0.1, 2) * a_week
            for place, model in enumerate(("blend", "last_52_weeks")):
                hits = rates[place] * a_week + (noise[place] if rates[place] else 0.0)
                made.append(
                    {
                        "crime_type": "home_burglary", "week": f"w{week:02d}", "model": model, "district": district,
                        "area_share": 0.03, "cells": 200, "total": a_week, "expected": 1.2 * a_week,
                        "own_hits": hits, "town_hits": hits / 2, "town_cells": 6.0,
                    }
                )  # fmt: skip
    return pd.DataFrame(made)


def test_figures_add_up_over_weeks_and_stand_beside_the_baseline() -> None:
    scores = rows({"WK1": (0.4, 0.2), "WK2": (0.1, 0.3)})
    found = by_district(scores, "blend", "last_52_weeks", seed=3).set_index("district")
    line = found.loc["WK1"]
    mine = scores[(scores["district"] == "WK1") & (scores["model"] == "blend")]
    assert line["total"] == 4 * WEEKS
    assert line["own_hits"] == pytest.approx(mine["own_hits"].sum())
    assert line["own_rate"] == pytest.approx(mine["own_hits"].sum() / (4 * WEEKS))
    assert line["town_rate"] == pytest.approx(line["own_rate"] / 2)
    assert line["calibration"] == pytest.approx(1.2)
    assert (found.loc["WK1", "certainty"], found.loc["WK2", "certainty"]) == (1, 0)


def test_spread_names_the_ends_and_counts_where_the_baseline_served_better() -> None:
    scores = rows({"WK1": (0.4, 0.2), "WK2": (0.1, 0.3), "WK3": (0.25, 0.25), "WK4": (0.0, 0.0)})
    (line,) = district_spread(by_district(scores, "blend", "last_52_weeks", seed=3)).to_dict("records")
    assert (line["districts"], line["compared"]) == (4, 4)
    assert (line["worst"], line["best"]) == ("WK4", "WK1")
    assert line["worst_rate"] == 0
    assert line["worst_rate"] < line["median_rate"] < line["best_rate"]
    assert line["baseline_surely"] == line["model_surely"] == 1
    assert 1 <= line["baseline_better"] <= 2
    assert line["missed"] == 1


def test_a_district_that_ties_is_a_toss() -> None:
    scores = rows({"WK4": (0.0, 0.0)})
    assert by_district(scores, "blend", "last_52_weeks", seed=3)["certainty"].tolist() == [0.5]


def test_of_too_few_incidents_nothing_is_said() -> None:
    few = rows({"WK1": (0.4, 0.2)}, a_week=(ENOUGH_INCIDENTS - 1) / WEEKS)
    found = by_district(few, "blend", "last_52_weeks", seed=3)
    (line,) = found.to_dict("records")
    assert not line["enough"]
    assert all(
        np.isnan(line[name]) for name in ("own_rate", "beside_own_rate", "town_rate", "calibration", "certainty")
    )
    (far,) = district_spread(found).to_dict("records")
    assert (far["districts"], far["compared"], far["worst"], far["baseline_better"]) == (1, 0, "", 0)
    just_enough = rows({"WK1": (0.4, 0.2)}, a_week=(ENOUGH_INCIDENTS + 0.01) / WEEKS)
    assert by_district(just_enough, "blend", "last_52_weeks", seed=3)["enough"].all()


def test_a_model_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContractError, match="‘etas’"):
        by_district(rows({"WK1": (0.4, 0.2)}), "etas", "last_52_weeks", seed=3)
