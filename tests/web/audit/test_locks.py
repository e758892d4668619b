# SPDX-License-Identifier: EUPL-1.2
"""The database refuses to change the logs, whoever asks; retention is the one way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from stip_web.audit.locks import LOCKED
from stip_web.audit.models import AccessLine, AuditLine, ProcessingSpan, RetentionPermit
from stip_web.audit.retention import destroy_before

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def fill(age: timedelta) -> None:
    at = NOW - age
    ms = int(at.timestamp() * 1000)
    AuditLine.objects.create(actor_name="noor", action="view.save", at=at)
    AccessLine.objects.create(actor_name="noor", activity="kaart", trace_id="0" * 32, at=at)
    ProcessingSpan.objects.create(
        trace_id="0" * 32, span_id=f"{ms:016x}", status="OK", name="n", start_time=ms, end_time=ms
    )


def counts() -> list[int]:
    return [model.objects.count() for model in (AuditLine, AccessLine, ProcessingSpan)]


@pytest.mark.parametrize("table", LOCKED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_plain_sql_changes_no_line(table: str, statement: str) -> None:
    fill(timedelta(days=3000))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert counts() == [1, 1, 1]


@pytest.mark.parametrize("model", [AuditLine, AccessLine, ProcessingSpan])
def test_the_code_changes_no_line_either(model: type) -> None:
    fill(timedelta(days=3000))
    line = model.objects.get()  # type: ignore[attr-defined]
    for change in (line.save, line.delete, model.objects.all().delete, model.objects.update):  # type: ignore[attr-defined]
        with pytest.raises(TypeError, match="never"):
            change()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL knows TRUNCATE")
def test_truncate_is_refused() -> None:
    fill(timedelta(0))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditline")


def test_retention_takes_what_is_past_its_term_and_says_so() -> None:
    fill(timedelta(days=400))
    fill(timedelta(days=10))
    gone = destroy_before(NOW - timedelta(days=365))
    assert gone == dict.fromkeys(LOCKED, 1)
    assert counts() == [2, 1, 1]
    line = AuditLine.objects.get(action="log.retention")
    assert line.details == dict.fromkeys(LOCKED, 1)
    assert not RetentionPermit.objects.exists()


def test_a_permit_lets_no_younger_line_go() -> None:
    fill(timedelta(days=10))
    RetentionPermit.objects.create(until=NOW - timedelta(days=365), until_ms=0)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditline")


def test_the_command_keeps_the_term(capsys: pytest.CaptureFixture[str]) -> None:
    fill(timedelta(days=36 * 31))
    fill(timedelta(days=35 * 30))
    call_command("log_retention", "--dry-run")
    assert counts() == [2, 2, 2]
    call_command("log_retention")
    assert "Vernietigd: 3 regels" in capsys.readouterr().out
    assert counts() == [2, 1, 1]


def test_production_cannot_be_emptied(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="logboek"):
        call_command("flush", interactive=False)


@pytest.mark.django_db(transaction=True)
def test_a_demo_can_be_emptied_and_is_locked_again() -> None:
    fill(timedelta(0))
    call_command("flush", interactive=False, verbosity=0)
    assert counts() == [0, 0, 0]
    fill(timedelta(0))
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditline")
