# SPDX-License-Identifier: EUPL-1.2
"""The one way out of the logs: lines past their term, in one transaction, which is itself logged."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from stip_web.accounts.models import User
from stip_web.audit.locks import LOCKED
from stip_web.audit.models import AccessLine, AuditLine, ProcessingSpan, RetentionPermit
from stip_web.audit.notes import COMMAND, note

_DAYS_A_MONTH = 30.44


def log_limit(now: datetime) -> datetime:
    """Give the moment before which lines are past their term (``STIP_LOG_MONTHS``)."""
    return now - timedelta(days=settings.ENVIRONMENT.log_months * _DAYS_A_MONTH)


def count_before(moment: datetime) -> int:
    """Count the lines of all logs from before a moment."""
    until_ms = int(moment.timestamp() * 1000)
    old = AuditLine.objects.filter(at__lt=moment), AccessLine.objects.filter(at__lt=moment)
    return sum(lines.count() for lines in (*old, ProcessingSpan.objects.filter(start_time__lt=until_ms)))


def destroy_before(moment: datetime, *, by: User | str = COMMAND) -> dict[str, int]:
    """Destroy the lines of all logs from before a moment.

    Parameters
    ----------
    by : User or str
        On whose behalf, for the line that stays.

    Returns
    -------
    dict of str to int
        Number of lines gone from each table.
    """
    until_ms = int(moment.timestamp() * 1000)
    gone = {}
    with transaction.atomic():
        permit = RetentionPermit.objects.create(until=moment, until_ms=until_ms)
        with connection.cursor() as cursor:
            for table, which in LOCKED.items():
                old = which.replace("OLD.", "").replace("until_ms", "%s").replace("until", "%s")
                value = until_ms if "until_ms" in which else connection.ops.adapt_datetimefield_value(moment)
                cursor.execute(f"DELETE FROM {table} WHERE {old}", [value])  # noqa: S608 - names of our own tables
                gone[table] = cursor.rowcount
        permit.delete()
        note("log.retention", subject=f"tot {moment:%Y-%m-%d}", by=by, **gone)
    return gone
