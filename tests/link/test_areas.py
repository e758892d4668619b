# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd

from link.conftest import areas_of, incidents_at
from stip.link import recode_areas
from stip.store import INCIDENT, conform


def test_the_code_comes_from_the_place_and_never_from_the_old_code() -> None:
    # Between the years the borders moved 60 m east: what was BU01 is BU01 no more, though that code still exists.
    incidents = incidents_at((50, 50), (100, 50), (250, 50), (9000, 50), area_code="BU01").set_axis([3, 3, 1, 0])
    before = incidents.copy()
    recoded, changed = recode_areas(incidents, areas_of(2026, shift_m=60))
    conform(recoded, INCIDENT)
    assert recoded["area_code"].fillna("-").tolist() == ["-", "BU01", "BU01", "-"]
    assert changed.tolist() == [True, False, False, True]
    assert (recoded["area_year"] == 2026).all()
    pd.testing.assert_frame_equal(incidents, before)


def test_a_code_that_was_missing_has_changed_and_one_that_stays_missing_has_not() -> None:
    recoded, changed = recode_areas(incidents_at((50, 50), (-500, 50)), areas_of(2026))
    assert changed.tolist() == [True, False]
    assert recoded["area_code"].isna().tolist() == [False, True]
