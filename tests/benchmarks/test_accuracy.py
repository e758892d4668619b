# SPDX-License-Identifier: EUPL-1.2
"""The cut-offs as they were fixed, and the figures over pairs, on hits whose outcome can be told by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.conftest import benchmark
from outlook.conftest import WEEK, ZONE, incidents, town_area
from stip.outlook import AREA_SHARES, Forecast, history_of, make_forecasters, model_names
from stip.settings import OutlookSettings
from stip.space import week_number

accuracy_beside = benchmark("accuracy_beside")
accuracy_pairs = benchmark("accuracy_pairs")
accuracy_run = benchmark("accuracy_run")
summary = benchmark("accuracy_summary")
accuracy = benchmark("accuracy")

PAIRS = accuracy_pairs.read_pairs()


def found(name: str, hits: dict[str, list[float]]) -> object:
    rows = [
        {"crime_type": "x", "week": f"2020-W{week:02}", "model": model, "area_share": share, "hits": n,
         "best_hits": 20.0, "total": 40.0, "expected": 41.0, "deviance": 3.0, "state": "final",
         "expected_hits": n + 1}
        for model, each in hits.items()
        for share in (0.01, 0.03, 0.05)
        for week, n in enumerate(each, start=1)
    ]  # fmt: skip
    facts = {"pair": name, "cells": 1000, "first_week": "2020-W01", "last_week": "2020-W20", "weeks": 20}
    facts["by_district"] = {"spread": {"long_run": {"compared": 1, "districts": 4}}}
    return accuracy_run.Found(PAIRS[name], facts | {"area_km2": 15.6}, pd.DataFrame(rows), Path("none"))


@pytest.mark.parametrize("name", PAIRS)
def test_the_final_period_is_the_last_thirty_per_cent_and_tuning_ends_before_it(name: str) -> None:
    pair = PAIRS[name]
    assert pair.final_share == pytest.approx(0.3, abs=0.005)
    first, last = (week_number(week) for week in pair.ends("tuning"))
    assert last + 1 == week_number(pair.cut)
    assert last + 1 - first == 52
    assert pair.ends("final") == (pair.cut, pair.last)


def test_pairs_count_the_same_in_the_geometric_mean() -> None:
    np.testing.assert_allclose(summary.geometric_mean(np.array([[2.0, 1.0], [0.5, 4.0]])), [1.0, 2.0])


def test_the_best_baseline_is_picked_by_pair_or_once_for_all() -> None:
    steady = [10.0] * 20
    one = found("groningen:bicycle_theft", {"blend": steady, "long_run": [8.0] * 20, "kde": [5.0] * 20})
    other = found("portland:burglary", {"blend": steady, "long_run": [4.0] * 20, "kde": [9.0] * 20})
    account = summary.account([one, other])["by_share"]["0.03"]
    assert account["best_of_each"]["ratio"] == pytest.approx((10 / 8 * 10 / 9) ** 0.5, abs=1e-4)
    assert account["pairs"]["portland:burglary"]["beside"] == "kde"
    assert account["one_for_all"]["beside"] == "kde"  # 10/5 × 10/9 is less than 10/8 × 10/4
    assert account["one_for_all"]["ratio"] == pytest.approx((10 / 5 * 10 / 9) ** 0.5, abs=1e-4)
    assert account["surely_below"] == []
    assert "groningen:bicycle_theft" in accuracy.overview(summary.account([one, other]))


def test_a_baseline_that_is_surely_better_is_named_and_the_bound_fails() -> None:
    weeks = np.tile([9.0, 10.0, 11.0, 10.0], 5)
    hits = {"blend": weeks * 0.9, "long_run": weeks, "kde": weeks[::-1] * 0.9}
    one = found("portland:burglary", {name: list(each) for name, each in hits.items()})
    account = summary.account([one])
    assert account["by_share"]["0.03"]["surely_below"] == ["portland:burglary beside long_run"]
    assert [holds for _, holds in summary.bounds(account, every_pair=True)] == [False, False, False]
    assert [holds for _, holds in summary.bounds(account, every_pair=False)] == [False]
    assert "blend" in accuracy.table_of(summary.figures_of(one))


def test_the_sample_town_is_held_beside_who_knows_more_and_stays_out_of_the_mean() -> None:
    hits = {"blend": 8.6, "long_run": 8.0, "oracle": 10.0, "reachable": 9.0, "ground": 7.0}
    one = found("sample:vandalism", {name: [n] * 20 for name, n in hits.items()})
    account = summary.account([one])
    assert account["by_share"] == {}
    shares = {whole: account[whole]["sample:vandalism"] for whole in ("oracle", "reachable", "reachable_expected")}
    assert shares["oracle"]["blend"]["ratio"] == pytest.approx(0.86)
    assert shares["oracle"]["reachable"]["ratio"] == pytest.approx(0.9)
    assert shares["reachable"]["blend"]["ratio"] == pytest.approx(8.6 / 9, abs=1e-4)
    assert shares["reachable_expected"]["blend"]["ratio"] == pytest.approx(9.6 / 10)
    assert set(shares["reachable"]) == {"blend", "long_run", "ground"}
    assert [holds for _, holds in summary.bounds(account, every_pair=True)] == [True]
    assert summary.Weekly(one).baselines == ["long_run"]
    less = found("sample:vandalism", {name: [n * (0.9 if name == "blend" else 1)] * 20 for name, n in hits.items()})
    told = summary.bounds(summary.account([less]), every_pair=True)
    assert [holds for _, holds in told] == [False]
    assert "by counted incidents 0.860" in told[0][0]


def test_the_luck_of_the_counts_is_taken_out() -> None:
    area = town_area(10)
    true = np.arange(len(area), dtype=float)
    oracle = type("Knows", (), {"of_week": lambda self, week: true * week})()
    forecast = Forecast(2, "blend", "x", true, make_forecasters(("long_run",), ("x",), OutlookSettings())[0])
    rows = accuracy_run.with_luck_taken_out([{"area_share": share} for share in AREA_SHARES], forecast, oracle)
    best = np.sort(true)[::-1]
    assert [row["expected_hits"] for row in rows] == [
        2 * best[: max(1, round(share * len(area)))].sum() for share in AREA_SHARES
    ]


def test_everything_in_the_register_stands_beside_the_model_and_nothing_is_added_to_it() -> None:
    area = town_area()
    history = history_of(
        incidents(area), area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=week_number(WEEK)
    )
    before = model_names(history)
    assert "etas" in before
    names = [each.name for each in accuracy_beside.model_and_beside("home_burglary", OutlookSettings(), history)]
    assert {*before, "kde_60", "kde_250", "kde_500"} == {*names}
    assert names.count("blend") == 1
    assert model_names(history) == before


def test_who_knows_the_truth_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    area = town_area(2)
    truth = pd.DataFrame(
        {"cell": area.cells, "week": "2026-W02", "crime_type": "x", "expected": np.arange(len(area), dtype=float)}
    )
    monkeypatch.setattr(accuracy_beside, "true_intensity", lambda folder: truth)
    memory = make_forecasters(("long_run",), ("x",), OutlookSettings())[0].memory
    oracle = accuracy_beside.Oracle("x", OutlookSettings(), memory)
    known = type("Known", (), {"area": area, "cutoff_week": week_number("2026-W02")})
    oracle.knows(Path("none"), known)
    oracle.observe(known)
    np.testing.assert_array_equal(oracle.predict(), np.arange(len(area)))


def test_the_same_program_has_the_same_hash() -> None:
    assert accuracy_run.program_hash() == accuracy_run.program_hash.__wrapped__()
    assert len(accuracy_run.program_hash()) == 16


def test_the_page_tells_every_pair_with_n_and_what_does_not_hold() -> None:
    hits = {"blend": [10.0] * 20, "long_run": [9.0] * 20, "kde": [8.0] * 20}
    known = {"oracle": [12.0] * 20, "reachable": [11.0] * 20}
    each = [found("portland:burglary", hits), found("sample:vandalism", hits | known)]
    figures = summary.account(each) | {"pairs": [summary.figures_of(one) for one in each], "period": "final"}
    about = {"made_on": "2026-01-01", "stip": "0", "commit": "x", "python": "3", "machine": "m", "cores": 2}
    figures["about"] = about | {"processor_minutes": 1.0, "peak_gb": 1.0, "packages": {"numpy": "2"}}
    calibrated = {
        "pairs": [
            {"pair": "portland:burglary", "weeks": 20, "neighbourhood_weeks": 1200, "pit_from_uniform": 0.021,
             "district_months": 10, "district_months_inside": 8, "expected_over_came": [1.01],
             "standard_error_of_a_year": 0.01,
             "with_delays": {"known": [0.5] * 8, "corrected": [1.002] * 8}}
        ],
        "bounds": [{"told": "One sentence.", "holds": True}],
    }  # fmt: skip
    page = benchmark("accuracy_page").page(figures, calibrated)
    assert "| portland, burglary | 800 | long run | 1.111" in page
    assert "**Does not hold**. sample:vandalism: the outlook's cells held 0.917" in page
    assert "| **blend** | 0.833 · 0.846 · 0.917 |" in page
    assert "| portland, burglary | 20 | 0.021 (1,200) | 8 of 10 | 1.010 (± 0.020) |" in page
    assert "| **blend** | 200 | 200 | 200 | 0.250 |" in page
    assert "0.50 → 1.002" in page
    assert "- Holds. One sentence." in page


def test_a_perfect_map_does_not_know_the_week(tmp_path: Path) -> None:
    table = pd.DataFrame({"cell": [1, 1, 2, 2], "crime_type": ["x", "y", "x", "x"], "base": [1.0, 9.0, 2.0, 4.0]})
    table.to_parquet(tmp_path / "truth.parquet")
    ground = benchmark("accuracy_ground").ground_of(tmp_path, "x", np.array([1, 2, 3]))
    np.testing.assert_allclose(ground, [1.0, 3.0, 0.0])
