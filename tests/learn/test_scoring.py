# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from learn.conftest import TYPE, WEEK, ZONE, SmallTown, after, top
from stip.agreements import record_pause
from stip.errors import AgreementError, ContractError, HistoryError, WorkspaceError
from stip.learn import came_in, due_weeks, latest_score, outlook_that_counts, record_feedback, score_week, state_of
from stip.space import shift_week, week_start
from stip.store import SCORE, conform, runs_of

SUNDAY = 6


def line(rows: pd.DataFrame, model: str, area_share: float | None = None) -> pd.Series:
    found = rows[rows["model"] == model]
    found = found if area_share is None else found[np.isclose(found["area_share"], area_share)]
    assert len(found) == 1
    return found.iloc[0]


def test_outlook_and_baseline_stand_side_by_side(small_town: SmallTown) -> None:
    small_town.outlook(top(0, 1, 2, 3, 4, 5), top(0, 1, 100, 101, 102, 103))
    small_town.incidents([0, 1, 2, 3, 150])
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    conform(rows, SCORE)
    outlook, baseline = line(rows, "outlook", 0.03), line(rows, "baseline", 0.03)
    assert (outlook["hits"], baseline["hits"]) == (4.0, 2.0)
    assert outlook["total"] == baseline["total"] == 5.0
    assert outlook["best_hits"] == 5.0
    assert outlook["expected"] == pytest.approx(12 + 194 * 0.01)
    assert outlook["deviance"] < baseline["deviance"]
    assert outlook["cutoff"] == pd.Timestamp(week_start(WEEK, ZONE))
    assert set(rows["state"]) == {"provisional"}
    assert sorted(rows.loc[rows["model"] == "outlook", "area_share"]) == [0.01, 0.03, 0.05, 0.10]


def test_places_stand_beside_as_many_cells_of_the_outlook(small_town: SmallTown) -> None:
    small_town.outlook(top(0, 1, 2, 3), top(50, 51))
    small_town.incidents([0, 10, 11, 60, 90, 90])
    small_town.plan({"a": ("outlook", [0, 1]), "b": ("person", [10, 11, 12]), "c": ("random", [60, 61])})
    small_town.override("drop", [90, 91])
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    plan, person = line(rows, "plan"), line(rows, "person")
    drawn, doubted = line(rows, "random"), line(rows, "doubted")
    assert [row["hits"] for row in (plan, person, drawn, doubted)] == [1.0, 2.0, 1.0, 2.0]
    assert [row["area_share"] for row in (plan, person, drawn, doubted)] == [0.01, 0.015, 0.01, 0.01]
    assert doubted["expected"] == pytest.approx(0.02)
    assert person["best_hits"] == 4.0  # three cells could have held 2 + 1 + 1
    assert pd.isna(person["deviance"])
    # At the share of each place stream, the outlook is scored by its best so many cells; ties share alike.
    assert line(rows, "outlook", 0.015)["hits"] == pytest.approx(1 * 3 / 4)
    assert line(rows, "baseline", 0.015)["hits"] == pytest.approx(6 / 198)


def test_a_window_over_midnight_on_sunday_counts_for_its_part(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    small_town.incidents([0], day=SUNDAY, hours=48)  # Sunday 00:00 until Tuesday 00:00
    small_town.incidents([1], day=-1, hours=36)  # Sunday before 00:00 until Monday 12:00
    came = came_in(small_town.workspace, WEEK, at=after(WEEK, days=2))
    counted = dict(zip(came["cell"], came["count"], strict=True))
    assert counted == pytest.approx({small_town.cells[0]: 0.5, small_town.cells[1]: 1 / 3})


def test_only_what_was_known_by_then_counts_and_the_newer_score_is_added(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    small_town.incidents([0, 0], known_days=2)
    small_town.incidents([0], known_days=20)
    first = score_week(small_town.workspace, WEEK, at=after(WEEK))
    frozen = {score.run_id: score.table("score") for score in runs_of(small_town.workspace, "score", WEEK)}
    later = score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=4))
    assert (line(first, "outlook", 0.01)["total"], line(later, "outlook", 0.01)["total"]) == (2.0, 3.0)
    scores = runs_of(small_town.workspace, "score", WEEK)
    assert len(scores) == 2
    for score in scores:
        assert score.intact()
        if score.run_id in frozen:
            pd.testing.assert_frame_equal(score.table("score"), frozen[score.run_id])
    newest = latest_score(small_town.workspace, run)
    assert newest is not None
    assert newest.run_id not in frozen


