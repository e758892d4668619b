# SPDX-License-Identifier: EUPL-1.2
"""One time that an outlook is made in the background: how far it is, and why it failed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stip_web.desk.background import BUSY, Background, State

__all__ = ["BUSY", "Making", "State"]


class Making(Background):
    """An outlook in the making."""

    plain = models.BooleanField(default=False)  # the plain count, because the model failed

    class Meta:
        """Newest first; of a week only one goes on."""

        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("week",), condition=Q(state__in=BUSY), name="one_busy_making_a_week")
        ]
