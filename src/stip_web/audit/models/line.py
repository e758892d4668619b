# SPDX-License-Identifier: EUPL-1.2
"""A line of the audit log: who changed what, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.audit.models.appended import Appended


class AuditLine(Appended):
    """One action by one person. Holds no value out of an incident."""

    at = models.DateTimeField("wanneer", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    actor_name = models.CharField("wie", max_length=150)
    roles = models.CharField("als", max_length=200, blank=True)
    action = models.SlugField("wat", max_length=60, db_index=True)
    subject = models.CharField("waarover", max_length=200, blank=True)
    why = models.CharField("waarom", max_length=400, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.actor_name}: {self.action}"
