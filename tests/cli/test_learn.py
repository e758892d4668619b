# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from learn.conftest import WEEK, SmallTown, after, small_town, top
from learn.test_measure import with_measure
from stip.cli.agreements import app as agreements_app
from stip.cli.learn import app
from stip.errors import AgreementError, HistoryError, PlanError, SettingsError
from stip.learn import totals
from stip.plan import TYPES_APART
from stip.space import shift_week
from stip.store import read_decisions, runs_of

__all__ = ["small_town"]  # the fixture, used here too
PLAN = f"plan-{WEEK}"


def ask(town: SmallTown, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--workspace", str(town.workspace.root)])


def said(town: SmallTown, *words: str) -> str:
    answer = ask(town, *words)
    assert answer.exception is None, answer.exception
    return " ".join(answer.stdout.split())


def told(town: SmallTown, *words: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(ask(town, *words, "--json").stdout)
    return answer


@pytest.fixture
def lived(small_town: SmallTown) -> SmallTown:
    small_town.outlook(top(0, 1, 2, 3, 4, 5), top(0, 1, 50, 51, 52, 53))
    small_town.incidents([0, 3, 4, 100])
    small_town.plan({"a": ("outlook", [0, 1]), "b": ("person", [100, 101])})
    return small_town


AT = after(WEEK).isoformat()


def test_a_dry_run_names_the_weeks_and_writes_nothing(lived: SmallTown) -> None:
    assert said(lived, "score", "--dry-run", "--at", AT) == f"Dit zou nameten: {WEEK}. Er is niets geschreven."
    assert told(lived, "score", "--dry-run", "--at", AT) == {"would_score": [WEEK]}
    assert runs_of(lived.workspace, "score") == []


@pytest.mark.parametrize(
    ("week", "error", "what"),
    [
        ("2099-W01", HistoryError, "2099-W01 is nog niet voorbij"),
        ("2026-W36", HistoryError, "geen vooruitblik gemaakt"),
        ("9999-W52", SettingsError, "ligt niet tussen 1900 en 3000"),
    ],
)
def test_a_dry_run_refuses_what_cannot_be_scored(
    lived: SmallTown, week: str, error: type[Exception], what: str
) -> None:
    for more in (("--dry-run",), ()):
        answer = ask(lived, "score", "--week", week, "--at", AT, *more)
        assert isinstance(answer.exception, error)
        assert what in str(answer.exception)


def test_one_week_is_told_in_full(lived: SmallTown) -> None:
    text = said(lived, "score", "--at", AT)
    assert f"{WEEK}: voorlopig" in text
    for words in (
        "Woninginbraak vooruitblik 3 % 3,0 3,0 4,0",
        "de laatste 52 weken 3 % 1,0",
        "eigen plekken 1 % 1,0",
    ):
        assert words in text
    rows = told(lived, "score", "--week", WEEK, "--at", AT)[WEEK]
    assert isinstance(rows, list)
    assert {row["model"] for row in rows} == {"outlook", "baseline", "plan", "person"}


def test_more_weeks_are_told_a_line_each_and_final_ones_left_alone(lived: SmallTown) -> None:
    lived.outlook(top(0), top(1), week=shift_week(WEEK, 1))
    text = said(lived, "score", "--at", after(WEEK, weeks=9).isoformat())
    assert "Nagemeten: 2 weken" in text
    assert f"{WEEK} definitief 4,0 3,0 1,0" in text
    assert said(lived, "score", "--at", after(WEEK, weeks=10).isoformat()).startswith(
        "Er is geen week om na te meten"
    )
    assert "definitief" in said(lived, "score", "--week", WEEK, "--again", "--at", after(WEEK, weeks=10).isoformat())


def test_the_table_of_weeks_says_what_may_be_said(small_town: SmallTown) -> None:
    assert "nog geen week met een vooruitblik" in said(small_town, "weeks")
    small_town.outlook(top(0, 1, 2, 3, 4, 5), top(0))
    assert f"{WEEK} open 14 (8–20) – – – 0 0 van 0" in said(small_town, "weeks")
    assert "er is nog geen week definitief" in said(small_town, "weeks")
    assert TYPES_APART in said(small_town, "weeks")
    assert TYPES_APART not in said(small_town, "weeks", "--type", "home_burglary")
    small_town.incidents([0, 3])
    assert ask(small_town, "score", "--at", after(WEEK, weeks=8).isoformat()).exit_code == 0
    text = said(small_town, "weeks", "--type", "home_burglary")
    assert f"{WEEK} vast 14 (8–20) 2 2 1" in text
    assert "er zijn 1 definitieve weken en er zijn er 12 nodig" in text
    answer = told(small_town, "weeks")
    assert answer["weeks"][0]["person_hits"] is None  # type: ignore[index]
    assert answer["totals"][0]["verdict"] == "too_few"  # type: ignore[index]
    assert len(totals(small_town.workspace)) == 2


def test_feedback_and_visit_from_the_command_line(lived: SmallTown) -> None:
    better = lived.workspace.grid.name(int(lived.cells[7]))
    words = ("feedback", "--plan", PLAN, "--place", "a", "--visited", "--code", "druk", "--better", better)
    assert f"Terugkoppeling over a in {WEEK} is vastgelegd." in said(lived, *words, "--at", "2026-09-09T14:30")
    assert "Dit was al vastgelegd" in said(lived, *words, "--at", "2026-09-09T12:30+00:00")
    row = read_decisions(lived.workspace, "feedback").iloc[0]
    assert row["at"].isoformat() == "2026-09-09T12:30:00+00:00"
    assert np.array_equal(row["better_cells"], [lived.cells[7]])
    answer = told(lived, "visit", "--plan", PLAN, "--place", "a", "--hours", "2.5", "--at", "2026-09-09T12:00")
    assert answer["new"] is True
    instead = ("visit", "--plan", PLAN, "--place", "a", "--hours", "1.5", "--instead-of", str(answer["decision_id"]))
    instead = (*instead, "--at", "2026-09-09T13:00")
    assert "Bezoek aan a" in said(lived, *instead)
    assert read_decisions(lived.workspace, "visit")["hours"].tolist() == [1.5]
    assert said(lived, "feedback", "--plan", PLAN, "--place", "b", "--not-visited", "--at", "2026-09-10T09:00")


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (("score", "--week", "2026-W99"), SettingsError, "is geen week"),
        (("score", "--again"), SettingsError, "Noem bij --again ook de week"),
        (("feedback", "--plan", PLAN, "--place", "z", "--not-visited"), PlanError, "Plek ‘z’"),
        (
            ("visit", "--plan", PLAN, "--place", "a", "--hours", "1", "--at", "morgen"),
            SettingsError,
            "geen dag of tijd",
        ),
        (
            ("score", "--at", "2026-10-25T02:30"),
            SettingsError,
            "2026-10-25T02:30:00+02:00 of 2026-10-25T02:30:00+01:00",
        ),
        (("score", "--at", "2027-03-28T02:30"), SettingsError, "bestaat niet: toen ging de klok een uur vooruit"),
        (
            ("visit", "--plan", PLAN, "--place", "a", "--hours", "1", "--at", "2026-09-01T10:00"),
            PlanError,
            "ligt vóór week 37 van 2026",
        ),
        (
            ("feedback", "--plan", PLAN, "--place", "a", "--visited", "--code", "druk", "--better", "hier"),
            SettingsError,
            "‘hier’ is geen vak",
        ),
    ],
)
def test_what_cannot_be_ends_in_its_sentence(
    lived: SmallTown, words: tuple[str, ...], error: type[Exception], sentence: str
) -> None:
    answer = ask(lived, *words)
    assert isinstance(answer.exception, error)
    assert sentence in str(answer.exception)


