# SPDX-License-Identifier: EUPL-1.2
"""Making a proposal in the background, and what becomes of the board meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from stip.errors import PlanError
from stip.plan import make_plan, proposal_of
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.audit.processes import this_worker
from stip_web.desk import workers
from stip_web.desk.background import State
from stip_web.plans import tasks
from stip_web.plans.models import Draft, Proposing
from stip_web.plans.opening import board_of

from .board import AT, WEEK, Board, said, words


@pytest.fixture(autouse=True)
def quiet_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the heart from beating: within a test's transaction its own connection would wait for ever."""
    monkeypatch.setattr(workers, "EVERY_SECONDS", 3600.0)


@pytest.fixture
def ask(board: Board, django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., Proposing]:
    """Ask for a proposal; gives what was put in the queue."""

    def asked(**fields: str) -> Proposing:
        with django_capture_on_commit_callbacks(execute=True):
            answer = board.client.post(f"{AT}/voorstel", fields)
        assert answer["Location"] == f"{AT}/voorstel"
        return Proposing.objects.latest("id")

    return asked


def run(proposing: Proposing) -> Proposing:
    """Do what the worker does."""
    tasks.make.func(proposing.id)
    proposing.refresh_from_db()
    return proposing


def test_a_proposal_is_made_for_the_hours_of_the_board_and_own_places_stay(
    board: Board, ask: Callable[..., Proposing]
) -> None:
    board.press("/uren", doen="verdelen", **{"totaal-flexteam": "40"})
    board.add([board.free_cell()])
    own = board.of("person")
    dropped = board.of("outlook")
    board.on(dropped, "vervallen", out="no_hours", why="")
    proposing = ask()
    (queued,) = DBTaskResult.objects.filter(task_path="stip_web.plans.tasks.make")
    assert queued.args_kwargs["args"] == [proposing.id]
    assert board.read("/voorstel").select_one("#voortgang")["data-busy"] == "ja"  # type: ignore[index]
    assert "Het voorstel wordt gemaakt" in said(board.read())
    assert board.client.post(f"{AT}/voorstel").status_code in (400, 503)  # one at a time
    spans = ProcessingSpan.objects.count()
    assert run(proposing).state == State.DONE
    assert ProcessingSpan.objects.count() == spans + 1
    assert board.draft.run_id == proposing.run_id
    places = [spot for spot in board.spots if spot.origin != "person"]
    assert sum(spot.hours for spot in places if spot.goes) <= 40
    assert {spot.state for spot in places} <= {"suggested", "out"}
    [still] = [spot for spot in board.spots if spot.origin == "person"]
    assert (still.cells, still.reason, still.state) == (own.cells, own.reason, "in")
    numbers = [spot.number for spot in board.spots]
    assert numbers == list(range(1, len(numbers) + 1))
    assert AuditLine.objects.get(action="plan.propose").details["hours"] == 40
    assert "Het voorstel staat op het bord" in said(board.read("/voorstel"))


def test_a_proposal_that_cannot_be_made_says_why(
    board: Board, ask: Callable[..., Proposing], monkeypatch: pytest.MonkeyPatch
) -> None:
    proposing = ask()
    refusal = PlanError("Er is geen plan dat past bij de uren.")
    monkeypatch.setattr(tasks, "make_plan", lambda *args, **more: (_ for _ in ()).throw(refusal))
    assert run(proposing).state == State.FAILED
    assert "Er is geen plan dat past bij de uren." in said(board.read("/voorstel"))
    assert "Het voorstel is niet gemaakt" in said(board.read())
    assert run(proposing).state == State.FAILED  # begun again, and failed again


def test_the_words_of_a_fault_are_kept_nowhere(
    board: Board, ask: Callable[..., Proposing], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    proposing = ask()
    monkeypatch.setattr(tasks, "make_plan", lambda *args, **more: {}["een waarde"])
    assert run(proposing).reason == tasks.UNEXPECTED
    assert "een waarde" not in caplog.text


def test_a_dead_worker_is_buried(board: Board, ask: Callable[..., Proposing]) -> None:
    proposing = ask()
    long_ago = timezone.now() - timedelta(hours=3)
    assert proposing.move(State.RUNNING, started_at=long_ago, beat_at=long_ago, worker=this_worker())
    assert "De werker is halverwege gestopt" in said(board.read("/voorstel"))


def test_a_fixed_plan_takes_no_other_proposal(board: Board, ask: Callable[..., Proposing]) -> None:
    proposing = ask()
    board.accept_all()
    board.fix()
    assert run(proposing).state == State.FAILED
    assert "al vastgesteld" in proposing.reason
    assert {spot.state for spot in board.spots} == {"in"}
    answer = board.client.post(f"{AT}/voorstel")
    assert answer.status_code == 400
    assert "Verander plekken één voor één" in words(answer)


def test_without_an_outlook_there_is_no_proposal(board: Board) -> None:
    answer = board.client.post("/weekplan/2026-w40/voorstel")
    assert answer.status_code == 400
    assert "Er is nog geen vooruitblik voor deze week" in words(answer)
    assert not Proposing.objects.exists()


def test_who_changes_the_board_meanwhile_is_not_undone(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_plan(board.town, WEEK, hours=60)
    board.on(board.of("outlook"), "overnemen")
    before = board.draft
    times = iter([True, False])

    def slow(workspace: object, week: str) -> Draft:
        """Open the board, and let somebody else change it behind our back the first time."""
        draft = board_of(board.town, week)
        if next(times):
            board.add([board.free_cell()])
        return draft

    monkeypatch.setattr(tasks, "board_of", slow)
    tasks.put_on_board(board.town, made)
    assert board.draft.edition == before.edition + 2
    assert board.of("person").state == "in"
    assert board.draft.run_id == made.run_id
    assert len(board.spots) == len(proposal_of(made).places) + 1
