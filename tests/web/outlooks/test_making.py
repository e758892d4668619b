# SPDX-License-Identifier: EUPL-1.2
"""Making an outlook in the background: progress, failure, and the plain count that is offered then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from stip.errors import HistoryError, WorkspaceBusy
from stip.store import Workspace, latest_run
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.audit.processes import this_worker
from stip_web.desk import workers
from stip_web.outlooks import tasks
from stip_web.outlooks.making import MakeOutlook
from stip_web.outlooks.models import Making
from stip_web.outlooks.models.making import State
from stip_web.outlooks.tasks import give_up_on_the_dead

from .cells import AT, WEEK, read, said


@pytest.fixture
def ask(
    as_role: Callable[[str], Client], own_site: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> Callable[..., Making]:
    """Ask for an outlook as an analyst; gives what was put in the queue."""

    def asked(**fields: str) -> Making:
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_role("analyst").post("/vooruitblik/maken", {"week": WEEK.lower()} | fields)
        assert answer.status_code == 302, answer.content.decode()[-900:]
        return Making.objects.get(id=int(answer["Location"].rsplit("/", 1)[1]))

    return asked


def run(making: Making) -> Making:
    """Do what the worker does."""
    tasks.make.func(making.id)
    making.refresh_from_db()
    return making


def started(making: Making, ago: timedelta = timedelta(0)) -> None:
    """Begin as a worker that is still there."""
    now = timezone.now()
    assert making.move(State.RUNNING, started_at=now - ago, beat_at=now, worker=this_worker())


@pytest.fixture(autouse=True)
def quiet_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the heart from beating: within a test's transaction its own connection would wait for ever."""
    monkeypatch.setattr(workers, "EVERY_SECONDS", 3600.0)


