# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np

from stip.samples.chance import chance


def test_a_stream_is_fixed_by_seed_and_part() -> None:
    first = chance(1, "lamps").integers(0, 1 << 60, 4)
    assert np.array_equal(first, chance(1, "lamps").integers(0, 1 << 60, 4))
    assert not np.array_equal(first, chance(2, "lamps").integers(0, 1 << 60, 4))
    assert not np.array_equal(first, chance(1, "trees").integers(0, 1 << 60, 4))


def test_the_stream_is_the_same_on_every_machine() -> None:
    assert chance(20230911, "streets").integers(0, 1_000_000, 3).tolist() == [856607, 682304, 919717]
