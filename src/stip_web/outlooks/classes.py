# SPDX-License-Identifier: EUPL-1.2
"""The classes of an outlook in words, and the steps of a difference; each has a number, for colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Class:
    """A class of cells.

    Attributes
    ----------
    number : int
        5 is most, 1 is ordinary.
    per_cent : int
        The tier of the outlook: the per cent of the area it ends at; 100 for what is ordinary.
    name, which : str
        What it is called, and which cells it holds.
    """

    number: int
    per_cent: int
    name: str
    which: str


CLASSES = (
    Class(5, 1, "veel meer dan elders", "de hoogste 1 % van de vakken"),
    Class(4, 3, "meer dan elders", "van 1 tot 3 %"),
    Class(3, 5, "iets meer dan elders", "van 3 tot 5 %"),
    Class(2, 10, "net boven gewoon", "van 5 tot 10 %"),
    Class(1, 100, "gewoon", "alle andere vakken"),
)
OF_TIER = {each.per_cent: each for each in CLASSES}
OF_NUMBER = {each.number: each for each in CLASSES}
ORDINARY = OF_TIER[100]


@dataclass(frozen=True)
class Step:
    """A step of the difference between the outlook and what stands beside it.

    Attributes
    ----------
    number : int
        Above 0 where the outlook expects more.
    sign, name : str
    """

    number: int
    sign: str
    name: str


STEPS = (
    Step(2, "++", "duidelijk meer: ten minste één melding per tien weken"),
    Step(1, "+", "iets meer: ten minste één melding per jaar"),
    Step(0, "=", "ongeveer gelijk"),
    Step(-1, "−", "iets minder: ten minste één melding per jaar"),
    Step(-2, "−−", "duidelijk minder: ten minste één melding per tien weken"),
)
OF_STEP = {each.number: each for each in STEPS}
_CLEAR, _SLIGHT = 1 / 10, 1 / 52  # incidents a week

THIN_A_YEAR = 1.0
"""A cell in which less than this is expected in a year has too little to say anything of that one cell."""


def steps_of(difference: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return the step of each cell; ``difference`` is in incidents a week."""
    size = np.abs(difference)
    step = np.where(size >= _CLEAR, 2, np.where(size >= _SLIGHT, 1, 0))
    return (np.sign(difference) * step).astype(np.int8)
