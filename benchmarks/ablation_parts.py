# SPDX-License-Identifier: EUPL-1.2
"""The default outlook with a part taken out, to see what that part adds."""

from __future__ import annotations

from abc import abstractmethod
from typing import Self

import numpy as np

from stip.outlook import Forecaster, History, make_forecasters
from stip.outlook.blend import Blend
from stip.outlook.columns import Column
from stip.outlook.kernels import level
from stip.settings import OutlookSettings


class _Fewer(Blend):
    """Looks at fewer rates."""

    @abstractmethod
    def kept(self, column: Column) -> bool:
        """Tell whether a rate is still looked at."""

    def _start(self, known: History) -> None:
        super()._start(known)
        self.columns_.of = tuple(
            column for column in self.columns_.of if column.crime_type == "" or self.kept(column)
        )
        places = range(len(self.columns_.of) - 1)
        if not any(np.isfinite(self.columns_.of[place].half_life_weeks) for place in places):
            self.columns_.__dict__["_told"] = list(places)  # of which the longest that fades is none


class WithoutOtherTypes(_Fewer):
    """Does not look at other crime types."""

    name = "without_other_types"
    label = "zonder andere soorten"

    def kept(self, column: Column) -> bool:
        """Keep the rates of the target."""
        return column.crime_type == self.crime_type


class WithoutFading(_Fewer):
    """Never forgets: all incidents so far weigh the same."""

    name = "without_fading"
    label = "zonder vervagen"

    def kept(self, column: Column) -> bool:
        """Keep what never fades."""
        return not np.isfinite(column.half_life_weeks)


class WithoutWidths(_Fewer):
    """Counts in the cell itself and nothing around it."""

    name = "without_widths"
    label = "zonder omgeving"

    def kept(self, column: Column) -> bool:
        """Keep the cell itself."""
        return column.width_m == 0


class WithoutRepeats(_Fewer):
    """Spreads what came of late alike in all directions, not by what happened there before."""

    name = "without_repeats"
    label = "zonder herhaling naar waar meer gebeurde"

    def kept(self, column: Column) -> bool:
        """Keep all but that of repeats."""
        return not column.repeats


class MixtureAlone(Blend):
    """The mixture without its corrections."""

    name = "mixture_alone"
    label = "alleen de optelsom"

    def fit(self, known: History) -> Self:
        """Learn the mixture, and forget what corrects it."""
        super().fit(known)
        self.loglinear_, self.boosted_ = None, None
        return self

    def predict(self) -> np.ndarray:
        """Return what the mixture says."""
        self.pool_.weights_ = np.array([1.0, 0.0, 0.0, 0.0])
        return super().predict()


class _Same:
    """Trees that change nothing."""

    def factor(self, signs: np.ndarray) -> np.ndarray:
        return np.ones(len(signs))


class WithoutTrees(Blend):
    """Mixture and log-linear correction."""

    name = "without_trees"
    label = "zonder bomen"

    def fit(self, known: History) -> Self:
        """Learn, and put trees that change nothing in the place of those that were grown."""
        super().fit(known)
        if self.boosted_ is not None:
            self.boosted_ = _Same()  # type: ignore[assignment]
        return self


class WithoutExcited(Blend):
    """Pools the mixture and its corrections, and not the self-exciting expert."""

    name = "without_excited"
    label = "zonder zichzelf opwekkende deskundige"

    def predict(self) -> np.ndarray:
        """Return what the others say together: powers learned as ever, with the part of the last shared out."""
        kept = self.pool_.weights_.copy()
        self.pool_.weights_ = np.append(kept[:-1] * kept.sum() / max(float(kept[:-1].sum()), 1e-9), 0.0)
        expected = super().predict()
        self.pool_.weights_ = kept
        return expected


class WithoutPool(Blend):
    """The last correction alone: mixture, corrected twice."""

    name = "without_pool"
    label = "alleen de laatste deskundige"

    def predict(self) -> np.ndarray:
        """Return what the last expert says."""
        self.pool_.weights_ = np.array([0.0, 0.0, 1.0, 0.0])
        return super().predict()


class WithoutContext(Blend):
    """Does not look at context layers."""

    name = "without_context"
    label = "zonder kaartlagen"

    def observe(self, known: History) -> None:
        """Take in what is known, and put zeros in the place of the layers."""
        super().observe(known)
        self._context = np.zeros_like(self._context)


class WithoutLevel(Blend):
    """As many as in the last year, in the place of level and season."""

    name = "without_level"
    label = "zonder niveau en seizoen"

    def predict(self) -> np.ndarray:
        """Return the same places, scaled to the mean of the last 52 weeks."""
        expected = super().predict()
        return expected / expected.sum() * level(self.known_, self.crime_type)


VARIANTS = (
    MixtureAlone,
    WithoutTrees,
    WithoutExcited,
    WithoutPool,
    WithoutOtherTypes,
    WithoutContext,
    WithoutFading,
    WithoutWidths,
    WithoutRepeats,
    WithoutLevel,
)

PARTS = {
    "blend": "the default",
    "mixture_alone": "mixture alone",
    "without_trees": "mixture + log-linear, no trees",
    "without_excited": "without the self-exciting expert",
    "without_pool": "last correction alone, no pool",
    "without_other_types": "without other crime types",
    "without_context": "without context layers",
    "without_fading": "without fading (all history weighs the same)",
    "without_widths": "without widths (only the cell itself)",
    "without_repeats": "without near repeats drawn by the background",
    "without_level": "without level and season",
}
"""What each is called on the page."""


def default_and_variants(crime_type: str, settings: OutlookSettings, known: History) -> list[Forecaster]:
    """Return the default and the variants that differ from it in this town, with one memory between them."""
    default = make_forecasters(("blend",), (crime_type,), settings)[0]
    nothing_to_take_out = {
        *([] if len(known.crime_types) > 1 else [WithoutOtherTypes]),
        *([] if known.context.names else [WithoutContext]),
    }
    return [
        default,
        *(kind(crime_type, settings, default.memory) for kind in VARIANTS if kind not in nothing_to_take_out),
    ]
