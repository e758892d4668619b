# SPDX-License-Identifier: EUPL-1.2
"""A year in which it is known who has more skill: true intensity, real forecasts, and people who behave as told.

The true intensity of a week is the mean count of each cell given all that happened before its Monday, and what the
models expect was made from that same past. So a week may be drawn again and again beside the same forecast: each seed
is another outcome of 52 weeks that were seen beforehand in the same way.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from accuracy_sample import make_sample, sample_files

from stip.learn import Choice, Kind, Scored, Side, Stream, side_by_side
from stip.learn.places_like import neighbours
from stip.outlook import backtest, make_forecasters, read_history
from stip.samples import true_intensity
from stip.space import shift_week, week_from_number, week_start

Doubles = npt.NDArray[np.float64]
ZONE = "Europe/Amsterdam"
YEAR = 52
MODELS = ("blend", "last_52_weeks", "recent_mean", "same_season_last_year")
OWN, BETTER, PROPOSED, DROPS = (6, 6), (3, 3, 3, 3), (6,) * 7, 3
"""Cells of the own places, of each *beter hier* and of the places proposed in a week, and how many are dropped."""


@dataclass(frozen=True)
class World:
    """What is true, and what is expected.

    Attributes
    ----------
    cells : ndarray, shape (cells,)
        Ascending.
    weeks : tuple of str
    truth : ndarray, shape (weeks, cells)
        Of all crime types together, as people and the ranking see it.
    models : dict of str to ndarray, shape (weeks, cells)
    """

    cells: npt.NDArray[np.int64]
    weeks: tuple[str, ...]
    truth: Doubles
    models: dict[str, Doubles] = field(repr=False)


@dataclass(frozen=True)
class Scenario:
    """Who has which skill.

    Attributes
    ----------
    name, what : str
    outlook, baseline : str
        Model in the part of each; ``equal`` is the truth with errors drawn anew for each side, week and cell.
    people : float
        Errors of people: the standard deviation of the logarithm of what they believe over what is true. 0 knows the
        truth; ``inf`` points blindly.
    better : dict
        Who is really better of each two sides; None where they are built equal.
    named : bool
        Whether the ranking ought to name the whole order in nine of ten years.
    steady : bool
        Whether the errors of each side are the same in every week of the year, as with people who know some streets
        well and others badly: then a side points at much the same places all year. Else they are drawn anew.
    """

    name: str
    what: str
    outlook: str
    baseline: str
    people: float
    better: dict[tuple[Side, Side], Side | None]
    named: bool = True
    steady: bool = False


def _built(*order: Side) -> dict[tuple[Side, Side], Side | None]:
    return {(one, other): one for place, one in enumerate(order) for other in order[place + 1 :]}


P, O, B = Side.PEOPLE, Side.OUTLOOK, Side.BASELINE  # noqa: E741 - the three sides
ALIKE: dict[tuple[Side, Side], Side | None] = {(P, O): None, (P, B): None, (O, B): None}
EQUAL_ERROR = 0.8
SCENARIOS = (
    Scenario("skilled", "skilled people, a plain outlook (the last 8 weeks), a weak count (the season a year before)",
             "recent_mean", "same_season_last_year", 0.0, _built(P, O, B)),
    Scenario("fair", "people in between: the outlook, then people, then the season a year before",
             "blend", "same_season_last_year", 0.85, _built(O, P, B)),
    Scenario("unskilled", "people who point blindly: the outlook, then the last 8 weeks, then people",
             "blend", "recent_mean", np.inf, _built(O, B, P)),
    Scenario("baseline_wins", "a weak outlook: the last 52 weeks, then the outlook (a season before), then people",
             "same_season_last_year", "last_52_weeks", np.inf, _built(B, O, P)),
    Scenario("equal", "all three equal: truth with errors of one size", "equal", "equal", EQUAL_ERROR, ALIKE),
    Scenario("equal_blind", "all three equal: each points blindly", "blind", "blind", np.inf, ALIKE),
    Scenario("equal_same_places", "all three equal on average, each with the same errors (so places) all year",
             "equal", "equal", EQUAL_ERROR, ALIKE, steady=True),
    Scenario("skilled_beside_best", "skilled people beside the outlook as it is, and the season a year before",
             "blend", "same_season_last_year", 0.0, _built(P, O, B), named=False),
    Scenario("default", "the settings as they come: the outlook, the last 52 weeks, people in between",
             "blend", "last_52_weeks", 0.75, _built(O, B, P), named=False),
)  # fmt: skip


def true_order(scenario: Scenario) -> tuple[Side, ...]:
    """Return the sides, really best first; empty when they are equal."""
    if None in scenario.better.values():
        return ()
    return tuple(sorted(Side, key=lambda side: -sum(best is side for best in scenario.better.values())))


def make_world(folder: Path, *, names: tuple[str, ...] = MODELS) -> World:
    """Make the sample town, read it like any town, and look ahead to each of its last 52 weeks with these models."""
    os.environ.setdefault("STIP_KEYS", str(folder / "keys"))
    workspace = make_sample(folder, tell=lambda _: None)
    settings = workspace.settings.outlook
    last = pd.read_parquet(sample_files(folder) / "truth_incidents.parquet")
    after = shift_week(str(last.loc[~last["future"], "week"].max()), 1)
    history = read_history(workspace, after)
    found: dict[tuple[str, str, int], Doubles] = {}
    backtest(
        history,
        make_forecasters(names, settings.targets, settings),
        weeks=YEAR,
        refit_weeks=settings.refit_weeks,
        watch=lambda made: found.update({(made.model, made.crime_type, made.week): made.expected}),
    )
    numbers = sorted({week for _, _, week in found})
    weeks = tuple(week_from_number(number) for number in numbers)
    truth = true_intensity(sample_files(folder))
    truth = (
        truth[truth["week"].isin(weeks)].groupby(["week", "cell"], observed=True, as_index=False)["expected"].sum()
    )
    cells = history.area.cells
    models = {
        model: np.stack([sum(found[model, name, number] for name in settings.targets) for number in numbers])
        for model in names
    }
    return World(cells, weeks, np.maximum(_wide(truth, weeks, cells), 1e-9), models)


def _wide(table: pd.DataFrame, weeks: tuple[str, ...], cells: npt.NDArray[np.int64]) -> Doubles:
    wide = table.astype({"week": str}).pivot(index="week", columns="cell", values="expected")
    return wide.reindex(index=list(weeks), columns=cells, fill_value=0.0).to_numpy(np.float64)


def believed(truth: Doubles, error: float, rng: np.random.Generator) -> Doubles:
    """Return what somebody believes of each cell: the truth with errors; blindly when they are without bound."""
    if np.isinf(error):
        return rng.random(truth.shape)
    return truth * np.exp(rng.normal(0.0, error, truth.shape)) if error else truth


def live_a_year(world: World, scenario: Scenario, *, seed: int) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Let people plan, drop and tell for a year, draw what comes, and score each week as Stip does.

    Returns
    -------
    DataFrame that keeps the BESIDE contract
    tuple of str
        The weeks.
    """
    rng = np.random.default_rng([seed, 20260907])
    beside = neighbours(world.cells)
    parts = []
    for number, week in enumerate(world.weeks):
        truth = world.truth[number]
        of_people, *others = [np.random.default_rng([seed, side]) if scenario.steady else rng for side in range(3)]
        outlook, baseline = (
            _expected(world, name, number, own)
            for name, own in zip((scenario.outlook, scenario.baseline), others, strict=True)
        )
        choices = decided(world, believed(truth, scenario.people, of_people), outlook, beside)
        begin = pd.Timestamp(week_start(week, ZONE)).tz_convert("UTC")
        table = pd.DataFrame({"cell": world.cells, "crime_type": "all", "expected": outlook, "baseline": baseline})
        drawn = rng.poisson(truth)
        some = np.flatnonzero(drawn)
        came = pd.DataFrame({"cell": world.cells[some], "crime_type": "all", "count": drawn[some].astype(np.float64)})
        scored = Scored("year", week, begin, "final")
        parts.append(side_by_side(table, came, choices, scored, kinds=(Kind.PEOPLE, Kind.DROPPED)))
    return pd.concat(parts, ignore_index=True), world.weeks