def test_scoring_again_without_news_adds_nothing(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    first = score_week(small_town.workspace, WEEK, at=after(WEEK))
    again = score_week(small_town.workspace, WEEK, at=after(WEEK, days=3))
    pd.testing.assert_frame_equal(first, again)
    assert len(runs_of(small_town.workspace, "score", WEEK)) == 1


def test_back_to_an_earlier_outcome_is_a_new_score_that_follows_the_last(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    score_week(small_town.workspace, WEEK, at=after(WEEK))
    small_town.override("add", [7])
    score_week(small_town.workspace, WEEK, at=after(WEEK))
    decisions = small_town.workspace.root / "decisions" / "override"
    next(decisions.iterdir()).unlink()  # as if it had never been decided
    score_week(small_town.workspace, WEEK, at=after(WEEK))
    newest = latest_score(small_town.workspace, run)
    assert newest is not None
    assert "person" not in set(newest.table("score")["model"])
    assert len(runs_of(small_town.workspace, "score", WEEK)) == 3


def test_better_here_is_scored_like_the_rest_in_the_week_after(small_town: SmallTown) -> None:
    later = shift_week(WEEK, 1)
    plan = small_town.plan({"a": ("outlook", [0])})
    better = [int(small_town.cells[7])]
    at = after(WEEK, weeks=0, days=3)
    record_feedback(small_town.workspace, plan, "a", visited=True, code="rustig", better_cells=better, at=at)
    for week in (WEEK, later):
        small_town.outlook(top(0), top(1), week=week)
        small_town.incidents([7, 0, 1], week=week)
    assert "better_here" not in set(score_week(small_town.workspace, WEEK, at=after(later))["model"])
    rows = score_week(small_town.workspace, later, at=after(later))
    told = rows[rows["model"] == "better_here"].iloc[0]
    assert (told["hits"], told["total"], told["area_share"]) == (1.0, 3.0, 1 / 200)
    for stream in ("outlook", "baseline"):
        assert line(rows, stream, 1 / 200)["hits"] == 1.0


def test_a_clock_that_runs_behind_does_not_bring_an_older_score_back(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=3))
    with pytest.raises(HistoryError, match="al nagemeten met wat op 28-09-2026 00:00 bekend was; 14-09-2026 00:00"):
        score_week(small_town.workspace, WEEK, at=after(WEEK))
    assert due_weeks(small_town.workspace, at=after(WEEK)) == []
    assert due_weeks(small_town.workspace, at=after(WEEK, weeks=4)) == [WEEK]
    assert len(runs_of(small_town.workspace, "score", WEEK)) == 1


def test_a_score_becomes_final_once(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    for weeks in (1, 3, 7, 8, 20):
        score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=weeks))
    states = [score.notes["state"] for score in runs_of(small_town.workspace, "score", WEEK)]
    assert sorted(states) == ["final", "provisional"]
    for path in (small_town.workspace.root / "data").rglob("*.parquet"):
        if "incidents" in str(path):
            path.unlink()  # as if every delivery was taken back
    small_town.deliveries(WEEK, 1)
    again = score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=21), again=True)
    assert set(again["state"]) == {"final"}
    newest = latest_score(small_town.workspace, run)
    assert newest is not None
    assert newest.notes["state"] == "final"


def test_a_final_score_stands_even_when_the_incidents_are_gone(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    final = score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=7))
    assert set(final["state"]) == {"final"}
    small_town.incidents([0, 0], known_days=100)
    later = score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=60))
    pd.testing.assert_frame_equal(later, final)
    asked = score_week(small_town.workspace, WEEK, at=after(WEEK, weeks=60), again=True)
    assert line(asked, "outlook", 0.01)["total"] == 3.0


@pytest.mark.parametrize(
    ("moment", "state"),
    [(after(WEEK, weeks=7) - timedelta(seconds=1), "provisional"), (after(WEEK, weeks=7), "final")],
)
def test_a_score_is_final_when_the_reports_have_had_their_weeks(
    small_town: SmallTown, moment: datetime, state: str
) -> None:
    assert state_of(small_town.workspace, WEEK, at=moment) == state


def test_every_outlook_of_a_week_is_scored_and_one_counts(small_town: SmallTown) -> None:
    runs = [small_town.outlook(top(0), top(1), note="a"), small_town.outlook(top(5), top(1), note="b")]
    small_town.incidents([5])
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    assert set(rows["run_id"]) == {run.run_id for run in runs}
    of_first = rows[rows["run_id"] == runs[0].run_id]
    assert line(of_first, "outlook", 0.01)["hits"] < 1
    assert outlook_that_counts(small_town.workspace, "2026-W01") is None


def test_an_outlook_made_in_time_goes_before_one_made_afterwards(small_town: SmallTown) -> None:
    # Runs are stamped by the clock, so a week far ahead is made in time and a week long gone afterwards.
    for week in ("2999-W10", "2001-W10"):
        for note in ("a", "b", "c"):
            small_town.outlook(top(0), top(1), week=week, note=note)
    ahead, gone = (outlook_that_counts(small_town.workspace, week) for week in ("2999-W10", "2001-W10"))
    made_ahead = runs_of(small_town.workspace, "outlook", "2999-W10")
    made_gone = runs_of(small_town.workspace, "outlook", "2001-W10")
    assert ahead is not None
    assert gone is not None
    assert ahead.run_id == made_ahead[-1].run_id
    assert gone.run_id == made_gone[0].run_id


