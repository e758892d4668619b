# SPDX-License-Identifier: EUPL-1.2
"""One time that the figures of a quarter are rounded in the background, for somebody to approve."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stip_web.desk.background import BUSY, Background


class FigureProposal(Background):
    """Figures in the making."""

    quarter = models.CharField(max_length=7)

    class Meta:
        """Newest first; of a quarter only one goes on."""

        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("quarter",), condition=Q(state__in=BUSY), name="one_busy_figure_proposal_a_quarter"
            )
        ]
