# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from stip.learn import Block, Kind, Ranking, Side, block_now, pair_sentence, rank, ranking_sentence
from stip.learn.ranking import DOUBT
from stip.settings import LearnSettings
from stip.space import shift_week

SETTINGS = LearnSettings()
WEEKS = [shift_week("2025-W37", number) for number in range(130)]
FINAL_AT = {week: datetime(2025, 11, 1) + timedelta(weeks=number) for number, week in enumerate(WEEKS)}


def rows(
    weeks: int,
    people: float,
    outlook: float,
    baseline: float | None,
    *,
    seed: int = 1,
    kind: Kind = Kind.PEOPLE,
    team: str = "",
) -> pd.DataFrame:
    """Draw weeks in which each side catches so many on average, of sixty."""
    rng = np.random.default_rng(seed)
    drawn = {
        "people": rng.poisson(people, weeks),
        "outlook": rng.poisson(outlook, weeks),
        "baseline": rng.poisson(baseline, weeks) if baseline is not None else np.nan,
    }
    return pd.DataFrame(
        {"run_id": "r", "week": WEEKS[:weeks], "team": team, "kind": str(kind), "judgements": 6, "cells": 24,
         "total": 60.0, "state": "final", **drawn}
    )  # fmt: skip


def block(known: int, first: str = WEEKS[0]) -> Block:
    """Give the block when so many weeks are final."""
    return block_now({week: FINAL_AT[week] for week in WEEKS[:known]}, first)


def ranked(
    weeks: int, *means: float | None, known: int = 0, seed: int = 1, kind: Kind = Kind.PEOPLE, team: str = ""
) -> Ranking:
    drawn = rows(weeks, *means, seed=seed, kind=kind, team=team)  # type: ignore[arg-type]
    return rank(drawn, block(known or weeks), SETTINGS, kind=kind, team=team)


def test_a_clear_order_is_named_with_how_sure_that_is() -> None:
    found = ranked(52, 14, 10, 6)
    assert found.order == (Side.PEOPLE, Side.OUTLOOK, Side.BASELINE)
    assert found.certainty == pytest.approx(0.955)
    said = ranking_sentence(found, baseline="de laatste 52 weken")
    assert said.startswith("De mensen deden het best, dan de vooruitblik, dan ‘de laatste 52 weken’.")
    assert said.endswith("Dat is vastgesteld na 52 weken, 52 daarvan definitief, en voor dat moment 95,5 % zeker.")
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
    told = [rank(drawn, block(known), SETTINGS) for known in range(131)]
    assert [len(each.weeks) for each in told if not each.weeks] == [0] * 26
    assert len({(each.weeks, each.pairs) for each in told[26:52]}) == 1
    assert told[52] == told[77] != told[78]
    assert told[78].weeks == tuple(WEEKS[52:78])
    assert told[78].moment == 26
    assert sum(DOUBT.values()) == pytest.approx(0.05)


def test_peeking_every_week_of_a_year_is_wrong_at_most_five_times_in_a_hundred() -> None:
    wrong = 0
    for seed in range(400):
        drawn = rows(52, 7, 7, 7, seed=seed)
        wrong += any(not rank(drawn, block(known), SETTINGS).says_nothing for known in (26, 39, 52))
    assert wrong <= 30  # at 20 expected; 31 or more would come once in a hundred runs


