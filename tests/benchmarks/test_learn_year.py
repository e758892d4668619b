# SPDX-License-Identifier: EUPL-1.2
"""Years in which it is known who pointed better: the ranking names it, and says nothing where all are equal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.conftest import benchmark
from stip.learn import Block, Kind, Side, rank
from stip.samples import make_town, true_intensity
from stip.settings import LearnSettings

world_of = benchmark("learn_year_world")
years = benchmark("learn_year")
page = benchmark("learn_year_page")

EQUALS, SEEDS, MOST_CLAIMS = (
    ("equal", "equal_blind"),
    8,
    4,
)  # of 16 at 5 in a hundred, 5 or more come once in 1,200 runs
BUSY = 2.5  # the small town has 27 reports a week, the whole one 71


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Give the middle of the sample town, with an outlook that errs little and a baseline that errs much."""
    truth = true_intensity(make_town(tmp_path_factory.mktemp("town"), size="small").folder)
    wide = truth.groupby(["week", "cell"], observed=True)["expected"].sum().unstack().sort_index()
    known = BUSY * np.maximum(wide.to_numpy(np.float64)[:52], 1e-9)
    rng = np.random.default_rng(1)
    models = {
        name: known * np.exp(rng.normal(0, error, known.shape)) for name, error in (("good", 0.8), ("weak", 2.5))
    }
    return world_of.World(wide.columns.to_numpy(np.int64), tuple(map(str, wide.index[:52])), known, models)


def scenario(name: str) -> object:
    base = next(each for each in world_of.SCENARIOS if each.name == name)
    other = {"outlook": "good", "baseline": "weak"} if base.better[Side.OUTLOOK, Side.BASELINE] else {}
    return replace(base, **other)


@pytest.mark.parametrize("name", ["skilled", "unskilled"])
def test_the_built_in_order_is_named(world: object, name: str) -> None:
    built = scenario(name)
    told = [years.judge(world, built, seed) for seed in range(5)]
    want = [str(side) for side in world_of.true_order(built)]
    assert sum(each["order"] == want for each in told) >= 4
    assert not any(each["wrong"] for each in told)


@pytest.fixture(scope="module")
def equal_years(world: object) -> list[tuple[object, tuple[str, ...]]]:
    """Live some years of each scenario in which nobody is better."""
    return [world_of.live_a_year(world, scenario(name), seed=seed) for name in EQUALS for seed in range(SEEDS)]


def claims(years_lived: list[tuple[object, tuple[str, ...]]]) -> int:
    """Count the years in which something is said, at the half or at the end."""
    return sum(
        any(not rank(rows, Block(many, weeks[:many]), LearnSettings()).says_nothing for many in (26, 52))
        for rows, weeks in years_lived
    )


def test_equal_sides_are_not_told_apart(equal_years: list[tuple[object, tuple[str, ...]]]) -> None:
    assert claims(equal_years) <= MOST_CLAIMS


@pytest.mark.parametrize("doubt", [{26: 0.5, 52: 0.5}, {26: 1.0, 52: 1.0}])
def test_a_ranking_that_ignores_doubt_would_be_caught(
    equal_years: list[tuple[object, tuple[str, ...]]], doubt: dict[int, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound above tells a ranking at its doubt from one that names whoever happens to be ahead."""
    monkeypatch.setattr("stip.learn.ranking.DOUBT", doubt)
    assert claims(equal_years) > MOST_CLAIMS


def test_equal_sides_catch_as_much(equal_years: list[tuple[object, tuple[str, ...]]]) -> None:
    for lived in (equal_years[:SEEDS], equal_years[SEEDS:]):
        people = pd.concat([rows[rows["kind"] == "people"] for rows, _ in lived])  # type: ignore[index]
        hits = people[[str(side) for side in Side]].to_numpy(np.float64).sum(axis=0)
        assert np.ptp(hits) / hits.mean() < 0.25


def test_a_side_with_steady_errors_is_ahead_all_year(
    world: object, equal_years: list[tuple[object, tuple[str, ...]]]
) -> None:
    """It points at the same places each week: then weeks tell of those places, and the year is one draw of skill."""
    steady = [world_of.live_a_year(world, scenario("equal_same_places"), seed=seed) for seed in range(3)]
    assert _ahead(steady) > 3 * _ahead(equal_years[:SEEDS])


def _ahead(lived: list[tuple[object, tuple[str, ...]]]) -> float:
    """Return the mean squared difference of people and outlook, in errors as separate weeks would have them."""
    found = []
    for rows, _ in lived:
        people = rows[rows["kind"] == "people"]  # type: ignore[index]
        ahead = (people["people"] - people["outlook"]).to_numpy(np.float64)
        found.append(ahead.mean() / ahead.std(ddof=1) * np.sqrt(len(ahead)))
    return float(np.mean(np.square(found)))


def test_people_who_know_the_truth_point_where_most_happens(world: object) -> None:
    rows, weeks = world_of.live_a_year(world, scenario("skilled"), seed=3)
    found = rank(rows, Block(52, weeks), LearnSettings(), kind=Kind.PEOPLE)
    assert found.judgements == 52 * (len(world_of.OWN) + len(world_of.BETTER))
    assert 23 < found.cells <= sum(world_of.OWN) + sum(world_of.BETTER)  # a place may be hemmed in
    assert found.hits[Side.PEOPLE] > found.hits[Side.OUTLOOK] > found.hits[Side.BASELINE]
    again, _ = world_of.live_a_year(world, scenario("skilled"), seed=3)
    assert again.equals(rows)


def test_the_tables_go_between_their_marks(tmp_path: Path, world: object) -> None:
    line = {
        "name": "skilled", "what": "skilled people", "order": ["people", "outlook", "baseline"], "seeds": 200,
        "hits": {"people": 540.0, "outlook": 430.0, "baseline": 300.0}, "total": 3700.0,
    }  # fmt: skip
    counts = {"right": 190, "other_order": 0, "nothing": 3, "wrong_at_any_moment": 1}
    line |= counts | {f"{name}_interval": years.interval(count, 200) for name, count in counts.items()}
    file = tmp_path / "page.md"
    file.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    page.write_section(file, [line], {"made_on": "2026-11-26", "commit": "abc"})
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| skilled people | 540, 430, 300 of 3700 | 190 of 200 (91–98 %) |" in text
