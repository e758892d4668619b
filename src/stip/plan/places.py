# SPDX-License-Identifier: EUPL-1.2
"""A chosen set of cells, told as a place of the plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.plan.dayparts import day_parts
from stip.plan.interval import interval_of_place
from stip.plan.kinds import suggest_kind
from stip.plan.proposal import Origin, PlannedPlace
from stip.plan.region import a_home
from stip.plan.situation import Situation
from stip.words import number

Floats = npt.NDArray[np.float64]
_REASONS = 3
_THIS_CELL = "in dit vak"  # as the outlook words a fact about one cell
_MINOR = 0.2  # types below this share of a place's worth are heard last


@dataclass(frozen=True)
class Choice:
    """Cells that were chosen, how, and for how many visits."""

    cells: tuple[int, ...]
    visits: int
    origin: Origin
    probability: float = 1.0
    reason: str = ""


def place_id_of(cells: tuple[int, ...]) -> str:
    """Return the id of a place: the same cells always have the same."""
    text = ",".join(str(cell) for cell in sorted(cells))
    return "p" + hashlib.sha256(text.encode()).hexdigest()[:8]


class Teller:
    """Tells choices as places.

    Parameters
    ----------
    situation : Situation
    outlook : DataFrame
        OUTLOOK contract, for its reasons.
    rhythm : mapping of str to ndarray, shape (168,), or None
        See `stip.plan.dayparts.day_parts`.
    """

    def __init__(self, situation: Situation, outlook: pd.DataFrame, rhythm: Mapping[str, Floats] | None) -> None:
        self.situation, self.rhythm = situation, rhythm
        self.names = situation.areas.names() if situation.areas is not None else {}
        self.district_of = situation.areas.district_of() if situation.areas is not None else {}
        self.district_names = situation.areas.district_names() if situation.areas is not None else {}
        self.told = dict(
            zip(zip(outlook["cell"], outlook["crime_type"], strict=True), outlook["reasons"], strict=True)
        )

    def place(self, choice: Choice, order: int) -> PlannedPlace:
        """Tell one choice."""
        situation = self.situation
        rows = situation.expected.rows(np.array(choice.cells, dtype=np.int64))
        counts = dict(zip(situation.expected.types, situation.expected.expected[rows].T, strict=True))
        by_type = {name: float(each.sum()) for name, each in counts.items()}
        expected = sum(by_type.values())
        zone = pd.factorize(situation.area_code[rows], use_na_sentinel=False)[0].astype(np.int32)
        low, high = interval_of_place(counts, situation.question.dispersion, zone)
        codes = self._area_codes(rows)
        dwellings = situation.dwellings[rows]
        count = None if np.isnan(dwellings).any() else int(dwellings.sum())
        reasons = self._reasons(choice, counts)
        when = day_parts(by_type, self.rhythm)
        return PlannedPlace(
            number=order,
            place_id=place_id_of(choice.cells),
            cells=choice.cells,
            area_code=codes[0] if codes else None,
            areas=tuple(str(self.names.get(code, code)) for code in codes),
            district=self._district(codes),
            expected=expected,
            low=low,
            high=high,
            reached=expected * float(situation.visits.reach[choice.visits]),
            hours=float(situation.visits.hours[choice.visits]),
            visits=choice.visits,
            kind=suggest_kind(reasons, count, when),
            when=when,
            origin=choice.origin,
            probability=choice.probability,
            reasons=reasons,
            dwellings=count,
            reason=choice.reason,
        )

    def _area_codes(self, rows: npt.NDArray[np.int64]) -> list[str]:
        codes = [code for code in self.situation.area_code[rows] if code is not None]
        return sorted(set(codes), key=lambda code: (-codes.count(code), code))

    def _district(self, codes: list[str]) -> str:
        code = self.district_of.get(codes[0]) if codes else None
        return str(self.district_names.get(code, code)) if isinstance(code, str) else ""

    def _reasons(self, choice: Choice, counts: Mapping[str, Floats]) -> tuple[str, ...]:
        """Return at most three facts: how it was chosen, those of its busiest cells, then how it compares."""
        facts: list[str] = []
        if choice.origin == "random":
            facts.append(f"Geloot: de kans op deze plek was 1 op {number(1 / choice.probability)}.")
        elif choice.origin == "person":
            facts.append(f"Eigen inzicht: {choice.reason}")
        expected = self.situation.expected
        weight = dict(zip(expected.types, expected.weight, strict=True))
        worth = {name: float(weight[name] * each.sum()) for name, each in counts.items()}
        order = sorted(counts, key=lambda name: -worth[name])
        major = [name for name in order if worth[name] >= _MINOR * sum(worth.values())]
        for names in (major, [name for name in order if name not in major]):
            # In turn, so that two types that matter alike are both heard.
            told = [self._facts(choice.cells, name, counts[name], alone=len(counts) == 1) for name in names]
            facts += [fact for turn in zip_longest(*told) for fact in turn if fact is not None]
        facts.append(self._compared(len(choice.cells), sum(float(each.sum()) for each in counts.values())))
        return tuple(facts[:_REASONS])

    def _facts(self, cells: tuple[int, ...], crime_type: str, counts: Floats, *, alone: bool) -> list[str]:
        """Return what the outlook says of the cell where most is expected: neighbours say much the same."""
        said = "" if alone else f"{self.situation.question.labels.get(crime_type, crime_type)}: "
        if crime_type in self.situation.expected.from_baseline:
            return [f"{said}gewoonlijk {number(float(counts.sum()), 2)} per week op deze plek"]
        busiest = int(np.argmax(counts))
        row = self.situation.expected.rows(np.array([cells[busiest]], dtype=np.int64))
        # A fact about one cell with a few dwellings would tell about a home; what it says of around it may stay.
        home = a_home(self.situation.dwellings[row], self.situation.question.dwellings_minimum)
        facts = [str(fact) for fact in self.told.get((cells[busiest], crime_type), ())]
        return [
            said + fact.replace(_THIS_CELL, "in het drukste vak")
            for fact in facts
            if not (home and _THIS_CELL in fact)
        ]

    def _compared(self, size: int, expected: float) -> str:
        """Say how a place compares with an average one of its size."""
        usual = size * float(self.situation.expected.expected.sum(axis=1).mean())
        times = expected / usual
        if times >= 1.5:
            return f"{number(times, 1)} keer zo veel verwacht als gemiddeld op zo'n plek"
        return (
            "ongeveer zo veel verwacht als gemiddeld op zo'n plek"
            if times >= 0.67
            else "minder verwacht dan gemiddeld"
        )