def test_a_button_puts_it_in_the_queue(ask: Callable[..., Making], as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    assert "/vooruitblik/maken" in {link["href"] for link in read(client, AT).select("a.utrecht-button")}
    making = ask()
    assert making.state == State.WAITING
    (queued,) = DBTaskResult.objects.filter(task_path="stip_web.outlooks.tasks.make")
    assert queued.args_kwargs["args"] == [making.id]
    line = AuditLine.objects.get(action="outlook.make")
    assert (line.subject, line.details["plain"]) == (WEEK, False)
    page = read(client, f"/vooruitblik/maken/{making.id}")
    assert page.select_one("#voortgang")["data-busy"] == "ja"
    assert "Bezig" in said(page)


def test_the_same_data_give_the_outlook_that_was_frozen(ask: Callable[..., Making], own_site: Path) -> None:
    before = latest_run(Workspace.open(own_site), "outlook", WEEK)
    spans = ProcessingSpan.objects.count()
    making = run(ask())
    assert making.state == State.DONE
    assert before is not None and making.run_id == before.run_id
    assert ProcessingSpan.objects.count() == spans + 1


def test_a_failed_run_offers_the_plain_count_and_marks_it(
    ask: Callable[..., Making], as_role: Callable[[str], Client], own_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_role("analyst")
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "make_outlook", _broken(HistoryError("Er is te weinig bekend. Lees een bestand in.")))
        making = run(ask())
    assert making.state == State.FAILED
    page = read(client, f"/vooruitblik/maken/{making.id}")
    assert "Er is te weinig bekend." in said(page)
    (button,) = page.select("button[name=telling]")
    assert "Maken mislukt" in said(read(client, AT))

    plain = run(ask(telling=str(button["value"])))
    assert plain.state == State.DONE
    made = latest_run(Workspace.open(own_site), "outlook", WEEK)
    assert made is not None and made.run_id == plain.run_id
    assert made.notes["model"] == made.notes["baseline"] == "last_52_weeks"
    for role, address in (
        ("analyst", AT),
        ("policy", AT),
        ("analyst", f"{AT}/lijst"),
        ("policy", "/vooruitblik/model"),
    ):
        assert "geen vooruitblik van het model, maar de gewone telling" in said(read(as_role(role), address))
    assert "Het weekplan gaat uit van de gewone telling" in said(read(client, AT))
    earlier = [str(link["href"]) for link in read(client, AT).select("a[href*=uitkomst]")]
    assert len([link for link in earlier if "?uitkomst=" in link]) >= 1
    assert "geen vooruitblik van het model" not in said(read(client, earlier[-1]))


def test_an_error_of_our_own_tells_nothing_of_its_words(
    ask: Callable[..., Making], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tasks, "make_outlook", _broken(ValueError("Jansen, Dorpsstraat 1")))
    making = run(ask())
    assert (making.state, making.reason) == (State.FAILED, tasks.UNEXPECTED)
    assert "Jansen" not in caplog.text
    assert not DBTaskResult.objects.filter(traceback__contains="Jansen").exists()


def test_a_second_one_beside_it_is_refused(ask: Callable[..., Making], as_role: Callable[[str], Client]) -> None:
    ask()
    answer = as_role("analyst").post("/vooruitblik/maken", {"week": WEEK.lower()})
    assert answer.status_code == 400
    assert "wordt al gemaakt" in answer.content.decode()


def test_a_double_press_at_the_same_moment_makes_one(
    ask: Callable[..., Making], user_in: Callable[[str], User], own_site: Path
) -> None:
    ask()
    second = MakeOutlook(user_in("analyst"), workspace=Workspace.open(own_site), week=WEEK)
    second.check()  # nothing seen of the first one yet, is as good as passed
    with pytest.raises(WorkspaceBusy, match="wordt al gemaakt"), transaction.atomic():
        second.change()
    assert Making.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Making.objects.create(week=WEEK)
    Making.objects.update(state=State.DONE)
    assert ask().state == State.WAITING


def test_a_long_queue_is_not_dead_and_a_job_that_was_dropped_is(ask: Callable[..., Making]) -> None:
    making = ask()
    Making.objects.filter(id=making.id).update(asked_at=timezone.now() - timedelta(hours=3))
    give_up_on_the_dead()
    making.refresh_from_db()
    assert making.state == State.WAITING
    DBTaskResult.objects.all().delete()
    give_up_on_the_dead()
    making.refresh_from_db()
    assert (making.state, "geschrapt" in making.reason) == (State.FAILED, True)


def test_one_whose_worker_is_still_at_it_is_not_given_up(ask: Callable[..., Making]) -> None:
    making = ask()
    started(making, ago=timedelta(minutes=45))
    give_up_on_the_dead()
    making.refresh_from_db()
    assert making.state == State.RUNNING
    assert run(making).started_at == making.started_at, "a second worker leaves it alone"


@pytest.mark.parametrize(
    "sign",
    [
        {"beat_at": timezone.now() - timedelta(minutes=5)},
        {"worker": this_worker().rpartition(":")[0] + ":1"},
        {"started_at": timezone.now() - timedelta(hours=3)},
    ],
    ids=["silent", "gone", "too long"],
)
def test_one_whose_worker_died_is_given_up_and_its_job_begins_again(
    sign: dict[str, object], ask: Callable[..., Making]
) -> None:
    making = ask()
    started(making)
    Making.objects.filter(id=making.id).update(**sign)
    give_up_on_the_dead()
    making.refresh_from_db()
    assert (making.state, "halverwege gestopt" in making.reason) == (State.FAILED, True)
    again = run(making)  # the administrator puts the job back
    assert (again.state, again.reason) == (State.DONE, "")


def test_a_worker_that_was_given_up_changes_nothing_any_more(
    ask: Callable[..., Making], monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on = []

    def slow(*_: object, progress: Callable[[str], None]) -> None:
        Making.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
        give_up_on_the_dead()
        progress("Verder")
        went_on.append(True)

    monkeypatch.setattr(tasks, "make_outlook", slow)
    making = run(ask())
    assert (making.state, making.step, went_on) == (State.FAILED, "Beginnen", [])


def test_a_worker_whose_making_began_again_leaves_it_to_the_other(
    ask: Callable[..., Making], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(minutes=1)

    def slow(*_: object, progress: Callable[[str], None]) -> None:
        Making.objects.update(started_at=later, step="De ander")
        progress("Verder")

    monkeypatch.setattr(tasks, "make_outlook", slow)
    making = run(ask())
    assert (making.state, making.step, making.started_at) == (State.RUNNING, "De ander", later)


def test_a_failed_one_is_not_begun_again_beside_another_of_its_week(ask: Callable[..., Making]) -> None:
    first = ask()
    Making.objects.filter(id=first.id).update(state=State.FAILED)
    ask()
    assert run(first).state == State.FAILED


def test_a_making_that_is_silent_beats(ask: Callable[..., Making]) -> None:
    making = ask()
    started(making)
    Making.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    making.refresh_from_db()
    tasks.Heart(making).once()
    give_up_on_the_dead()
    making.refresh_from_db()
    assert making.state == State.RUNNING


@pytest.mark.parametrize("week", ["", "morgen", "2026-w99", "2026-W37; rm"])
def test_a_week_that_is_none_is_refused_with_a_sentence(
    week: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    answer = as_role("analyst").post("/vooruitblik/maken", {"week": week})
    assert answer.status_code == (302 if not week else 400)
    assert Making.objects.count() == (1 if not week else 0)


def test_states_move_in_one_direction(db: None) -> None:
    making = Making.objects.create(week=WEEK)
    assert not making.move(State.DONE)
    assert making.move(State.RUNNING, step="x" * 300)
    assert len(making.step) == 200
    stale = Making.objects.get()
    assert making.move(State.DONE)
    assert not making.busy
    assert not stale.move(State.FAILED)
    assert not stale.change({"step": "nog bezig"})
    assert Making.objects.get().state == State.DONE


def test_without_any_outlook_the_page_says_how_to_begin(as_role: Callable[[str], Client], own_site: Path) -> None:
    import shutil

    shutil.rmtree(own_site / "runs")
    assert "Nog geen vooruitblik" in said(read(as_role("analyst"), "/vooruitblik"))
    assert read(as_role("analyst"), "/vooruitblik").select("a[href='/vooruitblik/maken']")
    assert not read(as_role("policy"), "/vooruitblik").select("a[href='/vooruitblik/maken']")


def _broken(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
