# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.errors import ContractError
from stip.outlook import compare, summary


def rows(weeks: int = 40, *, gain: float = 0.0, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    made = []
    for week in range(weeks):
        total = draw.integers(20, 60)
        base = draw.binomial(total, 0.3)
        for model, extra in (("blend", gain), ("long_run", 0.0)):
            made.append(
                {
                    "model": model, "crime_type": "home_burglary", "week": f"2026-W{week + 1:02d}",
                    "area_share": 0.03,
                    "hits": base + extra * total, "best_hits": 0.6 * total, "total": float(total),
                    "expected": 1.1 * total, "deviance": 50.0, "state": "final",
                }
            )  # fmt: skip
    return pd.DataFrame(made)


def test_figures_add_up_over_weeks() -> None:
    scores = rows()
    line = summary(scores, n_cells=10_000).set_index("model").loc["long_run"]
    mine = scores[scores["model"] == "long_run"]
    assert (line["hits"], line["total"], line["weeks"]) == (mine["hits"].sum(), mine["total"].sum(), 40)
    assert line["pai"] == pytest.approx(line["hits"] / line["total"] / 0.03)
    assert line["pei_star"] == pytest.approx(line["hits"] / (0.6 * line["total"]))
    assert line["calibration"] == pytest.approx(1.1)
    assert line["deviance"] == pytest.approx(50.0)


def test_pai_divides_by_the_cells_that_were_really_pointed_at() -> None:
    scores = rows()
    line = summary(scores, n_cells=40).set_index("model").loc["long_run"]  # 3 % of 40 cells is one cell
    assert line["pai"] == pytest.approx(line["hit_rate"] * 40)
    assert summary(scores)["pai"].isna().all()


def test_every_figure_has_an_interval_over_weeks() -> None:
    draw = np.random.default_rng(4)
    held = 0
    for seed in range(60):
        scores = rows(seed=seed)
        scores["deviance"] = draw.gamma(20, 2.5, len(scores))
        line = summary(scores, n_cells=10_000, seed=seed).iloc[0]
        for name in ("hit_rate", "pai", "pei_star", "deviance"):
            assert line[f"{name}_low"] < line[name] < line[f"{name}_high"]
        held += line["hit_rate_low"] <= 0.3 <= line["hit_rate_high"]
        assert line["pai_high"] == pytest.approx(line["hit_rate_high"] / 0.03)
    assert held >= 52  # 95 % of 60 is 57
    assert summary(scores, seed=1).equals(summary(scores, seed=1))


def test_weeks_of_which_reports_are_still_to_come_do_not_look_overexpected() -> None:
    scores = rows()
    late = scores["week"] >= "2026-W35"
    scores.loc[late, "state"] = "provisional"
    scores.loc[late, "total"] /= 2
    line = summary(scores).iloc[0]
    assert (line["weeks"], line["final_weeks"]) == (40, 34)
    assert line["calibration"] == pytest.approx(1.1)
    assert np.isnan(summary(scores[late]).iloc[0]["calibration"])


def test_rates_are_missing_where_nothing_came() -> None:
    empty = rows(3).assign(hits=0.0, best_hits=0.0, total=0.0)
    line = summary(empty).iloc[0]
    assert np.isnan(line["hit_rate"])
    assert np.isnan(line["pei_star"])
    assert np.isnan(line["calibration"])


def test_a_steady_gain_is_certain_and_no_gain_is_a_toss() -> None:
    sure = compare(rows(gain=0.05), "blend", seed=1).iloc[0]
    assert sure["beside"] == "long_run"
    assert sure["certainty"] == 1
    assert sure["ratio_low"] > 1
    even = compare(rows(), "blend", seed=1).iloc[0]
    assert (even["ratio"], even["ratio_low"], even["ratio_high"], even["certainty"]) == (1, 1, 1, 0.5)


def test_pairs_share_their_weeks() -> None:
    """A gain that is the same each week leaves no doubt, however much the weeks differ."""
    scores = rows(gain=0.02)
    line = compare(scores, "blend", seed=1).iloc[0]
    assert line["ratio_high"] - line["ratio_low"] < 0.02


def test_the_same_seed_gives_the_same_interval() -> None:
    scores = rows(gain=0.01, seed=3)
    scores.loc[scores["model"] == "blend", "hits"] += np.random.default_rng(0).normal(0, 3, 40)
    assert compare(scores, "blend", seed=5).equals(compare(scores, "blend", seed=5))


def test_a_model_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContractError, match="‘etas’"):
        compare(rows(), "etas", seed=1)
