# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import matplotlib.image
import numpy as np
import pytest

from stip.samples import SampleTown, draw_town


@pytest.mark.parametrize("dots", [False, True])
def test_a_picture_has_water_green_and_homes(small: SampleTown, tmp_path: Path, dots: bool) -> None:
    draw_town(small.folder, tmp_path / "town.png", dots=dots)
    pixels = matplotlib.image.imread(tmp_path / "town.png")[..., :3]
    assert pixels.shape[0] == 1200

    def share(colour: str) -> float:
        wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        return float((np.abs(pixels - wanted).max(axis=2) < 0.02).mean())

    assert share("#a5c8e1") > 0.01
    assert share("#c3dfae") > 0.005
    assert share("#a39c93") > 0.01
    assert (share("#009e73") > 0.0003) is dots
