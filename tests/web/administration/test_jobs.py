# SPDX-License-Identifier: EUPL-1.2
"""Jobs: how they stand and why they failed, without a word of what they were about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from stip.errors import StipError
from stip_web.accounts.models import User
from stip_web.administration.jobs import DropJob, RestartJob, reason_of
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
