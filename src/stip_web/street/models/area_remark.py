# SPDX-License-Identifier: EUPL-1.2
"""A remark that is kept of a neighbourhood only: that somebody may need help."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class AreaRemark(models.Model):
    """What, where by neighbourhood, and in which week. No link to an entry, a place, a team, a person or an hour.

    It only waits here: once its signal is raised it is deleted. ``signal_id`` names that signal beforehand, so that
    who tries again after a kill finds it there. ``trouble`` says why it could not be raised; who decides on help sees
    that, and may let go of it.
    """

    code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=20)
    week = models.CharField(max_length=8, db_index=True)
    trouble = models.CharField(max_length=300, default="", blank=True)
    signal_id = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        """Return what and where."""
        return f"{self.week} {self.area_code}: {self.code}"
