# SPDX-License-Identifier: EUPL-1.2
"""What somebody is about to write in the workspace: kept until its line is in the log."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Intent(models.Model):
    """An action that was begun. It goes in the transaction that writes its line; what stays was cut off.

    Attributes
    ----------
    at, actor, actor_name, roles, action, subject, why, details
        As of `AuditLine`; subject and details as far as they are known beforehand.
    process : str
        Who does it; see `stip_web.audit.processes`.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    actor_name = models.CharField(max_length=150)
    roles = models.CharField(max_length=200, blank=True)
    action = models.SlugField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=400, blank=True)
    details = models.JSONField(default=dict, blank=True)
    process = models.CharField(max_length=120)

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        """Return who is doing what."""
        return f"{self.actor_name}: {self.action}"
