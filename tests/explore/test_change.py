# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from explore.conftest import ZONE, incidents
from link.conftest import areas_of
from stip.errors import SettingsError
from stip.explore import By, Period, change

NOW, THEN = Period("2026-W20", "2026-W20"), Period("2026-W19", "2026-W19")


def laid(now: int, then: int, period: Period = NOW, other: Period = THEN) -> dict[str, object]:
    found = change(incidents(*[period.first] * now, *[other.first] * then), period, other, time_zone=ZONE)
    return found.iloc[0].to_dict()


def test_a_small_change_may_be_chance() -> None:
    row = laid(19, 12)
    assert row["sentence"] == "12 → 19, verschil kan toeval zijn"
    assert row["difference"] == 7 and row["ratio"] == pytest.approx(19 / 12)
    assert row["ratio_low"] < 1 < row["ratio_high"]


def test_a_large_change_is_clear() -> None:
    more, less = laid(60, 20), laid(20, 60)
    assert more["verdict"] == "more" and less["verdict"] == "less"
    assert more["sentence"] == "20 → 60, duidelijk meer (1,78 tot 5,25 keer zo veel)"
    assert less["sentence"] == "60 → 20, duidelijk minder (0,19 tot 0,56 keer zo veel)"
    assert laid(30, 0)["sentence"].startswith("0 → 30, duidelijk meer (ten minste")


def test_below_ten_there_is_too_little() -> None:
    assert laid(9, 1)["sentence"] == "1 → 9, te weinig om te vergelijken"
    assert laid(9, 1)["verdict"] == "few" and np.isnan(laid(9, 1)["p_value"])
    assert laid(10, 9)["verdict"] == "chance"


def test_periods_of_unequal_length_are_laid_beside_each_other_per_week() -> None:
    row = laid(20, 40, Period("2026-W20", "2026-W21"), Period("2026-W16", "2026-W19"))
    assert row["ratio"] == pytest.approx(1)
    assert row["p_value"] > 0.9
    assert row["sentence"] == "40 → 20 (per week 10,0 → 10,0), verschil kan toeval zijn"


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 80), st.integers(1, 80))
def test_the_interval_is_that_of_clopper_and_pearson(now: int, then: int) -> None:
    row = laid(now, then)
    exact = stats.binomtest(now, now + then).proportion_ci(0.95, "exact")
    odds = [exact.low / (1 - exact.low), exact.high / (1 - exact.high)]
    assert [row["ratio_low"], row["ratio_high"]] == pytest.approx(odds)
    if max(now, then) >= 10:
        assert row["p_value"] == pytest.approx(stats.binomtest(now, now + then).pvalue)


def test_a_window_over_two_weeks_counts_in_both() -> None:
    frame = incidents("2026-W19")
    frame["from_at"] = pd.Series([pd.Timestamp("2026-05-10 18:00", tz=ZONE).tz_convert("UTC").as_unit("us")])
    frame["to_at"] = frame["from_at"] + pd.Timedelta(hours=24)
    row = change(frame, NOW, THEN, time_zone=ZONE).iloc[0]
    assert (row["count"], row["other_count"]) == (0.75, 0.25)


def test_of_many_rows_some_differ_by_chance_and_that_is_allowed_for() -> None:
    rng = np.random.default_rng(5)
    now, then = rng.poisson(30, 200), rng.poisson(30, 200)
    kinds = [f"t{k}" for k in range(200)]
    frame = incidents(*np.repeat(["2026-W20"] * 200, now), *np.repeat(["2026-W19"] * 200, then))
    frame["crime_type"] = [*np.repeat(kinds, now), *np.repeat(kinds, then)]
    found = change(frame, NOW, THEN, time_zone=ZONE)
    assert (found["p_value"] < 0.05).sum() >= 5
    assert (found["verdict"] != "chance").sum() <= 1


def test_an_interval_holds_one_exactly_where_the_verdict_is_chance() -> None:
    rng = np.random.default_rng(8)
    now, then = rng.poisson([30] * 60 + [60] * 20), rng.poisson(30, 80)
    kinds = [f"t{k}" for k in range(80)]
    frame = incidents(*np.repeat(["2026-W20"] * 80, now), *np.repeat(["2026-W19"] * 80, then))
    frame["crime_type"] = [*np.repeat(kinds, now), *np.repeat(kinds, then)]
    found = change(frame, NOW, THEN, time_zone=ZONE)
    holds_one = (found["ratio_low"] <= 1) & (found["ratio_high"] >= 1)
    assert (holds_one == (found["verdict"] == "chance")).all()
    assert 5 < (found["verdict"] == "more").sum() < 40
    assert ((found["p_value"] < 0.05) & (found["verdict"] == "chance")).any()


def test_areas_and_districts_have_names_and_rows_without_incidents() -> None:
    areas = areas_of(2026)
    frame = incidents("2026-W20", "2026-W20", "2026-W19")
    frame["area_code"] = pd.Series(["BU01", None, "BU03"], dtype="string")
    frame["area_year"] = pd.Series([2026] * 3, dtype="Int16")
    by_area = change(frame, NOW, THEN, by="area", time_zone=ZONE, areas=areas).set_index("name")
    assert by_area.index.tolist() == ["buiten de buurten", "Noord", "Oost", "Zuid", "West"]
    assert by_area["count"].tolist() == [1, 1, 0, 0, 0]
    assert by_area.loc["Zuid", "other_count"] == 1 and np.isnan(by_area.loc["Oost", "ratio"])
    by_district = change(frame, NOW, THEN, by=By.DISTRICT, time_zone=ZONE, areas=areas).set_index("name")
    assert by_district["count"].to_dict() == {"buiten de buurten": 1, "Boven": 1, "Onder": 0}
    assert change(frame, NOW, THEN, by="town", time_zone=ZONE)["count"].tolist() == [2]


def test_codes_of_another_year_are_not_joined() -> None:
    frame = incidents("2026-W20")
    frame["area_code"] = pd.Series(["BU01"], dtype="string")
    frame["area_year"] = pd.Series([2025], dtype="Int16")
    with pytest.raises(SettingsError, match="buurten van 2025.*stip link"):
        change(frame, NOW, THEN, by="area", time_zone=ZONE, areas=areas_of(2026))
    with pytest.raises(SettingsError, match="in welke wijk"):
        change(frame, NOW, THEN, by="district", time_zone=ZONE)


def test_periods_that_overlap_are_refused() -> None:
    with pytest.raises(SettingsError, match="overlappen"):
        change(incidents(), Period("2026-W10", "2026-W20"), Period("2026-W01", "2026-W10"), time_zone=ZONE)


def test_nothing_at_all_is_an_empty_table() -> None:
    assert change(incidents(), NOW, THEN, time_zone=ZONE).empty
