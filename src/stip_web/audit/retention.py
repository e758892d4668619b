# SPDX-License-Identifier: EUPL-1.2
"""The one way out of the logs: lines past their term, in one transaction, which is itself logged."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from stip_web.audit.locks import LOCKED
from stip_web.audit.models import RetentionPermit
from stip_web.audit.notes import note


def destroy_before(moment: datetime) -> dict[str, int]:
    """Destroy the lines of all logs from before a moment.

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
        note("log.retention", subject=f"tot {moment:%Y-%m-%d}", **gone)
    return gone
