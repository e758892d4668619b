# SPDX-License-Identifier: EUPL-1.2
"""Leaks are planted in each family of features, and must be caught."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.errors import HistoryError
from stip.outlook import (
    Context,
    Forecaster,
    History,
    StudyArea,
    check_no_leaks,
    find_leaks,
    history_of,
    make_forecasters,
    model_names,
)
from stip.outlook.baselines import LongRun
from stip.outlook.blend import Blend
from stip.outlook.guard import another_future
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)
WEEK_TRIED = CUTOFF - 20
TYPES = ("home_burglary", "vandalism")


@pytest.fixture(scope="module")
def two_types(area: StudyArea) -> History:
    import pandas as pd

    both = pd.concat(
        [incidents(area, seed=1), incidents(area, crime_type="vandalism", per_week=8, seed=2)], ignore_index=True
    )
    context = Context(len(area), ("lamps_count",), np.random.default_rng(0).poisson(3.0, (len(area), 1)) * 1.0)
    return history_of(both, area, crime_types=TYPES, time_zone=ZONE, cutoff_week=CUTOFF, context=context)


def test_no_forecaster_in_the_register_looks_ahead(two_types: History, settings: OutlookSettings) -> None:
    leaks = find_leaks(
        two_types, lambda _: make_forecasters(tuple(model_names()), TYPES, settings), week=WEEK_TRIED, weeks=3
    )
    assert leaks == []


def peeking(full: History, family: str) -> type[Blend]:
    """Return the default model with a leak in one family of what it looks at."""

    class Peeking(Blend):
        def observe(self, known: History) -> None:
            from dataclasses import replace

            week = known.cutoff_week
            super().observe(known)
            ahead = full.as_known(min(week + 6, full.cutoff_week))
            if family in ("own", "others"):
                type_number = full.type_number("home_burglary" if family == "own" else "vandalism")
                rows = (known.type_index != type_number) | (known.known_week < week)
                more = ahead.type_index == type_number
                mixed = replace(
                    known,
                    **{
                        name: np.concatenate([getattr(known, name)[rows], getattr(ahead, name)[more]])
                        for name in ("cell_index", "type_index", "occurred_week", "weight", "east_m", "north_m")
                    },
                    known_week=np.concatenate([known.known_week[rows], ahead.known_week[more].clip(max=week - 1)]),
                )
                order = np.argsort(mixed.known_week, kind="stable")
                mixed = replace(
                    mixed,
                    **{
                        name: getattr(mixed, name)[order]
                        for name in (
                            "cell_index",
                            "type_index",
                            "occurred_week",
                            "known_week",
                            "weight",
                            "east_m",
                            "north_m",
                        )
                    },
                )
                leaky = type(self.columns_)(self.crime_type, mixed, fresh_memory(self.settings)).rates(mixed)
                self._rates_at = (week, leaky)
            if family in ("drawn", "repeats", "pool"):
                later = full.counts(self.crime_type, week, min(week + 6, full.cutoff_week)).clip(0)
                if family == "pool":
                    self.pool_.learn(1 / len(later) + _tilt(later), later)
                else:
                    rates = self.columns_.rates(known)
                    theirs = [place for place, column in enumerate(self.columns_.of) if getattr(column, family)]
                    rates[:, theirs] += later[:, None].astype(np.float32)
                    self._rates_at = (week, rates)
            if family == "begin":
                self.known_ = replace(known)
                self.known_.__dict__["first_weeks"] = full.first_weeks
            if family == "level":
                self.known_ = ahead
            if family == "context":
                counted = ahead.counts(self.crime_type, week, week + 6)
                self._context = Context(len(known.area), ("x",), counted[:, None]).scaled
            if family == "labels":
                self._book.enter(known)

        def fit(self, known: History) -> Blend:
            if family != "labels":
                return super().fit(known)
            from dataclasses import replace

            later = full.as_known(min(known.cutoff_week + 6, full.cutoff_week))
            return super().fit(replace(later, cutoff_week=known.cutoff_week, undelivered=known.undelivered))

    return Peeking


def _tilt(later: np.ndarray) -> np.ndarray:
    """Return shares that differ between experts, so that powers can be learned; each column adds up to 0."""
    ranked = np.argsort(np.argsort(later)) / len(later) - 0.5
    return np.outer(ranked, [1.0, -1.0, 0.5, -0.5]) / len(later) / 2


def fresh_memory(settings: OutlookSettings):  # noqa: ANN201
    from stip.outlook import Memory

    return Memory((*settings.half_lives_weeks, float("inf")), settings.widths_m)


def plant(family: str, settings: OutlookSettings) -> Callable[[History], list[Forecaster]]:
    return lambda full: [peeking(full, family)("home_burglary", settings, fresh_memory(settings))]


FAMILIES = ("own", "others", "drawn", "repeats", "pool", "level", "begin", "context", "labels")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_leak_in_each_family_is_caught(two_types: History, settings: OutlookSettings, family: str) -> None:
    leaks = find_leaks(two_types, plant(family, settings), week=WEEK_TRIED)
    assert leaks == ["blend (home_burglary)"]


FUTURES: dict[str, Callable[[History, int], float]] = {
    "how much comes": lambda full, week: len(full.arrived(week, week + 1)),
    "when it comes": lambda full, week: full.arrived(week, full.cutoff_week).known_week.mean(),
    "where in its cell, east": lambda full, week: full.arrived(week, week + 1).east_m.mean(),
    "where in its cell, north": lambda full, week: full.arrived(week, week + 1).north_m.mean(),
    "what is not delivered": lambda full, week: week in full.undelivered_of("home_burglary"),
    "what lies outside": lambda full, week: len(full.outside_known_week),
    "what is coarse": lambda full, week: len(full.coarse_known_week),
}


@pytest.mark.parametrize("undelivered", [(), ((WEEK_TRIED - 30, WEEK_TRIED), ())])
@pytest.mark.parametrize("told", FUTURES)
def test_anything_of_the_future_is_caught(
    two_types: History, settings: OutlookSettings, told: str, undelivered: tuple[tuple[int, ...], ...]
) -> None:
    from dataclasses import replace

    history = replace(two_types, undelivered=undelivered)

    def make(full: History) -> list[Forecaster]:
        class Teller(LongRun):
            name = "teller"

            def predict(self) -> np.ndarray:
                return super().predict() + float(FUTURES[told](full, self.known_.cutoff_week))

        return [Teller("home_burglary", settings, fresh_memory(settings))]

    assert find_leaks(history, make, week=WEEK_TRIED) == ["teller (home_burglary)"]
    assert find_leaks(history, lambda _: make(history), week=WEEK_TRIED) == []  # it is the future, and nothing else


def test_the_other_future_is_in_order_and_the_past_is_as_it_was(two_types: History) -> None:
    other = another_future(two_types, WEEK_TRIED)
    past, same = two_types.as_known(WEEK_TRIED), other.as_known(WEEK_TRIED)
    for name in ("cell_index", "type_index", "occurred_week", "known_week", "weight", "east_m", "north_m"):
        np.testing.assert_array_equal(getattr(same, name), getattr(past, name))
        assert getattr(other, name).dtype == getattr(two_types, name).dtype
    assert (np.diff(other.known_week) >= 0).all()
    assert another_future(two_types, CUTOFF).known_week.max() < CUTOFF


def test_the_same_model_without_a_leak_is_left_in_peace(two_types: History, settings: OutlookSettings) -> None:
    assert find_leaks(two_types, plant("none", settings), week=WEEK_TRIED) == []


def test_a_leak_is_refused_in_a_sentence(two_types: History, settings: OutlookSettings) -> None:
    def make(full: History) -> list[Forecaster]:
        class Oracle(LongRun):
            name = "oracle"

            def predict(self) -> np.ndarray:
                week = self.known_.cutoff_week
                return full.counts(self.crime_type, week, week + 1) + 0.01

        return [Oracle("home_burglary", settings, fresh_memory(settings))]

    with pytest.raises(HistoryError, match=r"oracle \(home_burglary\)"):
        check_no_leaks(two_types, make, week=WEEK_TRIED)
