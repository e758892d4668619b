# SPDX-License-Identifier: EUPL-1.2
"""Plain counts: what anyone could do with the dot map. They stand beside every outlook."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from stip.outlook.area import Doubles
from stip.outlook.completeness import completeness, exposure_weeks
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History


def rate(known: History, crime_type: str, weeks: int) -> Doubles:
    """Return incidents a week in each cell over the last ``weeks`` weeks, corrected for reports still to come.

    One week of the town's average is added to each cell, so that nothing is expected to be impossible; it does not
    change the order of the cells.
    """
    counted = known.counts(crime_type, known.cutoff_week - weeks, known.cutoff_week).clip(0)
    exposure = exposure_weeks(completeness(known, crime_type), weeks)
    average = counted.sum() / exposure / len(counted)
    return (counted + max(average, 1e-9)) / (exposure + 1)


class _Counted(Forecaster):
    window_weeks: ClassVar[int]

    def predict(self) -> Doubles:
        return rate(self.known_, self.crime_type, min(self.window_weeks, self.known_.weeks_of(self.crime_type)))


@register
class LongRun(_Counted):
    """All incidents so far."""

    name = "long_run"
    label = "alle meldingen tot nu toe"
    window_weeks = 100_000


@register
class Last52Weeks(_Counted):
    """The incidents of the last year."""

    name = "last_52_weeks"
    label = "de laatste 52 weken"
    window_weeks = 52


@register
class RecentMean(_Counted):
    """The incidents of the last eight weeks."""

    name = "recent_mean"
    label = "de laatste 8 weken"
    window_weeks = 8


@register
class SameSeasonLastYear(Forecaster):
    """The incidents of the five weeks around this week, a year ago."""

    name = "same_season_last_year"
    label = "dezelfde weken vorig jaar"

    def predict(self) -> Doubles:
        """Return the mean of the five weeks around the same week last year."""
        middle = self.known_.cutoff_week - 52
        counted = self.known_.counts(self.crime_type, middle - 2, middle + 3).clip(0)
        average = max(float(counted.mean()) / 5, 1e-9)
        return np.asarray((counted + average) / 6)
