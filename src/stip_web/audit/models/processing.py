# SPDX-License-Identifier: EUPL-1.2
"""A line of the processing log (Logboek Dataverwerkingen 1.0): a span, without the identity of an employee."""

from __future__ import annotations

from django.db import models

from stip_web.audit.models.appended import Appended


class ProcessingSpan(Appended):
    """One look at incident-level data. Times are milliseconds since 1970 UTC, as the standard asks."""

    trace_id = models.CharField(max_length=32, db_index=True)
    span_id = models.CharField(max_length=16, unique=True)
    parent_span_id = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    start_time = models.BigIntegerField(db_index=True)
    end_time = models.BigIntegerField()
    attributes = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ("-start_time", "-id")

    def __str__(self) -> str:
        """Return the name of the processing."""
        return self.name
