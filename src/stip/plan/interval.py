# SPDX-License-Identifier: EUPL-1.2
"""Between which numbers the incidents in a place will probably lie."""

from __future__ import annotations

from scipy.stats import poisson

LEVEL = 0.8
"""Chance with which the number lies in the interval, as in the outlook."""


def interval_of_total(expected: float) -> tuple[float, float]:
    """Return the 80 % interval of a Poisson count with this mean, as whole incidents.

    Examples
    --------
    >>> interval_of_total(3.2)
    (1.0, 6.0)
    """
    if expected <= 0:
        return 0.0, 0.0
    tail = (1 - LEVEL) / 2
    return float(poisson.ppf(tail, expected)), float(poisson.ppf(1 - tail, expected))
