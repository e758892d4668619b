# SPDX-License-Identifier: EUPL-1.2
"""What stands beside the outlook only here: kernels of fixed widths, and, in the sample town, who knows the truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from stip.outlook import Forecaster, History, make_forecasters, model_names
from stip.outlook.kernels import NarrowKde
from stip.samples import true_intensity
from stip.settings import OutlookSettings
from stip.space import week_number

ORACLE = "oracle"
MODEL = "blend"


class Kde60(NarrowKde):
    """Kernel density, 60 m."""

    name = "kde_60"
    label = "dichtheid, 60 meter"
    width_m = 60.0


class Kde250(NarrowKde):
    """Kernel density, 250 m."""

    name = "kde_250"
    label = "dichtheid, 250 meter"
    width_m = 250.0


class Kde500(NarrowKde):
    """Kernel density, 500 m."""

    name = "kde_500"
    label = "dichtheid, 500 meter"
    width_m = 500.0


class Oracle(Forecaster):
    """Knows the true intensity of the sample town: the mean count given all that happened before that Monday."""

    name = ORACLE
    label = "wie de waarheid kent"

    def knows(self, folder: Path, history: History) -> Oracle:
        """Read the truth of the cells in the study area."""
        truth = true_intensity(folder)
        truth = truth[truth["crime_type"] == self.crime_type]
        wide = truth.pivot_table(index="cell", columns="week", values="expected", observed=True)
        wide = wide.reindex(history.area.cells).fillna(0.0)
        self._truth = {week_number(str(week)): wide[week].to_numpy(np.float64) for week in wide}
        return self

    def predict(self) -> np.ndarray:
        """Return the truth of the coming week."""
        return self.of_week(self.known_.cutoff_week)

    def of_week(self, week: int) -> np.ndarray:
        """Return the truth of a week by its ordinal, shape (n_cells,)."""
        return self._truth[week]


def model_and_beside(crime_type: str, settings: OutlookSettings, history: History) -> list[Forecaster]:
    """Return the model, all in the register that can look ahead from a history, and the kernels of fixed widths."""
    listed = make_forecasters(tuple(model_names(history)), (crime_type,), settings)
    return [*listed, *(kernel(crime_type, settings, listed[0].memory) for kernel in (Kde60, Kde250, Kde500))]
