# SPDX-License-Identifier: EUPL-1.2
"""A line of who looked: the processing log itself may not name an employee, so this one does, by the same trace."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.audit.models.appended import Appended


class AccessLine(Appended):
    """One look at incident-level data by one person; says which activity and how finely, never what was seen."""

    at = models.DateTimeField("wanneer", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    actor_name = models.CharField("wie", max_length=150, db_index=True)
    roles = models.CharField("als", max_length=200, blank=True, default="")
    fine = models.BooleanField("tot op de plek", null=True)  # not known of lines from before this was kept
    activity = models.SlugField("wat", max_length=60)
    trace_id = models.CharField(max_length=32)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Return who looked at what."""
        return f"{self.actor_name}: {self.activity}"
