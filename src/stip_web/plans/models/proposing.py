# SPDX-License-Identifier: EUPL-1.2
"""One time that the proposal of a week is made in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stip_web.desk.background import BUSY, Background


class Proposing(Background):
    """A proposal in the making."""

    hours = models.FloatField()
    rotation = models.CharField(max_length=140, blank=True)  # why a district may have another turn

    class Meta:
        """Newest first; of a week only one goes on."""

        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("week",), condition=Q(state__in=BUSY), name="one_busy_proposing_a_week")
        ]
