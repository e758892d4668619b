# SPDX-License-Identifier: EUPL-1.2
"""What every forecaster can do, and the register in which they are found by name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from stip.errors import SettingsError
from stip.outlook.area import Doubles
from stip.outlook.history import History
from stip.outlook.memory import Memory
from stip.outlook.reasons import Pull
from stip.settings import OutlookSettings


class Forecaster(ABC):
    """Expects a number of incidents in each cell in the week that begins at the cut-off.

    A driver (`rolling`) calls `observe` for each week in order, with the history as it was known then; `fit` now and
    then; and `predict`. A forecaster sees nothing else.

    Parameters
    ----------
    crime_type : str
    settings : OutlookSettings
    memory : Memory
        Shared by forecasters that are driven together, so that it is brought up to date once a week.

    Attributes
    ----------
    name, label : str
        In the register and, in Dutch, on screen.
    slow : bool
        Whether fitting takes so long that it runs only when it is asked for by name.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    slow: ClassVar[bool] = False

    def __init__(self, crime_type: str, settings: OutlookSettings, memory: Memory) -> None:
        self.crime_type = crime_type
        self.settings = settings
        self.memory = memory

    @classmethod
    def can_read(cls, known: History) -> bool:
        """Tell whether the history holds what this forecaster looks at."""
        return True

    @property
    def warm_up_weeks(self) -> int:
        """How many weeks it wants to observe before it is first fitted."""
        return 0

    def observe(self, known: History) -> None:
        """Take in what is known at the cut-off of the next week."""
        self.known_ = known

    def fit(self, known: History) -> Self:
        """Learn what takes longer than a week to change."""
        self.known_ = known
        return self

    @abstractmethod
    def predict(self) -> Doubles:
        """Return the incidents expected in each cell in the week that begins at the last observed cut-off."""

    def expected_in_town(self, known: History) -> float | None:
        """Return what it would have expected in the whole town at a past cut-off.

        None when that cannot be told without going through all weeks up to there.
        """
        return None

    def pulls(self) -> list[Pull]:
        """Return what makes some cells stand higher than the town on average, for the reasons beside them."""
        return []

    def learned(self) -> dict[str, object]:
        """Return what was learned, in figures that can be written down."""
        return {}


_REGISTER: dict[str, type[Forecaster]] = {}


def register(forecaster: type[Forecaster]) -> type[Forecaster]:
    """Enter a class of forecasters under its name."""
    _REGISTER[forecaster.name] = forecaster
    return forecaster


def model_names(known: History | None = None, *, slow: bool = True) -> list[str]:
    """Return the names in the register, in the order of entry: simple ones first.

    Parameters
    ----------
    known : History, optional
        Only those that can look ahead from this one.
    slow : bool
        Also those that run only when asked for.
    """
    return [
        name
        for name, forecaster in _REGISTER.items()
        if (slow or not forecaster.slow) and (known is None or forecaster.can_read(known))
    ]


def model_label(name: str) -> str:
    """Return what a forecaster is called on screen."""
    return _class(name).label


def make_forecasters(
    names: tuple[str, ...], crime_types: tuple[str, ...], settings: OutlookSettings
) -> list[Forecaster]:
    """Make forecasters by name, each for every crime type, with one memory between them.

    Raises
    ------
    SettingsError
        When a name is not in the register.
    """
    memory = Memory((*settings.half_lives_weeks, float("inf")), settings.widths_m, exactly=crime_types)
    return [_class(name)(crime_type, settings, memory) for crime_type in crime_types for name in names]


def _class(name: str) -> type[Forecaster]:
    if name not in _REGISTER:
        raise SettingsError(f"Een vooruitblik met de naam ‘{name}’ ken ik niet. Kies uit {', '.join(_REGISTER)}.")
    return _REGISTER[name]
