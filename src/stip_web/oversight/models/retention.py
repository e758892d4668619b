# SPDX-License-Identifier: EUPL-1.2
"""Retention in two steps: who oversees approves what will be destroyed, who runs the machine does it. Both stand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.audit.models.appended import Appended


class RetentionOrder(Appended):
    """What may be destroyed and until when, by whose approval; counts and moments only."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    roles = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=140)
    on = models.DateField()
    kinds: Any = models.JSONField(default=list)
    foreseen: Any = models.JSONField(default=dict)
    limits: Any = models.JSONField(default=dict)
    after = models.PositiveBigIntegerField(null=True, unique=True)
    """The newest approval when this one was given, 0 when there was none: of two given at once only one can stand.
    None for those of before this was kept."""

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Return the day and the kinds."""
        return f"{self.on}: {', '.join(self.kinds)}"


class RetentionDone(Appended):
    """That it was done, and how much went."""

    order = models.OneToOneField(RetentionOrder, on_delete=models.DO_NOTHING, related_name="done")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    roles = models.CharField(max_length=200, blank=True)
    destroyed: Any = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Return which order."""
        return f"order {self.order_id}"