def test_whether_the_team_was_there_must_be_said(lived: SmallTown) -> None:
    assert ask(lived, "feedback", "--plan", PLAN, "--place", "a", "--code", "druk").exit_code == 2


def test_pause_and_resume(lived: SmallTown) -> None:
    def decide(verb: str, *more: str) -> Result:
        words = [verb, "learn", "--reason", "even niet", "--role", "fg", *more]
        return CliRunner().invoke(agreements_app, [*words, "--workspace", str(lived.workspace.root)])

    assert "‘learn’ staat nu op pauze." in decide("pause").stdout
    assert isinstance(ask(lived, "score", "--at", AT).exception, AgreementError)
    assert json.loads(decide("resume", "--json").stdout)["paused"] is False
    assert ask(lived, "score", "--at", AT).exit_code == 0


def test_a_place_is_named_by_its_number_in_the_plan_too(lived: SmallTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stip.cli.learn.place_of", lambda workspace, week, named: {"1": "a"}.get(named, named))
    said(lived, "visit", "--plan", PLAN, "--place", "1", "--hours", "2", "--at", AT)
    said(lived, "feedback", "--plan", PLAN, "--place", "1", "--not-visited", "--at", AT)
    for kind in ("visit", "feedback"):
        assert read_decisions(lived.workspace, kind)["place_id"].tolist() == ["a"]


def test_the_ranking_says_what_is_lacking(lived: SmallTown) -> None:
    text = said(lived, "ranking")
    assert "• Eigen plekken: Geen uitspraak mogelijk over de eigen plekken: er zijn 0 oordelen" in text
    lines = told(lived, "ranking")["rankings"]
    assert [line["kind"] for line in lines] == ["people", "own", "better_here", "dropped"]


def test_a_decision_is_shown_first_and_then_written_once(small_town: SmallTown) -> None:
    town = SmallTown(
        with_measure(small_town, kind="hits_share_beats_baseline", threshold=0.01, from_week=WEEK), small_town.cells
    )
    asked = ("--choice", "change", "--reason", "Eerst meer weken meten.", "--role", "bestuur", "--at", AT)
    assert "Leg het vast met --choice, --reason en --role." in said(town, "decide")
    assert "Dit zou vastleggen: bijstellen. Er is niets geschreven." in said(town, "decide", *asked, "--dry-run")
    assert read_decisions(town.workspace, "course").empty
    answer = told(town, "decide", *asked)
    assert [line["choice"] for line in answer["decisions"]] == ["change"]
    assert answer["measure"]["met"] == "too_few"
