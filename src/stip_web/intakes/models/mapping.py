# SPDX-License-Identifier: EUPL-1.2
"""How the columns of a source were named: next week's file with the same headings is recognised by it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class ColumnMapping(models.Model):
    """What a person said about a line of headings; ``columns`` is by role: ``heading`` and ``date_format``."""

    source = models.CharField("afspraak", max_length=80)
    fingerprint = models.CharField(max_length=64)
    columns: Any = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One of each line of headings."""

        constraints = [models.UniqueConstraint(fields=("fingerprint",), name="one_mapping_a_fingerprint")]

    def __str__(self) -> str:
        """Return which source it is of."""
        return self.source
