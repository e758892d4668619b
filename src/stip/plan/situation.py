# SPDX-License-Identifier: EUPL-1.2
"""Everything a plan is made from, lined up on the cells of the study area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import PlanError
from stip.plan.districts import part_of_cells
from stip.plan.draw import random_places
from stip.plan.overrides import OwnPlace, Wishes, apply_overrides
from stip.plan.proposal import RULES, Question
from stip.plan.region import Region, a_home
from stip.plan.shapes import connected
from stip.plan.value import Expectation, expectation
from stip.plan.visits import Visits
from stip.space import Areas, Grid
from stip.words import number

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Situation:
    """The question with its answers so far; arrays are aligned with the cells of the study area.

    Attributes
    ----------
    question : Question
    expected : Expectation
    wishes : Wishes
    visits : Visits
    areas : Areas or None
    area_code : ndarray of object
        Missing codes as None.
    part : ndarray of object
        District of each cell (neighbourhood when the plan is for the whole town), empty when it has none.
    dwellings : ndarray
        Not a number where unknown.
    """

    question: Question
    expected: Expectation
    wishes: Wishes
    visits: Visits
    areas: Areas | None
    area_code: npt.NDArray[np.object_]
    part: npt.NDArray[np.object_]
    dwellings: Floats

    @classmethod
    def of(
        cls,
        outlook: pd.DataFrame,
        cells: pd.DataFrame,
        areas: Areas | None,
        question: Question,
        overrides: pd.DataFrame | None,
    ) -> Situation:
        """Line everything up.

        Raises
        ------
        PlanError
            When something that is needed is missing, or what people asked cannot be.
        """
        settings = question.settings
        wrong = [rule for rule in question.passed_rules if rule not in RULES]
        if wrong:
            raise PlanError(f"De regel ‘{wrong[0]}’ ken ik niet. Een reden kan bij: {', '.join(RULES)}.")
        if settings.districts_per_week and areas is None:
            raise PlanError(
                "Voor een plan per wijk zijn de buurten nodig. Lees ze in met ‘stip intake areas BESTAND’, of zet "
                "plan.districts_per_week op 0 voor een plan over de hele stad."
            )
        expected = expectation(
            outlook, cells, week=question.week, settings=settings, baseline_types=question.baseline_types
        )
        aligned = cells.set_index("cell").loc[expected.cells]
        codes = aligned["area_code"].to_numpy(dtype=object)
        area_code = np.array([code if isinstance(code, str) else None for code in codes], dtype=object)
        wishes = Wishes(np.ones_like(expected.expected))
        if overrides is not None and len(overrides):
            wishes = apply_overrides(overrides[overrides["week"] == question.week], expected)
        situation = cls(
            question,
            expected,
            wishes,
            Visits.of(settings),
            areas,
            area_code,
            part_of_cells(area_code, areas, district=settings.districts_per_week > 0),
            pd.to_numeric(aligned["dwellings"]).to_numpy(dtype=np.float64, na_value=np.nan),
        )
        for own in wishes.own:
            situation.check_own(own)
        return situation

    @cached_property
    def region(self) -> Region:
        """The whole study area, after people changed it."""
        return Region(self.expected.cells, self.expected.worth(self.wishes.factor), self.dwellings)

    @cached_property
    def plain_region(self) -> Region:
        """The whole study area, as the outlook has it."""
        return Region(self.expected.cells, self.expected.worth(), self.dwellings)

    @cached_property
    def free(self) -> Mask:
        """Cells that no decision of people took."""
        taken = [cell for own in self.wishes.own for cell in own.cells] + list(self.wishes.dropped)
        return ~np.isin(self.expected.cells, np.array(taken, dtype=np.int64))

    @cached_property
    def own_worth(self) -> Floats:
        """Worth of each place that people added."""
        return np.array([self.region.value[self.expected.rows(np.array(own.cells))].sum() for own in self.wishes.own])

    @cached_property
    def drawn_places(self) -> int:
        """How many places are left to chance: known before anything is looked at."""
        return random_places(self.question.settings, places=self._fitting)

    @cached_property
    def drawn_visits(self) -> int:
        """Visits to a drawn place: as many as a place gets when the hours are shared equally."""
        hours = self.question.settings.hours / self._fitting
        return int(np.searchsorted(self.visits.hours, hours + 1e-9, side="right")) - 1

    @property
    def _fitting(self) -> int:
        return min(
            self.question.settings.max_places, int((self.question.settings.hours + 1e-9) // self.visits.hours[1])
        )

    def left(self, drawn: int, *, own: bool = True) -> tuple[float, int]:
        """Return the hours and places that are left when so many places were drawn.

        Parameters
        ----------
        own : bool
            Whether the places that people added take theirs.

        Raises
        ------
        PlanError
            When the places that people added do not fit.
        """
        settings, added = self.question.settings, len(self.wishes.own) if own else 0
        hours = settings.hours - drawn * float(self.visits.hours[self.drawn_visits])
        needed = added * float(self.visits.hours[1])
        if needed > hours + 1e-9:
            raise PlanError(
                f"De {added} eigen plekken vragen samen ten minste {number(needed, 1)} uur, maar er zijn er "
                f"{number(hours, 1)} (naast {drawn} gelote plekken). Haal een eigen plek weg of geef meer uren."
            )
        return hours, max(0, settings.max_places - drawn - added)

    def check_own(self, own: OwnPlace) -> None:
        """Refuse an own place that is no place.

        Raises
        ------
        PlanError
        """
        cells = np.array(own.cells, dtype=np.int64)
        check_place(cells, self.dwellings[self.expected.rows(cells)], self.question)


def check_place(cells: Ints, dwellings: Floats, question: Question) -> None:
    """Refuse cells that cannot be a place: not connected, too many, or pointing at a home.

    Parameters
    ----------
    dwellings : ndarray
        Of each of the cells; not a number where unknown.

    Raises
    ------
    PlanError
    """
    column, row = Grid.column_row(cells)
    if not connected(list(zip(column.tolist(), row.tolist(), strict=True))):
        raise PlanError(
            "De vakken van een eigen plek moeten met een zijde aan elkaar liggen. Kies vakken naast elkaar, "
            "of maak er twee plekken van."
        )
    most = question.settings.place_cells[1]
    if len(cells) > most:
        raise PlanError(f"Een plek telt hoogstens {most} vakken; dit zijn er {len(cells)}. Maak er twee plekken van.")
    if a_home(dwellings, question.dwellings_minimum):
        raise PlanError(
            f"Op deze plek staan te weinig woningen (minder dan {question.dwellings_minimum}): zo wijst zij een huis "
            "aan. Neem er een vak bij met meer woningen."
        )
