# SPDX-License-Identifier: EUPL-1.2
"""What happened: dots, counts and change, the rhythm of the week, places with more than chance, near repeats."""

from stip.explore.change import CHANGE_METHOD, FEWEST, change
from stip.explore.counts import OUTSIDE, By, counts_in, names_of
from stip.explore.dots import DOT_COLUMNS, Dots, dots
from stip.explore.hot_spots import hot_spots
from stip.explore.near_chains import chains_of, near_repeat_chains
from stip.explore.near_repeats import near_repeats
from stip.explore.periods import Period
from stip.explore.rhythm import rhythm
from stip.explore.same_age import incomplete_weeks, same_age
from stip.explore.same_place import same_place_repeats, same_place_share

__all__ = [
    "CHANGE_METHOD",
    "DOT_COLUMNS",
    "FEWEST",
    "OUTSIDE",
    "By",
    "Dots",
    "Period",
    "chains_of",
    "change",
    "counts_in",
    "dots",
    "hot_spots",
    "incomplete_weeks",
    "names_of",
    "near_repeat_chains",
    "near_repeats",
    "rhythm",
    "same_age",
    "same_place_repeats",
    "same_place_share",
]
