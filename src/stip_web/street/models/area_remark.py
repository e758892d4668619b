# SPDX-License-Identifier: EUPL-1.2
"""A remark that is kept of a neighbourhood only: that somebody may need help."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class AreaRemark(models.Model):
    """What, where by neighbourhood, and in which week. No link to an entry, a place, a person or an hour."""

    code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=20)
    week = models.CharField(max_length=8, db_index=True)
    team = models.CharField(max_length=40)
    signal_id = models.UUIDField(default=uuid4)
    raised = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return what and where."""
        return f"{self.week} {self.area_code}: {self.code}"
