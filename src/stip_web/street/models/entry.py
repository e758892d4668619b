# SPDX-License-Identifier: EUPL-1.2
"""An entry of the phone: how it was at one place of the plan. Written once; it does not say by whom."""

from __future__ import annotations

from django.db import models

from stip_web.audit.models.appended import Appended
from stip_web.street.codes import HOW, WHY_NOT


class Entry(Appended):
    """How it was at one place.

    ``entry_id`` was made on the phone: the same entry that comes again is the same row. ``told_at`` is by the clock
    of the server: when it came in, less the age that the phone claims, by the hour. Who told it is not kept here, nor
    the moment or the order in which it came in: those would lead to the line in the log, which has a name.
    """

    entry_id = models.UUIDField(primary_key=True)
    team = models.CharField("team", max_length=40)
    plan_id = models.CharField(max_length=80)
    place_id = models.CharField(max_length=80)
    week = models.CharField(max_length=8, db_index=True)
    visited = models.BooleanField("geweest")
    code = models.CharField("hoe het was", max_length=20, blank=True)
    why = models.CharField("waarom niet", max_length=20, blank=True)
    better = models.JSONField("beter hier", default=list, blank=True)  # names of cells
    remark = models.CharField("wat er te zien was", max_length=20, blank=True)
    hours = models.FloatField("uren", default=0)
    told_at = models.DateTimeField("verteld", db_index=True)
    digest = models.CharField(max_length=64)  # of what was told, save the note: tells the same entry from another

    class Meta:
        """Oldest first."""

        ordering = ("told_at", "entry_id")

    def __str__(self) -> str:
        """Return what was told, in words."""
        said = HOW.get(self.code, self.code) if self.visited else f"niet geweest: {WHY_NOT.get(self.why, self.why)}"
        return f"{self.week} {self.place_id}: {said}"
