# SPDX-License-Identifier: EUPL-1.2
"""How large the letters of a printed briefing are: as large as fits on its two sides, chosen for each side apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stip_web.desk.paper import sides_of


@dataclass(frozen=True)
class Step:
    """How something is set.

    Attributes
    ----------
    letters : float
        Height of the letters in points.
    air : float
        Above and under each place, in mm.
    map : float
        Width of the map in mm; the letters on it grow along.
    close : bool
        The facts of a place behind each other, instead of each on a line.
    """

    letters: float
    air: float
    map: float = 0.0
    close: bool = False

    @property
    def small(self) -> float:
        """Height of the letters of the version, in points: it takes as few lines as it can."""
        return min(8.5, self.letters)

    @property
    def bold(self) -> float:
        """Height of the letters in a frame, in points: on one line where the rest is of its size."""
        return self.letters if self.letters > 10 else 9.0

    @property
    def town(self) -> float:
        """Most height of the map of the whole town, in mm."""
        return 0.36 * self.map


FRONT = (
    Step(12, 2.5, 142), Step(12, 1.8, 142), Step(11.5, 1.5, 142), Step(11, 1.2, 142), Step(10.5, 1, 140),
    Step(10, 1, 138), Step(10, 0.6, 138), Step(9.5, 0.8, 134), Step(9.5, 0.5, 134), Step(9, 0.8, 134),
    Step(9, 0.5, 134), Step(9, 0.5, 126), Step(9, 0.4, 118), Step(9, 0.2, 118), Step(9, 0.2, 116),
    Step(8.5, 0.3, 116), Step(8, 0.3, 116),
)  # fmt: skip
"""Settings of the side with map and list, from large to small."""

BACK = (
    Step(12, 9), Step(12, 6), Step(12, 4), Step(11.5, 3), Step(11, 3), Step(11, 2), Step(10.5, 2), Step(10.5, 1.4),
    Step(10, 1.4), Step(10, 1.1), Step(10, 0.8), Step(9.5, 1.1), Step(9.5, 0.8), Step(9, 0.8), Step(9, 0.6),
    Step(9, 0.6, close=True), Step(8.5, 0.5, close=True), Step(8, 0.3, close=True),
)  # fmt: skip
"""Settings of the side with all of each place, from large to small."""

THROUGH = (
    Step(11, 2, 132), Step(10, 1.4, 132), Step(9.5, 1, 132), Step(9, 0.8, 124), Step(9, 0.7, 118, close=True),
    Step(8.5, 0.5, 118, close=True), Step(8, 0.3, 118, close=True), Step(8, 0.2, 90, close=True),
    Step(8, 0.2, 80, close=True), Step(7.5, 0.2, 80, close=True), Step(7, 0.2, 70, close=True),
    Step(6.5, 0.2, 60, close=True), Step(6, 0.1, 50, close=True), Step(5.5, 0, 50, close=True),
)  # fmt: skip
"""Settings when a side is too small for what belongs on it: no list, and the places go on from front to back."""

_NONE: dict[str, Step | None] = {"front": None, "back": None, "through": None}


def setting_of(template: str, context: Mapping[str, Any]) -> dict[str, Step | None]:
    """Give the largest setting of ``front`` and ``back``, or of ``through`` when one of these does not fit.

    Parameters
    ----------
    template : str
        Shows only the parts that it is given a step of.
    context : mapping
        With ``places``; without any, there is no back.
    """
    front = _largest(template, context, "front", FRONT, sides=1)
    if front and not context["places"]:
        return {**_NONE, "front": front}
    back = _largest(template, context, "back", BACK, sides=1) if front else None
    if front and back:
        return {**_NONE, "front": front, "back": back}
    return {**_NONE, "through": _largest(template, context, "through", THROUGH, sides=2) or THROUGH[-1]}


def _largest(
    template: str, context: Mapping[str, Any], name: str, steps: Sequence[Step], *, sides: int
) -> Step | None:
    """Give the first step that fits, found by halving; None when none does."""
    at = bisect_left(steps, True, key=lambda step: sides_of(template, {**context, **_NONE, name: step}) <= sides)
    return steps[at] if at < len(steps) else None