def _expected(world: World, name: str, number: int, rng: np.random.Generator) -> Doubles:
    if name in world.models:
        return world.models[name][number]
    return believed(world.truth[number], np.inf if name == "blind" else EQUAL_ERROR, rng)


def decided(world: World, beliefs: Doubles, outlook: Doubles, beside: npt.NDArray[np.int64]) -> list[Choice]:
    """Return what people who hold these beliefs say of a week.

    They drop the proposed places where they believe least happens, add the places where they believe most happens,
    and named the next best as *beter hier* in the week before.
    """
    proposed = grown(outlook, PROPOSED, np.argsort(-outlook, kind="stable"), beside)
    doubted = sorted(proposed, key=lambda place: float(beliefs[place].sum()))[:DROPS]
    chosen = grown(beliefs, (*OWN, *BETTER), np.argsort(-beliefs, kind="stable"), beside)
    own, better = chosen[: len(OWN)], chosen[len(OWN) :]
    return [
        Choice(stream, tuple(sorted(world.cells[place].tolist())))
        for stream, places in ((Stream.DOUBTED, doubted), (Stream.PERSON, own), (Stream.BETTER, better))
        for place in places
    ]


def grown(
    worth: Doubles, sizes: tuple[int, ...], order: npt.NDArray[np.int64], beside: npt.NDArray[np.int64]
) -> list[list[int]]:
    """Return places of these sizes, each from the best free cell on, taking the best free neighbour."""
    taken: set[int] = set()
    places = []
    for size in sizes:
        first = next(int(cell) for cell in order if int(cell) not in taken)
        place = [first]
        taken.add(first)
        while len(place) < size:
            free = {int(near) for cell in place for near in beside[cell] if near >= 0} - taken
            if not free:
                break
            best = max(free, key=worth.__getitem__)
            place.append(best)
            taken.add(best)
        places.append(place)
    return places
