# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from stip.store import batches
from stip_web.audit.models import AuditLine
from stip_web.audit.processes import _started, is_gone, this_worker
from stip_web.desk.workers import Stopped
from stip_web.intakes import quarantine, reading
from stip_web.intakes.actions.following import record_if_stored
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.sweep import settle, sweep
from stip_web.intakes.watch import Watch
from stip_web.workspaces.current import current_workspace

from .conftest import Desk, work

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


def test_after_24_hours_a_file_is_destroyed_and_the_page_says_so(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = desk.checked(next_week)
    assert sweep(timezone.now() + DAY - timedelta(minutes=1)) == 0
    assert upload.pk in quarantine.sealed_uploads()
    later = timezone.now() + DAY + timedelta(seconds=1)
    monkeypatch.setattr("stip_web.intakes.views.upload.timezone", SimpleNamespace(now=lambda: later))
    page = desk.see(upload)  # looking is enough
    assert "wachtte langer dan 24 uur en is vernietigd" in page
    assert quarantine.sealed_uploads() == {}
    assert AuditLine.objects.filter(action="upload.expire").count() == 1
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.EXPIRED


def test_a_step_that_waited_is_stopped_when_its_file_expires(desk: Desk, own_site: Path, next_week: bytes) -> None:
    desk.bring(next_week)
    sweep(timezone.now() + DAY * 2)
    work()
    upload = Upload.objects.get()
    assert (upload.state, upload.step.state) == (Upload.State.EXPIRED, Step.State.CANCELLED)


def test_what_nobody_knows_of_is_destroyed_once_it_cannot_be_coming_in(own_site: Path) -> None:
    upload = uuid4()
    with quarantine.write(upload) as out:
        out.write(b"x")
    assert sweep(timezone.now()) == 0
    assert sweep(timezone.now() + timedelta(hours=3)) == 1
    assert quarantine.sealed_uploads() == {}


def test_the_command_sweeps_and_tells(desk: Desk, own_site: Path, next_week: bytes) -> None:
    upload = desk.checked(next_week)
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    out = StringIO()
    call_command("quarantine", stdout=out)
    assert "1 bestanden wachten" in out.getvalue()
    out = StringIO()
    call_command("quarantine", "--sweep", stdout=out)
    assert "1 bestanden zijn vernietigd" in out.getvalue()
    out = StringIO()
    call_command("quarantine", "--json", stdout=out)
    assert out.getvalue() == '{"destroyed": 0, "waiting": []}\n'
    upload.refresh_from_db()
    assert upload.state == Upload.State.EXPIRED


def test_a_step_whose_worker_is_gone_has_failed_with_a_reason(desk: Desk, own_site: Path, next_week: bytes) -> None:
    desk.bring(next_week)
    step = Step.objects.get()
    host, process, _ = this_worker().rsplit(":", 2)
    step.move(Step.State.RUNNING, worker=f"{host}:{process}:1", beat_at=timezone.now())
    page = desk.see(step.upload)
    assert "De werker is halverwege gestopt" in page and "Opnieuw proberen" in page
    assert "Welke kolom is wat?" in desk.do(step.upload, "opnieuw")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"beat_at": -timedelta(minutes=5), "ends_before": timedelta(hours=1)}, "halverwege gestopt"),
        ({"beat_at": timedelta(0), "ends_before": -timedelta(seconds=1)}, "duurde langer dan 30 minuten"),
    ],
)
def test_a_silent_or_endless_step_ends(
    fields: dict[str, timedelta], said: str, desk: Desk, own_site: Path, next_week: bytes
) -> None:
    desk.bring(next_week)
    now = timezone.now()
    step = Step.objects.get()
    step.move(Step.State.RUNNING, worker="elders:1:1", **{name: now + shift for name, shift in fields.items()})
    assert said in desk.see(step.upload)


def test_this_process_is_there_and_its_number_given_out_again_is_not() -> None:
    assert not is_gone(this_worker())
    assert is_gone(this_worker().rpartition(":")[0] + ":1")
    assert not is_gone("elders:1:1")
    assert str(os.getpid()) in this_worker()


def test_a_process_that_ended_and_was_not_reaped_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        name = f"{this_worker().rsplit(':', 2)[0]}:{child.pid}:{_started(child.pid)}"
        assert not is_gone(name)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, and its name still stands there
        assert is_gone(name)


def test_what_was_stored_before_the_worker_died_counts_as_stored(
    desk: Desk, own_site: Path, next_week: bytes
) -> None:
    upload = desk.checked(next_week)
    desk.client.post(f"/gegevens/inlezen/{upload.pk}/publiceren")
    step = Step.objects.get(kind=Step.Kind.STORE)
    step.move(Step.State.RUNNING, worker="elders:1:1", beat_at=timezone.now())
    upload.refresh_from_db()
    reading.store(current_workspace(), upload, Watch(step))  # and here it dies, before it can say so
    assert step.state == Step.State.SAVING
    settle(timezone.now())
    assert Upload.objects.get().state == Upload.State.PUBLISHING
    settle(timezone.now() + timedelta(minutes=5))
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert upload.batch_id in {manifest["batch_id"] for manifest in batches(current_workspace())}
    assert quarantine.sealed_uploads() == {}


