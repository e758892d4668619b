# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the plan, and what it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stip.outlook import Dispersion
from stip.plan.kinds import VisitKind
from stip.settings import PlanSettings

Origin = Literal["outlook", "person", "random"]
ORIGINS: Mapping[Origin, str] = {"outlook": "vooruitblik", "person": "eigen inzicht", "random": "geloot"}
"""What it is called on screen who chose a place."""
RULES = ("rotation",)
"""Rules that may be passed over with a reason."""


@dataclass(frozen=True)
class Question:
    """For which week, and under which rules, a plan is asked.

    Attributes
    ----------
    week : str
        ISO week.
    settings : PlanSettings
    dwellings_minimum : int
        A place holds no dwellings, or at least so many.
    baseline_types : tuple of str
        Crime types to plan on the outlook's column ``baseline``, because the model does not beat it.
    baseline : str
        What the baseline of the outlook is called on screen, by `stip.outlook.model_label`; empty when not known.
    labels : mapping of str to str
        What crime types are called on screen; those left out are called by their code.
    dispersion : mapping of str to Dispersion
        How far what is planned on was off before, by crime type, for the intervals; those left out count as Poisson.
    seed : int
        For the places drawn by chance; see `stip.plan.seed_of`.
    passed_rules : mapping of str to str
        Rules not to keep this week, each with the reason; only ``rotation``.
    like_week : str
        Week whose places to keep where they are nearly as good; empty for none.
    """

    week: str
    settings: PlanSettings = field(default_factory=PlanSettings)
    dwellings_minimum: int = 10
    baseline_types: tuple[str, ...] = ()
    baseline: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    dispersion: Mapping[str, Dispersion] = field(default_factory=dict)
    seed: int = 0
    passed_rules: Mapping[str, str] = field(default_factory=dict)
    like_week: str = ""


@dataclass(frozen=True)
class PlannedPlace:
    """One place of the plan.

    Attributes
    ----------
    number : int
        On list and map, from 1.
    place_id : str
        The same for the same cells, whatever the week.
    cells : tuple of int
    area_code : str or None
        Neighbourhood in which most of its cells lie.
    areas : tuple of str
        Names of all neighbourhoods it touches, that one first.
    district : str
        Name of the district of ``area_code``; empty when unknown.
    expected, low, high : float
        Incidents expected in the week, with the 80 % interval.
    reached : float
        Of these, reached by the visits; every type counted the same.
    hours : float
    visits : int
        0 for a place that was drawn and refused.
    kind : VisitKind
    when : tuple of str
        Parts of the week with most expected, in Dutch; empty when not known.
    origin : str
        ``outlook``, ``person`` or ``random``.
    probability : float
        Chance with which it was drawn; 1 when it was chosen.
    reasons : tuple of str
        At most three facts.
    dwellings : int or None
        None when unknown for any of its cells.
    reason : str
        What a person gave as reason, for adding or refusing it.
    team : str
        Which team goes, by its code in ``plan.teams``; empty when nobody said.
    slots : tuple of str
        When each visit is, by `stip.plan.Slot`; empty when nobody said.
    """

    number: int
    place_id: str
    cells: tuple[int, ...]
    area_code: str | None
    areas: tuple[str, ...]
    district: str
    expected: float
    low: float
    high: float
    reached: float
    hours: float
    visits: int
    kind: VisitKind
    when: tuple[str, ...]
    origin: Origin
    probability: float
    reasons: tuple[str, ...]
    dwellings: int | None
    reason: str = ""
    team: str = ""
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the town that the week could go to.

    Attributes
    ----------
    codes, names : tuple of str
        Its districts; empty for the whole town.
    state : str
        ``chosen``, ``passed`` (less to reach) or ``rotation`` (had its turns already).
    reached : float or None
        What a plan there would reach, by the weights of the plan; None when not worked out.
    at_most : float
        What no plan there can exceed.
    weeks_ago : int or None
        Since its last turn, the latest of its districts; None when it never had one.
    weight : float
        How many times it counts because it has waited; 1 for the part that waited least.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    state: Literal["chosen", "passed", "rotation"]
    reached: float | None
    at_most: float
    weeks_ago: int | None
    weight: float


@dataclass(frozen=True)
class FramePatch:
    """A place that could have been drawn, with its chance: what effect is later estimated from.

    Attributes
    ----------
    state : str
        ``drawn``, ``refused`` (drawn, but people had a reason not to go) or ``not drawn``.
    overlap : int
        How many of its cells lie in places that are visited without having been drawn. 0 unless people decided so:
        the frame holds no patch where the outlook alone would send the team.
    """

    place_id: str
    cells: tuple[int, ...]
    probability: float
    state: Literal["drawn", "refused", "not drawn"]
    overlap: int = 0


@dataclass(frozen=True)
class Proposal:
    """A week plan as proposed; a person decides.

    Attributes
    ----------
    week : str
    use : str
        ``baseline`` when every type was planned on the baseline, else ``model``.
    places : tuple of PlannedPlace
        To be visited, in the order of the list.
    refused : tuple of PlannedPlace
        Proposed or drawn by chance and not visited, each with its reason.
    parts : tuple of Part
        The part of the town that was chosen first, then the others, best first.
    frame : tuple of FramePatch
        What was drawn from.
    left_out : int
        Patches that could not be drawn because next to nothing is expected there.
    touched : int
        Patches that could not be drawn because the team goes there already.
    seed : int
    hours : float
        What the team has.
    objective : float
        Expected incidents reached, weighted by type, over the places that were not drawn.
    bound : float
        No plan reaches more, in this part of the town, with this draw.
    relaxed_bound : float
        The same if places could be any cells, near each other or not: the worst case for the choice of candidates.
    proven : bool
        The bound holds for every connected and compact place; if not, only for the candidates that were looked at.
    finished : bool
        The plan is as good as ``plan.gap`` asks; if not, time was up and it is the best found.
    candidates : int
    seconds : float
    warnings : tuple of str
        Dutch sentences.
    why : tuple of str
        Dutch sentences: why this part of the town.
    passed_rules : mapping of str to str
    like_week : str
    kept, fresh, gone : tuple of str
        Against the week it was to be like: ids of places that stayed, came and went.
    """

    week: str
    use: str
    places: tuple[PlannedPlace, ...]
    refused: tuple[PlannedPlace, ...]
    parts: tuple[Part, ...]
    frame: tuple[FramePatch, ...]
    left_out: int
    touched: int
    seed: int
    hours: float
    objective: float
    bound: float
    relaxed_bound: float
    proven: bool
    finished: bool
    candidates: int
    seconds: float
    warnings: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    passed_rules: Mapping[str, str] = field(default_factory=dict)
    like_week: str = ""
    kept: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Distance to the bound, as a share of it."""
        return max(0.0, 1 - self.objective / self.bound) if self.bound > 0 else 0.0

    @property
    def planned_hours(self) -> float:
        """Hours of all places together."""
        return sum(place.hours for place in self.places)

    @property
    def districts(self) -> tuple[str, ...]:
        """Names of the districts of the week; empty for the whole town."""
        return self.parts[0].names
