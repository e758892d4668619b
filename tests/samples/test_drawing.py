# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shapely

from stip.samples.drawing import read_drawing, street_themes
from stip.samples.styles import STYLES


def test_the_drawing_is_sound() -> None:
    plan = read_drawing(small=False)
    assert plan.border.is_valid
    assert plan.greens.geometry.is_valid.all()
    assert plan.lines["name"].is_unique
    assert set(plan.neighbourhoods["style"]) <= set(STYLES)
    assert set(plan.neighbourhoods["theme"]) <= set(street_themes())


def test_lines_go_through_the_points_that_were_drawn() -> None:
    lines = read_drawing(small=False).lines.set_index("name").geometry
    # Roads that share a point meet there, or neighbourhoods would have gaps.
    for one, other in (("Damstraat", "Hoogstraat"), ("Zuiderweg", "Broekdijk"), ("Oosterlaan", "Stadhouderslaan")):
        assert lines[one].distance(lines[other]) == 0


def test_the_ring_is_closed_and_roads_are_simple() -> None:
    lines = read_drawing(small=False).lines
    ring = lines.loc[lines["kind"] == "ring", "geometry"].iloc[0]
    assert ring.is_ring
    assert shapely.is_simple(lines.geometry.to_numpy()).all()


def test_the_small_window_lies_in_town() -> None:
    plan = read_drawing(small=True)
    assert plan.border.contains(plan.window)
    assert 3e6 < plan.window.area < 6e6