@pytest.mark.parametrize(
    ("weeks", "known", "why"),
    [
        (4, 4, "er zijn 24 oordelen"),
        (10, 10, "de eerste volgorde komt als 2026-W10 definitief is"),
        (8, 52, "in 8 weken"),
    ],
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
    assert set(found.hits) == {Side.PEOPLE, Side.OUTLOOK}
    assert ranking_sentence(found).startswith(
        "Ter vergelijking, zonder uitspraak: op 312 geschrapte of verlaagde plekken kwamen in 52 weken"
    )


@pytest.mark.parametrize(
    ("kind", "team"), [(kind, team) for kind in Kind for team in ("", "noord") if (kind, team) != (Kind.PEOPLE, "")]
)
def test_only_people_of_the_whole_town_get_a_verdict(kind: Kind, team: str) -> None:
    """The intervals stay, for who wants to compare; with a verdict each, the page would be wrong far more often."""
    found = ranked(52, 30, 10, 2, kind=kind, team=team)
    assert found.says_nothing
    assert found.order == ()
    assert found.certainty == 0
    assert found.pairs[0].low > 0
    assert ranking_sentence(found).startswith("Ter vergelijking, zonder uitspraak: ")
    told = pair_sentence(found.pairs[0], kind, verdict=found.carries_verdict)
    assert "tegenover de vooruitblik: een verschil tussen" in told
    assert ranked(52, 30, 10, 2).order


def test_a_page_of_equal_cards_claims_something_at_most_five_years_in_a_hundred() -> None:
    """Three teams and all kinds: sixteen cards that each spoke at 5 % would do so in about half of the years."""
    wrong = 0
    for seed in range(40):
        cards = [(kind, team) for kind in Kind for team in ("", "noord", "zuid", "west")]
        told = [
            ranked(52, 7, 7, 7, seed=100 * seed + number, kind=kind, team=team)
            for number, (kind, team) in enumerate(cards)
        ]
        wrong += any(not each.says_nothing for each in told)
    assert wrong <= 7  # at 2 expected; 8 or more would come once in a thousand runs


def test_a_difference_that_is_the_same_each_week_is_sure_and_none_at_all_is_not() -> None:
    fixed = rows(52, 1, 1, 1).assign(people=3, outlook=2, baseline=1)
    assert rank(fixed, block(52), SETTINGS).order == (Side.PEOPLE, Side.OUTLOOK, Side.BASELINE)
    assert rank(fixed.assign(people=1, outlook=1), block(52), SETTINGS).says_nothing


def test_years_follow_each_other() -> None:
    assert block(104).weeks == tuple(WEEKS[52:104])
    assert block(52).weeks == block(60).weeks == tuple(WEEKS[:52])
    assert [block(known).next_at for known in (0, 26, 60)] == [WEEKS[25], WEEKS[51], WEEKS[77]]


def test_a_week_that_comes_late_moves_no_other_week_and_changes_no_ranking() -> None:
    missing = {week: FINAL_AT[week] for week in WEEKS[:30] if week != WEEKS[4]}
    before = block_now(missing, WEEKS[0])
    assert (before.moment, before.weeks) == (26, (*WEEKS[:4], *WEEKS[5:26]))
    late = block_now(missing | {WEEKS[4]: FINAL_AT[WEEKS[29]]}, WEEKS[0])
    assert late == before
    in_time = block_now(missing | {WEEKS[4]: FINAL_AT[WEEKS[25]]}, WEEKS[0])
    assert in_time.weeks == tuple(WEEKS[:26])


def test_a_late_week_of_the_half_counts_in_the_year() -> None:
    final_at = {week: FINAL_AT[week] for week in WEEKS[:52]} | {WEEKS[4]: FINAL_AT[WEEKS[29]]}
    assert block_now(final_at, WEEKS[0]).weeks == tuple(WEEKS[:52])


def test_blocks_count_from_the_week_that_was_named() -> None:
    assert block(52, WEEKS[10]).weeks == tuple(WEEKS[10:36])
    assert block(130, "") == Block()
    nothing = rank(rows(52, 14, 10, 6).iloc[:0], block(52, ""), SETTINGS)
    assert nothing.lacking.startswith("er zijn 0 oordelen")


def test_a_last_week_that_never_comes_does_not_hold_the_block_up() -> None:
    final_at = {week: FINAL_AT[week] for week in WEEKS[:27] if week != WEEKS[25]}
    assert block_now(final_at, WEEKS[0]).weeks == tuple(WEEKS[:25])


def test_a_handful_of_incidents_shows_nothing() -> None:
    few = rows(52, 0, 0, 0).assign(people=[1] * 8 + [0] * 44)
    assert rank(few, block(52), SETTINGS).says_nothing
    assert not rank(few.assign(people=[1] * 18 + [0] * 34), block(52), SETTINGS).says_nothing
