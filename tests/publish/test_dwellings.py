# SPDX-License-Identifier: EUPL-1.2
"""How many dwellings a dot could be, counted by hand and in the sample town."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stip.publish import dots_and_dwellings
from stip.publish.dwellings import COARSE, FINE, dwellings_around
from stip.store import Workspace, read_layer


def test_dwellings_in_the_square_round_a_dot_are_counted() -> None:
    dwellings = np.array([[10.0, 10.0], [14.0, 10.0], [10.0, 30.0], [90.0, 90.0]])
    places = np.array([10.0, 50.0]), np.array([12.0, 50.0])
    assert dwellings_around(*places, 10.0, dwellings).tolist() == [2, 0]
    assert dwellings_around(*places, 100.0, dwellings).tolist() == [3, 4]
    assert dwellings_around(*places, 10.0, np.empty((0, 2))).tolist() == [0, 0]


@pytest.fixture
def town(sample_demo: Path) -> Workspace:
    return Workspace.open(sample_demo / "werkmap")


def test_a_coarse_dot_is_never_a_few_dwellings_and_a_fine_one_may_be(town: Workspace) -> None:
    found = dots_and_dwellings(town)
    minimum = town.settings.dwellings.minimum
    fine = [row for row in found if row.reader == FINE]
    (coarse,) = [row for row in found if row.reader == COARSE]
    assert fine
    assert coarse.least >= minimum
    assert coarse.under == 0
    assert coarse.places == coarse.none + (coarse.places - coarse.none)
    assert min(row.least for row in fine) < coarse.least
    assert all(row.minimum == minimum and row.none <= row.places for row in found)
    assert len(read_layer(town, town.settings.dwellings.layer)) > coarse.least
