# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from learn.conftest import TYPE, WEEK, SmallTown, after, top
from stip.learn import Choice, Scored, Stream, baseline_label, score_rows, score_week, totals, totals_of
from stip.settings import LearnSettings
from stip.space import shift_week

SETTINGS = LearnSettings(bootstrap_draws=400)
WEEKS = [shift_week(WEEK, n) for n in range(13)]


def scored(
    came: Sequence[Sequence[int]], choices: Sequence[Choice] = (), *, places: int = 0, crime_type: str = TYPE
) -> tuple[pd.DataFrame, dict[str, dict[str, dict[str, int]]]]:
    """Score weeks in which the outlook points at cells 0 … 5 and the baseline at 0, 1, 2, 50, 51, 52."""
    outlook = pd.DataFrame(
        {
            "cell": np.arange(200),
            "crime_type": crime_type,
            "expected": top(0, 1, 2, 3, 4, 5),
            "baseline": top(0, 1, 2, 50, 51, 52),
        }
    )
    rows = []
    for week, cells in zip(WEEKS, came, strict=False):
        counts = pd.DataFrame({"cell": list(cells), "week": week, "crime_type": crime_type, "count": 1.0})
        begin = pd.Timestamp("2026-09-06T22:00", tz="UTC")
        rows.append(score_rows(outlook, counts, list(choices), Scored(week, week, begin, "final"), area_share=0.03))
    streams = {str(choice.stream): places for choice in choices}
    told = {week: {"all": streams, TYPE: streams, "bicycle_theft": streams} for week in WEEKS}
    return pd.concat(rows, ignore_index=True), told


