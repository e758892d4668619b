# SPDX-License-Identifier: EUPL-1.2
"""Work in the background: what it is, how it stands, why it failed; never what it was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from stip.errors import StipError
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.desk.jobs import RUNS, late_jobs

KINDS = {
    "stip_web.intakes.tasks.do_step": "Een bestand inlezen",
    "stip_web.intakes.tasks.sweep_quarantine": "Oude bestanden in quarantaine vernietigen",
    "stip_web.outlooks.tasks.make": "De vooruitblik maken",
    "stip_web.outlooks.tasks.remake": "Kaart en lijst van een week opnieuw maken",
    "stip_web.plans.tasks.make": "Een weekplan voorstellen",
    "stip_web.plans.tasks.remake": "Kaart en lijst van een week opnieuw maken",
    "stip_web.street.tasks.sweep": "Oude opmerkingen van de straat vernietigen",
    "stip_web.reactions.tasks.sweep_messages": "Oude berichten van bewoners vernietigen",
    "stip_web.oversight.tasks.propose": "Openbare cijfers maken",
}
"""What each job is, in words, by where its task stands."""

STATUSES = {
    TaskResultStatus.READY: "Wacht",
    TaskResultStatus.RUNNING: "Bezig",
    TaskResultStatus.SUCCESSFUL: "Klaar",
    TaskResultStatus.FAILED: "Mislukt",
}
COLUMNS = {
    "kind": "Taak",
    "status": "Stand",
    "enqueued_at": "Klaargezet",
    "started_at": "Begonnen",
    "finished_at": "Klaar",
    "reason": "Waarom mislukt",
}

_STEP = "stip_web.intakes.tasks.do_step"

MOST = 2000
"""Jobs of a twin: the newest."""


def newest() -> QuerySet[DBTaskResult[..., Any]]:
    """Give the jobs, newest first; of each only what is shown is read at all, since the rest could hold data."""
    columns = ("id", "status", "task_path", "enqueued_at", "started_at", "finished_at", "exception_class_path")
    return DBTaskResult.objects.only(*columns).order_by("-enqueued_at", "pk")


def rows_of(jobs: Iterable[DBTaskResult[..., Any]]) -> list[dict[str, Any]]:
    """Give a row a job."""
    jobs = list(jobs)
    late = set(late_jobs().filter(pk__in=[job.pk for job in jobs]).values_list("pk", flat=True))
    return [
        {
            "id": job.pk,
            "kind": kind_of(job.task_path),
            "status": STATUSES[TaskResultStatus(job.status)],
            "state": job.status,
            "late": job.pk in late,
            "enqueued_at": job.enqueued_at,
            "started_at": job.started_at,
            "finished_at": job.finished_at,
            "reason": reason_of(job.exception_class_path) if job.status == TaskResultStatus.FAILED else "",
        }
        for job in jobs
    ]


def kind_of(path: str) -> str:
    """Say what a job is."""
    return KINDS.get(path, "Een taak")


def reason_of(exception: str) -> str:
    """Say why a job failed, by the kind of error only."""
    try:
        kind = import_string(exception)
    except ImportError:
        kind = Exception
    if issubclass(kind, StipError):
        return "Wat werd aangeleverd, paste niet. Wie de taak begon, ziet op zijn scherm waarom."
    if issubclass(kind, MemoryError):
        return "Er was te weinig geheugen. Geef de server meer, of lever een kleiner bestand aan."
    if issubclass(kind, OSError):
        return "De schijf is vol of niet te bereiken. Kijk bij Systeem."
    if issubclass(kind, SystemExit | KeyboardInterrupt):
        return "De werker werd gestopt. Begin de taak opnieuw."
    return f"Een fout in het programma ({kind.__name__}). Meld hem met de regel uit het logboek van de server."


@dataclass
class RestartJob(Action[None]):
    """Let a job that failed or hangs begin again."""

    action = "job.restart"
    label = "Taak opnieuw begonnen"
    permission = May.JOBS_MANAGE
    job: DBTaskResult[..., Any] = field(kw_only=True)

    def check(self) -> None:
        """Refuse while it may still be running."""
        hangs = (
            self.job.status == TaskResultStatus.RUNNING
            and self.job.started_at is not None
            and self.job.started_at < timezone.now() - RUNS
        )
        if self.job.status != TaskResultStatus.FAILED and not hangs:
            raise StipError("Deze taak wacht, loopt of is klaar. Alleen wat mislukte of hangt, kan opnieuw.")
        if self.job.task_path == _STEP:  # its step has failed for good: the job would find nothing to do
            raise StipError(
                "Een bestand inlezen begint niet hier opnieuw. Wie het bracht, doet dat bij Gegevens, met de knop "
                "Opnieuw proberen."
            )

    def change(self) -> None:
        """Put it back in the queue."""
        begin_again(self.job)
        self.subject = kind_of(self.job.task_path)


@dataclass
class DropJob(Action[None]):
    """Take a job that waits out of the queue."""

    action = "job.drop"
    label = "Taak geschrapt"
    permission = May.JOBS_MANAGE
    job: DBTaskResult[..., Any] = field(kw_only=True)

    def check(self) -> None:
        """Refuse when it has begun."""
        if self.job.status != TaskResultStatus.READY:
            raise StipError("Deze taak is al begonnen. Alleen wat nog wacht, kan worden geschrapt.")

    def change(self) -> None:
        """Drop it, unless a worker was quicker."""
        gone, _ = DBTaskResult.objects.filter(pk=self.job.pk, status=TaskResultStatus.READY).delete()
        if not gone:
            raise StipError("Deze taak is net begonnen. Alleen wat nog wacht, kan worden geschrapt.")
        self.subject = kind_of(self.job.task_path)


def begin_again(job: DBTaskResult[..., Any]) -> None:
    """Put a job back in the queue as if it had not begun."""
    job.status = TaskResultStatus.READY
    job.started_at = job.finished_at = job.return_value = None
    job.exception_class_path = job.traceback = ""
    job.save(
        update_fields=["status", "started_at", "finished_at", "return_value", "exception_class_path", "traceback"]
    )


def forget_words(sender: Any, task_result: Any, **_: Any) -> None:
    """Keep of a failure only its kind: the words of an error, and so its traceback, may hold a value."""
    DBTaskResult.objects.filter(pk=task_result.id).exclude(traceback="").update(traceback="")
