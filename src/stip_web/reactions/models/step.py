# SPDX-License-Identifier: EUPL-1.2
"""What was done with a message. Only added; it holds fixed words, nothing of the message."""

from __future__ import annotations

from django.db import models

from stip_web.audit.models.appended import Appended
from stip_web.reactions.models.message import Message
from stip_web.reactions.words import OUTCOMES, ROLES, StepKind


class Step(Appended):
    """One step, by a role."""

    message = models.ForeignKey(Message, on_delete=models.DO_NOTHING, related_name="steps")
    kind = models.CharField("wat", max_length=20, choices=[(str(kind), kind.label) for kind in StepKind])
    to_role = models.CharField("aan wie", max_length=20, blank=True, choices=list(ROLES.items()))
    outcome = models.CharField("hoe", max_length=20, blank=True, choices=list(OUTCOMES.items()))
    at = models.DateTimeField("wanneer")
    by_roles = models.CharField("door", max_length=200)

    class Meta:
        """Oldest first; a message is answered once."""

        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["message"], condition=models.Q(kind=str(StepKind.ANSWERED)), name="answered_once"
            ),
        )

    def __str__(self) -> str:
        """Return what was done, in words."""
        said = ROLES.get(self.to_role) or OUTCOMES.get(self.outcome) or ""
        label = StepKind(self.kind).label
        return f"{label}: {said}" if said else label