def row(found: pd.DataFrame, stream: str, crime_type: str = "all", *, beside: str = "") -> pd.Series:
    beside = beside or ("baseline" if stream == "outlook" else "outlook")
    chosen = found[(found["stream"] == stream) & (found["crime_type"] == crime_type) & (found["beside"] == beside)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_better_outlook_is_called_so_when_there_are_weeks_enough() -> None:
    chance = np.random.default_rng(5)
    came = [[*chance.choice([3, 4, 5], 3), *chance.choice([0, 1, 60], 2)] for _ in WEEKS]
    found = totals_of(*scored(came), SETTINGS)
    told = row(found, "outlook")
    assert told[["weeks", "total", "verdict"]].tolist() == [13, 65, "better"]
    assert told["share"] == pytest.approx(39 / 65)
    assert row(found, "outlook", TYPE)["mine"] == told["mine"]
    few = totals_of(*scored(came[:11]), SETTINGS)
    assert row(few, "outlook")["verdict"] == "too_few"


def test_no_difference_is_called_so() -> None:
    found = totals_of(*scored([[0, 1, 2, 100, 101]] * 13), SETTINGS)
    told = row(found, "outlook")
    assert (told["share"], told["verdict"]) == (0.0, "not_better")
    assert "De vooruitblik was niet beter dan de telling ernaast." in told["sentence"]


def test_a_worse_outlook_is_called_so() -> None:
    told = row(totals_of(*scored([[50, 51, 52]] * 13), SETTINGS), "outlook")
    assert told["verdict"] == "worse"
    assert "De vooruitblik was slechter dan de telling ernaast." in told["sentence"]


@pytest.mark.parametrize(("places", "verdict"), [(2, "too_few"), (3, "better")])
def test_people_are_judged_from_thirty_places_on(places: int, verdict: str) -> None:
    person = Choice(Stream.PERSON, (100, 101))
    told = row(totals_of(*scored([[100, 101, 0]] * 13, [person], places=places), SETTINGS), "person")
    assert told[["judgements", "verdict", "mine"]].tolist() == [13 * places, verdict, 26.0]
    assert told["theirs"] == pytest.approx(13 * 2 / 6)  # two of the six best cells, one incident in them


@pytest.mark.parametrize("stream", [Stream.PERSON, Stream.BETTER])
def test_what_people_point_at_stands_beside_the_outlook_and_the_baseline(stream: Stream) -> None:
    found = totals_of(*scored([[50, 100, 101, 0]] * 13, [Choice(stream, (100, 101))], places=3), SETTINGS)
    beside_outlook, beside_baseline = (row(found, stream, beside=name) for name in ("outlook", "baseline"))
    assert beside_outlook["mine"] == beside_baseline["mine"] == 26
    assert beside_outlook["theirs"] == pytest.approx(13 * 2 / 6)  # cell 0 is one of its six best
    assert beside_baseline["theirs"] == pytest.approx(13 * 2 * 2 / 6)  # cells 0 and 50
    assert "telling ernaast" in beside_baseline["sentence"]


def test_weeks_in_which_people_chose_nothing_do_not_count_against_them() -> None:
    person = Choice(Stream.PERSON, (100, 101))
    with_choice, judgements = scored([[100, 0]] * 13, [person], places=3)
    without, _ = scored([[0, 1]] * 13)
    rows = pd.concat([with_choice[with_choice["week"] < WEEKS[6]], without[without["week"] >= WEEKS[6]]])
    assert row(totals_of(rows, judgements, SETTINGS), "person")["weeks"] == 6


def test_places_that_were_dropped_stand_beside_what_was_expected_there() -> None:
    found = totals_of(*scored([[0, 1, 60]] * 13, [Choice(Stream.DOUBTED, (3, 4))], places=3), SETTINGS)
    told = row(found, "doubted")
    assert told["mine"] == pytest.approx(13 * 4.0)
    assert told["theirs"] == 0
    assert told["verdict"] == "better"
    assert "had gelijk" in told["sentence"]


def test_types_add_up() -> None:
    one, judgements = scored([[0, 60]] * 13)
    other, _ = scored([[3, 3, 3]] * 13, crime_type="bicycle_theft")
    found = totals_of(pd.concat([one, other]), judgements, SETTINGS)
    assert row(found, "outlook")["total"] == 13 * 5
    assert [row(found, "outlook", name)["total"] for name in (TYPE, "bicycle_theft")] == [26, 39]


def test_only_final_scores_of_the_workspace_count(small_town: SmallTown) -> None:
    assert totals(small_town.workspace).empty
    for week in WEEKS[:2]:
        small_town.outlook(top(0), top(1), week=week)
        small_town.incidents([0], week=week)
    score_week(small_town.workspace, WEEKS[0], at=after(WEEKS[0]))
    found = totals(small_town.workspace)
    assert found.empty
    assert "sentence" in found
    score_week(small_town.workspace, WEEKS[0], at=after(WEEKS[0], weeks=7))
    score_week(small_town.workspace, WEEKS[1], at=after(WEEKS[1], weeks=2))
    found = totals(small_town.workspace)
    assert row(found, "outlook")[["weeks", "total"]].tolist() == [1, 1]
    assert totals(small_town.workspace, weeks=[WEEKS[1]]).empty


def test_an_outlook_made_when_the_outcome_was_known_does_not_change_the_record(small_town: SmallTown) -> None:
    gone = "2001-W10"
    path = small_town.workspace.agreements / "bvh.toml"
    path.write_text(path.read_text().replace("2026-01-01", "2000-01-01"))
    small_town.outlook(top(0), top(1), week=gone)
    small_town.incidents([60], week=gone)
    small_town.deliveries(gone, 8)
    score_week(small_town.workspace, gone, at=after(gone, weeks=8))
    before = totals(small_town.workspace)
    small_town.outlook(top(60), top(0), week=gone, note="afterwards")
    score_week(small_town.workspace, gone, at=after(gone, weeks=8))
    pd.testing.assert_frame_equal(totals(small_town.workspace), before)


def test_the_baseline_has_its_one_name_and_none_when_it_changed(small_town: SmallTown) -> None:
    later = shift_week(WEEK, 1)
    small_town.outlook(top(0), top(1))
    small_town.outlook(top(0), top(1), week=later)
    assert baseline_label(small_town.workspace, [WEEK, later]) == "de laatste 52 weken"
    assert baseline_label(small_town.workspace, []) == ""