def test_incidents_outside_the_area_are_told_and_do_not_count(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    small_town.incidents([0, 200, 200])
    small_town.incidents([0], crime_type="vandalism")
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    assert line(rows, "outlook", 0.01)["total"] == 1.0
    score = latest_score(small_town.workspace, run)
    assert score is not None
    assert score.notes["outside"] == 2.0


def test_each_type_apart(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1), note="a")
    small_town.outlook(top(3), top(1), crime_type="bicycle_theft", note="b")
    small_town.incidents([0])
    small_town.incidents([3, 4], crime_type="bicycle_theft")
    small_town.override("drop", [4], crime_type="bicycle_theft")
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    total = rows[rows["model"] == "outlook"].groupby("crime_type")["total"].first()
    assert total.to_dict() == {"bicycle_theft": 2.0, TYPE: 1.0}
    assert set(rows.loc[rows["model"] == "doubted", "crime_type"]) == {"bicycle_theft"}


def test_a_week_with_nothing_reported_scores_nothing(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    rows = score_week(small_town.workspace, WEEK, at=after(WEEK))
    assert rows["total"].sum() == rows["hits"].sum() == rows["best_hits"].sum() == 0


def test_what_cannot_be_scored_ends_in_a_sentence(small_town: SmallTown) -> None:
    with pytest.raises(HistoryError, match="2026-W37 is nog niet voorbij. Meet de week na vanaf maandag 14-09-2026"):
        score_week(small_town.workspace, WEEK, at=after(WEEK) - timedelta(seconds=1))
    with pytest.raises(HistoryError, match="geen vooruitblik gemaakt"):
        score_week(small_town.workspace, WEEK, at=after(WEEK))
    with pytest.raises(ContractError, match="tijdzone"):
        score_week(small_town.workspace, WEEK, at=datetime(2027, 1, 1))  # noqa: DTZ001


def test_a_changed_outlook_is_not_scored(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    path = run.folder / "run.json"
    path.write_text(path.read_text().replace("last_52_weeks", "long_run"))
    with pytest.raises(WorkspaceError, match="veranderd nadat zij was vastgezet"):
        score_week(small_town.workspace, WEEK, at=after(WEEK))


def test_learning_stops_when_paused_or_when_the_agreement_does_not_allow_it(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    path = small_town.workspace.agreements / "bvh.toml"
    path.write_text(path.read_text().replace(', "evaluatie"', ""))
    with pytest.raises(AgreementError, match="laat het doel ‘evaluatie’ niet toe"):
        score_week(small_town.workspace, WEEK, at=after(WEEK))
    record_pause(small_town.workspace, "learn", paused=True, reason="even niet", role="fg", at=after(WEEK))
    with pytest.raises(AgreementError, match="pauze"):
        score_week(small_town.workspace, WEEK, at=after(WEEK))


def test_a_file_that_did_not_come_in_is_no_quiet_week(small_town: SmallTown) -> None:
    late = "2027-W14"  # the last report became known in 2027-W11
    small_town.outlook(top(0), top(1), week=late)
    small_town.outlook(top(0), top(1), week="2027-W10")
    with pytest.raises(HistoryError, match="bekend tot en met 2027-W11. Lees eerst nieuwere in; dan kan 2027-W14"):
        score_week(small_town.workspace, late, at=after(late, weeks=20))
    waiting = score_week(small_town.workspace, "2027-W10", at=after(late, weeks=20))
    assert set(waiting["state"]) == {"provisional"}  # its six weeks have passed, but their reports did not come in
    assert due_weeks(small_town.workspace, at=after(late, weeks=20)) == ["2027-W10"]
    small_town.deliveries("2027-W12", 12)
    assert due_weeks(small_town.workspace, at=after(late, weeks=20)) == ["2027-W10", late]
    assert set(score_week(small_town.workspace, late, at=after(late, weeks=20))["state"]) == {"final"}


def test_weeks_that_are_due(small_town: SmallTown) -> None:
    for week in ("2026-W35", "2026-W36", "2026-W37"):
        small_town.outlook(top(0), top(1), week=week)
    small_town.incidents([0], week="2026-W35")
    score_week(small_town.workspace, "2026-W35", at=after("2026-W35", weeks=7))
    assert due_weeks(small_town.workspace, at=after("2026-W36")) == ["2026-W36"]
    score_week(small_town.workspace, "2026-W36", at=after("2026-W36"))
    assert due_weeks(small_town.workspace, at=after("2026-W37")) == ["2026-W36", "2026-W37"]
