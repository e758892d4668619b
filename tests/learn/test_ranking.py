# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.learn import Kind, Ranking, Side, rank, ranking_sentence
from stip.learn.ranking import DOUBT, weeks_judged_on
from stip.settings import LearnSettings
from stip.space import shift_week

SETTINGS = LearnSettings()
WEEKS = [shift_week("2025-W37", number) for number in range(130)]


def rows(
    weeks: int, people: float, outlook: float, baseline: float | None, *, seed: int = 1, kind: Kind = Kind.PEOPLE
) -> pd.DataFrame:
    """Draw weeks in which each side catches so many on average, of sixty."""
    rng = np.random.default_rng(seed)
    drawn = {
        "people": rng.poisson(people, weeks),
        "outlook": rng.poisson(outlook, weeks),
        "baseline": rng.poisson(baseline, weeks) if baseline is not None else np.nan,
    }
    return pd.DataFrame(
        {"run_id": "r", "week": WEEKS[:weeks], "team": "", "kind": str(kind), "judgements": 6, "cells": 24,
         "total": 60.0, "state": "final", **drawn}
    )  # fmt: skip


def ranked(weeks: int, *means: float | None, known: int = 0, seed: int = 1, kind: Kind = Kind.PEOPLE) -> Ranking:
    return rank(rows(weeks, *means, seed=seed, kind=kind), WEEKS[: known or weeks], SETTINGS, kind=kind)  # type: ignore[arg-type]


def test_a_clear_order_is_named_with_how_sure_that_is() -> None:
    found = ranked(52, 14, 10, 6)
    assert found.order == (Side.PEOPLE, Side.OUTLOOK, Side.BASELINE)
    assert found.certainty == pytest.approx(0.955)
    said = ranking_sentence(found, baseline="de laatste 52 weken")
    assert said.startswith("De mensen deden het best, dan de vooruitblik, dan ‘de laatste 52 weken’.")
    assert said.endswith("Dat is vastgesteld na 52 definitieve weken en voor dat moment 95,5 % zeker.")
    assert "Van 3.120 meldingen in 52 weken vielen er, in telkens evenveel vakken (gemiddeld 24 per week)" in said


def test_a_part_of_the_order_is_said_as_a_part() -> None:
    found = ranked(52, 4, 10, 10)
    assert found.order == ()
    assert {pair.better for pair in found.pairs} == {Side.OUTLOOK, Side.BASELINE, None}
    said = ranking_sentence(found)
    assert said.startswith("Een hele volgorde is niet te geven. De vooruitblik wees beter aan dan de mensen:")


def test_equal_sides_are_not_told_apart() -> None:
    found = ranked(52, 10, 10, 10)
    assert found.says_nothing
    assert ranking_sentence(found).startswith(
        "Geen uitspraak mogelijk: de mensen, de vooruitblik en de telling ernaast zijn niet van elkaar te"
    )


def test_the_ranking_is_made_at_fixed_moments_and_stands_in_between() -> None:
    """Who looks every week sees the ranking of the moment before, so looking more often finds nothing more."""
    drawn = rows(130, 14, 10, 6)
    told = [rank(drawn, WEEKS[:known], SETTINGS) for known in range(131)]
    assert [len(each.weeks) for each in told if not each.weeks] == [0] * 26
    assert len({(each.weeks, each.pairs) for each in told[26:52]}) == 1
    assert told[52] == told[77] != told[78]
    assert told[78].weeks == tuple(WEEKS[52:78])
    assert sum(DOUBT.values()) == pytest.approx(0.05)


def test_peeking_every_week_of_a_year_is_wrong_at_most_five_times_in_a_hundred() -> None:
    wrong = 0
    for seed in range(400):
        drawn = rows(52, 7, 7, 7, seed=seed)
        wrong += any(not rank(drawn, WEEKS[:known], SETTINGS).says_nothing for known in (26, 39, 52))
    assert wrong <= 30  # at 20 expected; 31 or more would come once in a hundred runs


@pytest.mark.parametrize(
    ("weeks", "known", "why"),
    [(4, 4, "er zijn 24 oordelen"), (10, 10, "er zijn 10 definitieve weken en er zijn er 26"), (8, 52, "in 8 weken")],
)
def test_nothing_is_said_on_too_little(weeks: int, known: int, why: str) -> None:
    found = ranked(weeks, 20, 10, 5, known=known)
    assert not found.pairs
    assert found.says_nothing
    assert found.lacking.startswith(why)
    assert ranking_sentence(found).startswith("Geen uitspraak mogelijk over de eigen plekken en ‘beter hier’ samen: ")


def test_weeks_without_a_judgement_count_for_the_moment_only() -> None:
    found = ranked(20, 14, 10, 6, known=26)
    assert (len(found.weeks), found.weeks_judged) == (26, 20)


def test_dropped_places_stand_beside_the_outlook_only() -> None:
    found = ranked(52, 12, 6, None, kind=Kind.DROPPED)
    assert found.order == (Side.PEOPLE, Side.OUTLOOK)
    assert ranking_sentence(found).startswith("Wie plekken schrapte deed het best, dan de vooruitblik.")


def test_a_difference_that_is_the_same_each_week_is_sure_and_none_at_all_is_not() -> None:
    fixed = rows(52, 1, 1, 1).assign(people=3, outlook=2, baseline=1)
    assert rank(fixed, WEEKS[:52], SETTINGS).order == (Side.PEOPLE, Side.OUTLOOK, Side.BASELINE)
    assert rank(fixed.assign(people=1, outlook=1), WEEKS[:52], SETTINGS).says_nothing


def test_years_follow_each_other() -> None:
    assert weeks_judged_on(WEEKS[:104]) == tuple(WEEKS[52:104])
    assert weeks_judged_on(WEEKS[:52]) == weeks_judged_on(WEEKS[:60]) == tuple(WEEKS[:52])


def test_a_handful_of_incidents_shows_nothing() -> None:
    few = rows(52, 0, 0, 0).assign(people=[1] * 8 + [0] * 44)
    assert rank(few, WEEKS[:52], SETTINGS).says_nothing
    assert not rank(few.assign(people=[1] * 18 + [0] * 34), WEEKS[:52], SETTINGS).says_nothing
