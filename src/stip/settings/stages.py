# SPDX-License-Identifier: EUPL-1.2
"""What can be set for each stage of the week."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from stip.settings.base import Frozen
from stip.settings.measure import Measure

_LONGEST_SCALE = 50_000  # weeks or metres


class ServiceSettings(Frozen):
    """How patiently an open-data service is asked, and how much of it is taken in.

    Attributes
    ----------
    timeout_seconds : float
        Longest silence of the service.
    deadline_seconds : float
        Longest time one answer may take from first to last byte.
    attempts : int
        How often the same question is put when the service fails in passing.
    first_wait_seconds, longest_wait_seconds : float
        Pause before the second attempt, doubled before each next one, up to the longest.
    max_mb : float
        Largest answer, unpacked.
    max_pages : int
        Most pages of one collection; more means that the service never ends.
    private_hosts : tuple of str
        Hosts on the own network that may be asked, such as the town's own map server.
    """

    timeout_seconds: float = Field(20, gt=0)
    deadline_seconds: float = Field(180, gt=0)
    attempts: int = Field(5, ge=1, le=10)
    first_wait_seconds: float = Field(1, ge=0)
    longest_wait_seconds: float = Field(60, ge=0)
    max_mb: float = Field(200, gt=0)
    max_pages: int = Field(5000, ge=1)
    private_hosts: tuple[str, ...] = ()


class IntakeSettings(Frozen):
    """How strictly files and services are read.

    Attributes
    ----------
    refused_limit : float
        Share of rows that may be refused before the whole file is stopped.
    window_cap_hours : int
        A time window longer than this is cut to its last so many hours.
    service : ServiceSettings
        How open-data services are asked.
    """

    refused_limit: float = Field(0.05, ge=0, le=1)
    window_cap_hours: int = Field(168, ge=1, le=8784)
    service: ServiceSettings = ServiceSettings()


MEASURE_NAMES = ("area_share", "count", "density", "distance", "mean")
"""What can be measured of a layer around a cell; `stip.link` does it."""


class FeatureSettings(Frozen):
    """One context layer as the outlook uses it.

    Attributes
    ----------
    layer : str
        Name of the layer in the workspace.
    measures : tuple of str
        Out of ``count``, ``density``, ``distance``, ``area_share``, ``mean``; see `stip.link`.
    radius_m : int
        How far around a cell's middle counts and means look; 0 is the cell itself.
    """

    layer: str = Field(min_length=1)
    measures: tuple[str, ...] = ("count", "distance")
    radius_m: int = Field(0, ge=0, le=50_000)

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, measures: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [name for name in measures if name not in MEASURE_NAMES]
        if wrong or not measures:
            said = f"‘{wrong[0]}’ ken ik niet" if wrong else "hier staat niets"
            raise ValueError(f"{said}; kies uit {', '.join(MEASURE_NAMES)}")
        return measures


class LinkSettings(Frozen):
    """Which context is tied to cells.

    Attributes
    ----------
    features : tuple of FeatureSettings
    allow_socio_economic : bool
        Whether layers about income, benefits, house values and the like may be used.
    layer_names : dict of str to str
        What a layer is called on screen, by its name; the usual ones have a Dutch name already.
    """

    features: tuple[FeatureSettings, ...] = ()
    allow_socio_economic: bool = False
    layer_names: dict[str, str] = Field(default_factory=dict)


class OutlookSettings(Frozen):
    """How the outlook is made.

    Attributes
    ----------
    targets : tuple of str
        Crime types to look ahead for.
    model, baseline : str
        Names in the registry; the baseline stands beside every figure.
    half_lives_weeks, widths_m : tuple of float
        The scales over which the default model remembers and smooths; width 0 is the cell itself.
    refit_weeks : int
        Coefficients are learned again after so many weeks; the state moves on every week.
    training_weeks : int
        How many past weeks the coefficients are learned from.
    seed : int
    """

    targets: tuple[str, ...] = ("home_burglary",)
    model: str = "blend"
    baseline: str = "last_52_weeks"
    half_lives_weeks: tuple[float, ...] = (0.6, 3, 12, 52)
    widths_m: tuple[float, ...] = (0, 90, 200, 400, 1000)
    refit_weeks: int = Field(13, ge=1, le=5200)
    training_weeks: int = Field(104, ge=8, le=5200)
    seed: int = Field(20260907, ge=0, le=2**32 - 1)

    @field_validator("model", "baseline")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
            raise ValueError(f"‘{name}’ kan geen naam zijn; schrijf bijvoorbeeld blend of last_52_weeks")
        return name

    @field_validator("targets")
    @classmethod
    def _some_target(cls, targets: tuple[str, ...]) -> tuple[str, ...]:
        if not targets:
            raise ValueError("noem ten minste één soort melding")
        twice = [name for name in targets if targets.count(name) > 1]
        if twice:
            raise ValueError(f"‘{twice[0]}’ staat er twee keer; één keer is genoeg")
        return targets

    @field_validator("half_lives_weeks", "widths_m")
    @classmethod
    def _some_scales(cls, scales: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        if not scales:
            raise ValueError("hier staat niets; noem ten minste één getal, zoals [2, 16]")
        zero_too = info.field_name == "widths_m"
        for scale in scales:
            if scale < 0 or (scale == 0 and not zero_too):
                raise ValueError(
                    f"‘{scale:g}’ is te klein; kies getallen {'van 0 of hoger' if zero_too else 'boven 0'}"
                )
            if scale > _LONGEST_SCALE:
                raise ValueError(f"‘{scale:g}’ is te groot; kies getallen tot en met {_LONGEST_SCALE}")
            if scales.count(scale) > 1:
                raise ValueError(f"‘{scale:g}’ staat er twee keer; één keer is genoeg")
        return scales


class PlanSettings(Frozen):
    """What the team can do and how its weeks spread over the town.

    Attributes
    ----------
    teams : dict of str to str
        The teams of the town: their names by their codes, the first one first; a list of names will do, then the
        codes are made of them. A code stands with decisions, so it is no name of a person.
    hours : float
        Hours of the team in a week.
    hours_per_visit : float
        Hours one visit of a place takes; a place gets a whole number of visits.
    max_visits : int
        Most visits to one place in a week.
    travel_hours : float
        Hours lost for each place, besides its visits.
    place_cells : tuple of int
        Fewest and most cells in one place.
    place_steps : int
        Most steps between two cells of one place, walking from side to side; 0 is as many as the squarest block of
        the most cells takes: 3 for 6 cells.
    max_places : int
    feedback_weeks : int
        So many weeks after its own week the team may still tell about a plan.
    districts_per_week : int
        Over how many adjoining districts the week may spread; 0 is the whole town.
    rotation_visits, rotation_weeks : int
        A district that had the team in so many (``rotation_visits``) of the last ``rotation_weeks`` weeks is passed
        over, unless there is a reason. 1 of 1: never two weeks running.
    spread_visits, spread_weeks : int
        A place that was in the plan in so many (``spread_visits``) of the last ``spread_weeks`` weeks is asked a
        reason for.
    random_share : float
        Share of the places chosen at random, with recorded probability.
    random_floor : float
        A place can be drawn when it holds at least this share of what is expected in the average place of its
        part of the town.
    rotation_growth : float
        How much heavier a district counts for each week since its last turn.
    keep_bonus : float
        How much heavier a place of the week before counts when a plan like that week's is asked.
    catch_per_visit : float
        Share of a cell's expected incidents that one visit is counted to reach, each next visit of the rest.
    balance : dict of str to float
        Weight of each crime type; types left out weigh 1.
    balance_power : float
        How far a frequent type is held back: 0 counts each incident the same, 1 each type the same in total.
    gap : float
        Distance to the proven bound at which the solver may stop, as a share.
    seconds : float
        Longest time the solver may take.
    """

    teams: dict[str, str] = Field(default_factory=lambda: {"flexteam": "flexteam"})
    hours: float = Field(96, gt=0)
    hours_per_visit: float = Field(4, gt=0)
    max_visits: int = Field(3, ge=1, le=7)
    travel_hours: float = Field(0.5, ge=0)
    place_cells: tuple[int, int] = (2, 6)
    place_steps: int = Field(0, ge=0)
    max_places: int = Field(7, ge=1)
    feedback_weeks: int = Field(4, ge=0, le=52)
    districts_per_week: int = Field(1, ge=0)
    rotation_visits: int = Field(1, ge=1)
    rotation_weeks: int = Field(1, ge=1, le=520)
    spread_visits: int = Field(2, ge=1)
    spread_weeks: int = Field(4, ge=1, le=520)
    random_share: float = Field(0.2, ge=0, le=0.5)
    catch_per_visit: float = Field(0.3, gt=0, le=1)
    random_floor: float = Field(0.25, ge=0, lt=1)
    rotation_growth: float = Field(0.1, ge=0)
    keep_bonus: float = Field(0.1, ge=0, le=1)
    balance: dict[str, float] = Field(default_factory=dict)
    balance_power: float = Field(0.5, ge=0, le=1)
    gap: float = Field(0.005, ge=0, lt=1)
    seconds: float = Field(25, gt=0)

    @field_validator("teams", mode="before")
    @classmethod
    def _codes_of_names(cls, teams: Any) -> Any:
        if not isinstance(teams, list | tuple) or not all(isinstance(name, str) for name in teams):
            return teams
        names = [name.strip() for name in teams]
        codes = [re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") for name in names]
        if len(set(codes)) < len(codes):
            raise ValueError("twee teams heten bijna hetzelfde; geef ze elk een eigen naam")
        return dict(zip(codes, names, strict=True))

    @field_validator("teams")
    @classmethod
    def _some_team(cls, teams: dict[str, str]) -> dict[str, str]:
        if not teams:
            raise ValueError('noem ten minste één team, zoals ["flexteam"]')
        for code, name in teams.items():
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", code):
                raise ValueError(f"‘{code}’ kan geen code van een team zijn; schrijf bijvoorbeeld noord")
            if not 1 <= len(name.strip()) <= 80:
                raise ValueError(f"het team ‘{code}’ heeft geen naam; schrijf er een van 1 tot 80 tekens")
        return teams

    @field_validator("balance")
    @classmethod
    def _no_negative_weight(cls, balance: dict[str, float]) -> dict[str, float]:
        for name, weight in balance.items():
            if not 0 <= weight < float("inf"):
                raise ValueError(f"het gewicht van ‘{name}’ is {weight}; geef een getal van 0 of meer")
        return balance

    @field_validator("place_cells")
    @classmethod
    def _fewest_first(cls, cells: tuple[int, int]) -> tuple[int, int]:
        if not 1 <= cells[0] <= cells[1] <= 12:
            raise ValueError("een plek telt 1 tot 12 vakken, het kleinste getal eerst, zoals [2, 6]")
        return cells


class LearnSettings(Frozen):
    """When the work counts as a success; to be filled in before the first plan is fixed.

    Attributes
    ----------
    goal : str
        What the town wants to reach, in one sentence.
    success : str
        The measure and the figure by which the town will judge, in one sentence.
    measure : Measure
        The same such that Stip computes it for the half-yearly decision to go on or stop.
    area_share : float
        Share of the area at which hits are counted.
    final_after_weeks : int
        A score is provisional until so many weeks have passed, because reports come in late.
    verdict_weeks, verdict_incidents : int
        No verdict with fewer final weeks or incidents than this.
    verdict_judgements : int
        No verdict on what people chose with fewer chosen places than this.
    verdict_margin : float
        A difference smaller than this, as a share of all incidents, is not worth speaking of.
    bootstrap_draws, seed : int
        How the interval of a difference is drawn.
    """

    goal: str = ""
    success: str = ""
    measure: Measure = Measure()
    area_share: float = Field(0.03, gt=0, lt=1)
    final_after_weeks: int = Field(6, ge=1, le=520)
    verdict_weeks: int = Field(12, ge=2)
    verdict_incidents: int = Field(30, ge=1)
    verdict_judgements: int = Field(30, ge=30)
    verdict_margin: float = Field(0.02, gt=0, lt=1)
    bootstrap_draws: int = Field(2000, ge=200, le=100_000)
    seed: int = Field(20260907, ge=0)
