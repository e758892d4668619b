# SPDX-License-Identifier: EUPL-1.2
"""Jobs: how they stand and why they failed, without a word of what they were about."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from stip.errors import StipError
from stip_web.accounts.models import User
from stip_web.administration import jobs
from stip_web.administration.jobs import DropJob, RestartJob, reason_of
from stip_web.desk import health
from stip_web.desk.jobs import RUNS, WAITS

PLACE = "Dorpsstraat 12"


@task
def stumble(where: str) -> None:
    raise ValueError(where)


def run_worker() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


@pytest.fixture
def failed(transactional_db: None) -> DBTaskResult:
    stumble.enqueue(PLACE)
    run_worker()
    return DBTaskResult.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_job_that_failed_says_why_by_kind_only(failed: DBTaskResult, as_role: Callable[[str], Client]) -> None:
    client = as_role("administrator")
    for path in ("/beheer/taken", "/beheer/taken.json", "/beheer/taken.csv"):
        said = client.get(path).content.decode()
        assert "Mislukt" in said
        assert "ValueError" in said
        assert PLACE not in said
    assert failed.traceback == "", "the words of an error are not kept"


@pytest.mark.django_db(transaction=True)
def test_a_job_that_failed_begins_again(failed: DBTaskResult, user_in: Callable[[str], User]) -> None:
    RestartJob(user_in("administrator"), job=failed).run()
    failed.refresh_from_db()
    assert failed.status == "READY"
    with pytest.raises(StipError, match="mislukte of hangt"):
        RestartJob(user_in("administrator"), job=failed).run()
    DropJob(user_in("administrator"), job=failed).run()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_begun_again_where_it_was_brought(failed: DBTaskResult, user_in: Callable[[str], User]) -> None:
    from stip_web.intakes.tasks import do_step

    DBTaskResult.objects.update(task_path=do_step.module_path)
    failed.refresh_from_db()
    with pytest.raises(StipError, match="Opnieuw proberen"):
        RestartJob(user_in("administrator"), job=failed).run()
    assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.django_db(transaction=True)
def test_only_what_waits_is_dropped(failed: DBTaskResult, user_in: Callable[[str], User]) -> None:
    with pytest.raises(StipError, match="al begonnen"):
        DropJob(user_in("administrator"), job=failed).run()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "age", "late"),
    [
        ("READY", WAITS * 2, True),
        ("READY", WAITS / 2, False),
        ("RUNNING", RUNS * 2, True),
        ("RUNNING", RUNS / 2, False),
        ("SUCCESSFUL", RUNS * 50, False),
        ("FAILED", RUNS * 50, False),
    ],
)
def test_health_is_red_when_a_job_is_late(
    status: str, age: timedelta, late: bool, as_role: Callable[[str], Client]
) -> None:
    job = stumble.enqueue(PLACE)
    then = timezone.now() - age
    DBTaskResult.objects.filter(pk=job.id).update(status=status, enqueued_at=then, started_at=then, run_after=then)
    health = Client().get("/gezondheid/taken")
    assert health.status_code == (503 if late else 200)
    assert PLACE not in health.content.decode()
    page = as_role("administrator").get("/beheer/systeem").content.decode()
    assert ("Taken die te laat zijn: 1" in page) is late
    assert ("te laat)" in as_role("administrator").get("/beheer/taken").content.decode()) is late


def test_each_job_has_a_name_that_people_know() -> None:
    found = [
        each.module_path
        for app in apps.get_app_configs()
        if app.name.startswith("stip_web.") and module_has_submodule(app.module, "tasks")
        for each in vars(import_module(f"{app.name}.tasks")).values()
        if isinstance(each, Task)
    ]
    assert len(set(found)) >= 9 and set(found) == set(jobs.KINDS)


@pytest.mark.django_db
def test_a_page_of_jobs_reads_a_page(as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(60):
        stumble.enqueue(PLACE)
    client, counted = as_role("administrator"), []
    kind_of = jobs.kind_of
    monkeypatch.setattr(jobs, "kind_of", lambda path: counted.append(path) or kind_of(path))
    assert "51 t/m 60 van 60" in client.get("/beheer/taken?pagina=2").content.decode()
    assert len(counted) == 10
    monkeypatch.setattr(jobs, "MOST", 25)
    assert len(json.loads(client.get("/beheer/taken.json").content)["rows"]) == 25


@pytest.mark.django_db
def test_asking_often_whether_the_site_is_ready_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_last", {})
    answers = iter([{"database": True, "workspace": True}, {"database": False, "workspace": True}])
    monkeypatch.setattr(health, "checks", lambda: next(answers))
    clock = iter([100.0, 104.9, 105.1])
    monkeypatch.setattr(health.time, "monotonic", lambda: next(clock))
    request = RequestFactory().get("/gezondheid/klaar")
    assert [health.ready(request).status_code for _ in range(3)] == [200, 200, 503]


@pytest.mark.parametrize(
    ("exception", "said"),
    [
        ("stip.errors.FileError", "paste niet"),
        ("builtins.MemoryError", "geheugen"),
        ("builtins.OSError", "schijf"),
        ("builtins.SystemExit", "gestopt"),
        ("nergens.Fout", "fout in het programma"),
    ],
)
def test_reasons_are_sentences(exception: str, said: str) -> None:
    assert said in reason_of(exception)
