# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib.image
import numpy as np

from stip.week.picture import draw_week, place_outlines
from stip.week.view import TIER_COLOURS, WeekView


def test_picture_is_an_a4_with_the_outlook_on_it(view: WeekView, tmp_path: Path) -> None:
    image = matplotlib.image.imread(draw_week(view, tmp_path / "kaart.png", dpi=80))
    height, width = image.shape[:2]
    assert abs(width / height - 297 / 210) < 0.01
    darkest = np.array([int(TIER_COLOURS[1][i : i + 2], 16) / 255 for i in (1, 3, 5)])
    assert (np.abs(image[:, :, :3] - darkest).max(axis=2) < 0.01).sum() > 500


def test_classes_stay_apart_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    levels = [grey(TIER_COLOURS[tier]) for tier in (1, 3, 5, 10)]
    assert all(later - earlier > 25 for earlier, later in zip(levels, levels[1:], strict=False))


def test_outlines_join_the_cells_of_a_place(view: WeekView) -> None:
    outlines = place_outlines(view)
    assert outlines["number"].tolist() == [1, 2]
    assert np.allclose(outlines.area, [3 * 125**2, 2 * 125**2])


def test_a_week_without_places_can_be_drawn(view: WeekView, tmp_path: Path) -> None:
    path = draw_week(replace(view, places=()), tmp_path / "leeg.png", dpi=50)
    assert path.stat().st_size > 1000
