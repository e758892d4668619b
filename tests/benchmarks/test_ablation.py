# SPDX-License-Identifier: EUPL-1.2
"""Each part can be taken out, and its table goes between the marks and nowhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.conftest import benchmark
from outlook.conftest import WEEK, ZONE, incidents, town_area
from stip.outlook import history_of, rolling
from stip.settings import OutlookSettings
from stip.space import week_number

parts = benchmark("ablation_parts")
ablation = benchmark("ablation")


def test_the_text_between_the_marks_is_replaced() -> None:
    page = f"before\n{ablation.BEGIN}\nold\n{ablation.END}\nafter\n"
    assert ablation.put(page, "new") == f"before\n{ablation.BEGIN}\nnew\n{ablation.END}\nafter\n"
    with pytest.raises(ValueError, match="ablation"):
        ablation.put("no marks", "new")
    assert ablation.BEGIN in ablation.PAGE.read_text(encoding="utf-8")


def test_the_table_has_a_dash_where_there_is_nothing_to_take_out() -> None:
    variants = {
        "blend": {"n": 10.0, "deviance": 5.0},
        "mixture_alone": {"n": 9.0, "deviance": 6.0, "ratio": 0.9, "low": 0.8, "high": 1.0},
    }
    told = ablation.table([{"pair": "a:x", "N": 20, "variants": variants}])
    assert "| the default | n = 10; deviance 5 |" in told
    assert "| mixture alone | 0.900 (0.800–1.000); deviance 6 |" in told
    assert "| without other crime types | – |" in told


def test_each_variant_differs_from_the_default_and_has_a_name_on_the_page() -> None:
    area = town_area()
    reports = pd.concat([incidents(area), incidents(area, crime_type="vandalism", seed=2)], ignore_index=True)
    kinds = ("home_burglary", "vandalism")
    known = history_of(reports, area, crime_types=kinds, time_zone=ZONE, cutoff_week=week_number(WEEK))
    forecasters = parts.default_and_variants("home_burglary", OutlookSettings(training_weeks=40), known)
    last = known.cutoff_week
    expected = {
        each.model: each.expected
        for each in rolling(known, forecasters, first_week=last - 1, last_week=last, refit_weeks=13)
    }
    assert set(expected) == set(parts.PARTS) - {"without_context"}
    default = expected.pop("blend")
    for name, other in expected.items():
        assert np.isfinite(other).all(), name
        assert not np.allclose(other, default), name
    np.testing.assert_allclose(
        expected["without_level"] / expected["without_level"].sum(), default / default.sum(), rtol=1e-5
    )
