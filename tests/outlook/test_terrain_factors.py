# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np

from stip.outlook import Context, StudyArea
from stip.outlook.terrain_factors import factors_of


def test_a_distance_is_asked_at_whole_blocks(area: StudyArea) -> None:
    distance = np.linspace(0, 2000, len(area))
    distance[5] = np.nan
    found = factors_of(Context(len(area), ("station_distance",), distance[:, None]), area)
    assert [(factor.reach_m, factor.near) for factor in found] == [
        (125, True),
        (250, True),
        (375, True),
        (500, True),
    ]
    for factor in found:
        assert np.array_equal(factor.holds, np.nan_to_num(distance, nan=1e9) <= factor.reach_m)
    assert found[0].label == "station_distance, within 125 m"


def test_a_count_is_asked_where_many_lie_together(area: StudyArea) -> None:
    column, row = area.column_row
    shops = np.where((column < 4) & (row < 4), 5.0, 0.0)
    shops[-1] = np.nan
    found = factors_of(Context(len(area), ("shops_count",), shops[:, None]), area)
    assert [factor.reach_m for factor in found] == [0, 125, 250, 375]
    assert np.array_equal(found[0].holds, shops == 5)
    assert all(factor.holds[(column < 2) & (row < 2)].all() for factor in found)
    assert not any(factor.holds[-1] or factor.near for factor in found)


def test_a_question_with_one_answer_is_not_asked(area: StudyArea) -> None:
    few = np.zeros(len(area))
    few[:3] = 1.0
    same = np.full(len(area), 4.0)
    found = factors_of(Context(len(area), ("few_count", "same_density"), np.column_stack([few, same])), area)
    assert all(10 <= factor.holds.sum() <= len(area) - 10 for factor in found)
    assert not [factor for factor in found if factor.feature == "same_density" or factor.reach_m == 0]
