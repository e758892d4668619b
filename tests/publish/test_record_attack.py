# SPDX-License-Identifier: EUPL-1.2
"""An attacker with the figures of a quarter and its evaluation together never learns a count under five."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import inf

import numpy as np
import pandas as pd

from publish.attacker import Told as Known
from publish.attacker import pinned
from publish.test_attack import drawn_town, told_of
from publish.towns import TYPES
from stip.publish import AREA, State
from stip.publish.hits import Hits, Told, WeekByWeek, hits_of, hits_together, most_in, week_by_week
from stip.publish.record_words import weeks_sentence
from stip.publish.rounding import inside_of
from stip.publish.tally import BASELINE, OUTLOOK, Tally

TOWNS = 200
_SMALL = 5
WEEKS = [f"2026-W{number}" for number in range(14, 27)]
REPORTED, IN_OUTLOOK, IN_BASELINE, BEYOND, MISSED, BASELINE_MISSED = range(6)  # after the neighbourhoods of a type


def drawn_tally(shown: int, rng: np.random.Generator) -> Tally:
    """Give what was measured of so many reports: most in whole weeks, some of them in places."""
    kept = int(rng.binomial(shown, rng.choice([0.8, 0.95, 1.0])))
    busy = rng.choice([0.05, 0.3, 0.9])
    inside = {name: rng.random(kept) < busy for name in (OUTLOOK, BASELINE)}
    if rng.random() < 0.2:
        inside[BASELINE] = inside[OUTLOOK].copy()
    keys = rng.integers(0, 2**63, kept, dtype=np.uint64)
    return Tally(keys, rng.choice(np.array(WEEKS, dtype=object), kept), inside)


def counts_of(tally: Tally) -> list[int]:
    """Give the true counts, in the order in which the attacker numbers them."""
    return [len(tally.keys), int(tally.inside[OUTLOOK].sum()), int(tally.inside[BASELINE].sum())]


def rest_of(tally: Tally, shown: int) -> list[int]:
    """Give the true counts that nobody tells, but that follow: outside the weeks, and outside the places."""
    whole, mine, theirs = counts_of(tally)
    return [shown - whole, whole - mine, whole - theirs]


def of_record(first: int, shown: list[int], hits: Hits) -> list[Known]:
    """Give what the evaluation of a type says; its own counts are numbered from ``first`` on."""
    whole, mine, theirs = first + REPORTED, first + IN_OUTLOOK, first + IN_BASELINE
    told = (hits.reported, hits.outlook, hits.baseline)
    said = [Known((first + number,), each.low, each.high) for number, each in enumerate(told)]
    said.append(Known(tuple(shown), 0, 0, less=(whole, first + BEYOND)))  # the weeks lie in the quarter
    rest = ((mine, MISSED), (theirs, BASELINE_MISSED))
    return said + [Known((whole,), 0, 0, less=(part, first + other)) for part, other in rest]


def pinned_with_all(seed: int, *, exact: bool) -> tuple[dict[int, int], list[int]]:
    """Give what can be learned from one town, and the true counts of everything that was unknown."""
    counts, figures, _ = drawn_town(seed)
    rng = np.random.default_rng(1_000_000 + seed)
    known: list[Known] = []
    true: list[int] = []
    tallies, hits, firsts = [], [], []
    for name in TYPES:
        at = len(true)
        for each in told_of(figures, name, exact=counts[name] if exact else None):
            known.append(Known(tuple(at + part for part in each.parts), each.low, each.high))
        true += counts[name]
        most = most_in(figures, name)
        if most is None:
            continue
        areas = figures[(figures["crime_type"] == name) & (figures["level"] == AREA)].reset_index(drop=True)
        shown = [int(part) for part in areas.index[areas["state"] == State.PUBLISHED]]
        together_shown = sum(counts[name][part] for part in shown)
        tally = drawn_tally(together_shown, rng)
        own = counts_of(tally)
        told = Hits(*(Told(each, each, each) for each in own)) if exact else hits_of(tally, most, rng.bytes(32))
        assert all(side.low <= count <= side.high for side, count in zip(sides_of(told), own, strict=True))
        known += of_record(len(true), [at + part for part in shown], told)
        firsts.append(len(true))
        true += own + rest_of(tally, together_shown)
        tallies.append(tally)
        hits.append(told)
    together = hits_together(hits)
    weeks = week_by_week(tallies, together, WEEKS)
    if weeks is not None:
        mine, theirs, whole = (
            tuple(first + place for first in firsts) for place in (IN_OUTLOOK, IN_BASELINE, REPORTED)
        )
        ways = list(ways_of(weeks))
        better, worse = (min(way[side] for way in ways) for side in (0, 1))
        known += [Known(mine, better, inf), Known(theirs, worse, inf)]
        known += [Known(whole, worse, inf, less=mine), Known(whole, better, inf, less=theirs)]
        for ahead, behind, least, other in ((mine, theirs, better, 1), (theirs, mine, worse, 0)):
            if all(way[other] == 0 for way in ways):  # no week went the other way
                known.append(Known(ahead, least, inf, less=behind))
    return pinned(len(true), known), true


def ways_of(told: WeekByWeek) -> Iterator[tuple[int, int]]:
    """Give in how many weeks it may have been better and worse, by all that the rule of telling leaves open."""
    for better, worse in product(range(told.weeks + 1), repeat=2):
        if better + worse <= told.weeks and WeekByWeek.of(told.weeks, better, worse) == told:
            yield better, worse


def sides_of(told: Hits) -> tuple[Told, Told, Told]:
    return told.reported, told.outlook, told.baseline


def test_figures_and_evaluation_together_pin_no_small_count_and_do_without_rounding() -> None:
    small = learned_without = 0
    for seed in range(TOWNS):
        found, true = pinned_with_all(seed, exact=False)
        assert {part: count for part, count in found.items() if count < _SMALL} == {}
        without, true = pinned_with_all(seed, exact=True)
        assert all(true[part] == count for part, count in without.items())
        small += sum(count < _SMALL for count in true)
        learned_without += sum(count < _SMALL for count in without.values())
    assert small > 1000
    assert learned_without > small / 2


def test_a_careless_evaluation_would_give_the_neighbourhoods_away() -> None:
    areas = [Known((part,), 0, 4) for part in range(4)]
    whole = Known((0, 1, 2, 3), 0, inf, less=(4,))
    assert pinned(5, [*areas, whole, Known((4,), 16, 24)]) == dict.fromkeys(range(4), 4) | {4: 16}
    for count in range(17):
        figure = inside_of(count, 0.0, 16)  # the draw that goes up whenever it may
        told = Told.of(figure)
        assert told.low <= count <= told.high
        assert pinned(5, [*areas, whole, Known((4,), told.low, told.high)]) == {}


def test_a_part_never_says_more_than_its_whole_leaves_open() -> None:
    for most in range(4, 60):
        for count in range(most + 1):
            for draw in (0.0, 0.5, 0.999):
                told = Told.of(inside_of(count, draw, most))
                assert told.low <= count <= told.high
                assert min(told.high, most) - told.low >= 3


def test_one_bad_week_and_none_are_told_alike_and_so_are_all_and_all_but_one() -> None:
    def tally(better: int, worse: int) -> Tally:
        week = np.array([*WEEKS[:better] * 3, *WEEKS[better : better + worse] * 3, *WEEKS * 9], dtype=object)
        n = len(week)
        mine, theirs = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
        mine[: 3 * better] = theirs[3 * better : 3 * (better + worse)] = True
        both = slice(3 * (better + worse), 3 * (better + worse) + 26)
        mine[both] = theirs[both] = True
        return Tally(np.arange(n, dtype=np.uint64), week, {OUTLOOK: mine, BASELINE: theirs})

    def said(better: int, worse: int) -> tuple[int | None, ...] | None:
        one = tally(better, worse)
        exact = Hits(*(Told.of(count) for count in counts_of(one)))
        found = week_by_week([one], exact, WEEKS)
        return None if found is None else (found.better, found.worse, found.equal)

    assert said(7, 4) == (7, 4, 2)
    assert said(7, 1) == said(7, 0) == (7, None, None)
    assert said(13, 0) == said(12, 1) == said(12, 0) == (12, None, None)
    assert said(0, 13) == said(1, 12) == (None, 12, None)
    assert said(0, 0) == (None, None, None)
    few = Hits(Told.of(200), Told.of(15), Told.of(40))
    assert week_by_week([tally(7, 4)], few, WEEKS) is None
    many = Hits(Told.of(200), Told.of(50), Told.of(50))
    assert week_by_week([tally(7, 4)], many, WEEKS[:2]) is None, "of two, both would be all and neither none"
    sentence = weeks_sentence(WeekByWeek(13, 12, None))
    assert "er ten minste 12 met meer" in sentence and "hoogstens één met minder" in sentence


def test_all_weeks_one_way_never_bounds_how_far_the_sums_lie_apart() -> None:
    for n, better, worse in product((3, 4, 13), range(14), range(14)):
        if better + worse > n:
            continue
        ways = list(ways_of(WeekByWeek.of(n, better, worse)))
        assert (better, worse) in ways
        assert any(way[0] > 0 for way in ways) and any(way[1] > 0 for way in ways)


def test_hidden_neighbourhoods_bound_nothing() -> None:
    figures = pd.DataFrame(
        {
            "crime_type": "vandalism",
            "level": ["gemeente", AREA, AREA],
            "state": [State.PUBLISHED, State.PUBLISHED, State.FEW_DWELLINGS],
            "figure": pd.array([10, 5, None], dtype="Int64"),
        }
    )
    assert most_in(figures, "vandalism") == 9
    assert most_in(figures.iloc[2:], "vandalism") is None