def test_a_step_that_was_stopped_in_between_stores_nothing(desk: Desk, own_site: Path, next_week: bytes) -> None:
    upload = desk.checked(next_week)
    desk.client.post(f"/gegevens/inlezen/{upload.pk}/publiceren")
    step = Step.objects.get(kind=Step.Kind.STORE)
    step.move(Step.State.RUNNING, worker=this_worker(), beat_at=timezone.now())
    Step.objects.filter(pk=step.pk).update(state=Step.State.CANCELLED)
    upload.refresh_from_db()
    before = len(batches(current_workspace()))
    with pytest.raises(Stopped):
        reading.store(current_workspace(), upload, Watch(step))
    assert len(batches(current_workspace())) == before


def publishing(desk: Desk, next_week: bytes) -> Upload:
    upload = desk.checked(next_week)
    desk.client.post(f"/gegevens/inlezen/{upload.pk}/publiceren")
    return upload


def locked(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let writing down that a delivery was published fail so many times, as a database that is locked does."""
    left, create = [times], AuditLine.objects.create

    def fail_first(**fields: object) -> AuditLine:
        if fields["action"] == "delivery.publish" and left[0]:
            left[0] -= 1
            raise OperationalError("database is locked")
        return create(**fields)

    monkeypatch.setattr(AuditLine.objects, "create", fail_first)


def published_lines() -> int:
    return AuditLine.objects.filter(action="delivery.publish").count()


def test_rows_that_are_stored_are_written_down_when_the_database_was_away_for_a_moment(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = publishing(desk, next_week)
    locked(monkeypatch, times=1)
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.step.state) == (Upload.State.PUBLISHED, Step.State.DONE)
    assert published_lines() == 1


def test_rows_that_are_stored_are_not_thrown_away_and_are_written_down_later(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = publishing(desk, next_week)
    locked(monkeypatch, times=2)
    work()
    assert Step.objects.get(kind=Step.Kind.STORE).state == Step.State.SAVING
    assert "Er is niets van opgeslagen" not in desk.do(upload, "weggooien")
    assert sweep(timezone.now() + timedelta(seconds=30)) == 0
    settle(timezone.now() + timedelta(minutes=5))
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert published_lines() == 1


@pytest.mark.parametrize("how", ["throw away", "expire"])
def test_a_step_that_failed_after_its_rows_came_in_is_no_reason_to_say_nothing_was_stored(
    how: str, desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = publishing(desk, next_week)
    locked(monkeypatch, times=2)
    work()
    Step.objects.filter(kind=Step.Kind.STORE).update(state=Step.State.FAILED)
    if how == "throw away":
        assert "al opgeslagen" in desk.do(upload, "weggooien")
    else:
        sweep(timezone.now() + DAY * 2)
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert published_lines() == 1
    assert not AuditLine.objects.filter(action__in=("upload.cancel", "upload.expire")).exists()


def test_two_who_settle_the_same_write_one_line(desk: Desk, own_site: Path, next_week: bytes) -> None:
    upload = publishing(desk, next_week)
    step = Step.objects.get(kind=Step.Kind.STORE)
    step.move(Step.State.RUNNING, worker="elders:1:1", beat_at=timezone.now())
    upload.refresh_from_db()
    reading.store(current_workspace(), upload, Watch(step))
    tabs = [(Upload.objects.get(), Step.objects.get(pk=step.pk)) for _ in range(2)]
    assert [record_if_stored(*tab) for tab in tabs] == [True, True]
    assert published_lines() == 1


def test_a_step_that_begins_to_write_while_its_file_expires_is_not_stopped_half_way(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = publishing(desk, next_week)
    step = Step.objects.get(kind=Step.Kind.STORE)
    step.move(Step.State.RUNNING, worker=this_worker(), beat_at=timezone.now())
    move, begun = Upload.move, []

    def move_late(self: Upload, to: str, **changes: object) -> bool:
        begun.append(step.move(Step.State.SAVING))  # the worker, just before the upload expires
        return move(self, to, **changes)

    monkeypatch.setattr(Upload, "move", move_late)
    later = timezone.now() + DAY * 2
    Step.objects.update(beat_at=later, ends_before=later + DAY)
    sweep(later)
    now = Step.objects.get(pk=step.pk).state
    assert begun == [now == Step.State.SAVING], "a step either begins to write or is stopped, not both"
    assert upload.pk not in quarantine.sealed_uploads() or begun == [True]
