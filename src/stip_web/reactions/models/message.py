# SPDX-License-Identifier: EUPL-1.2
"""A message of a citizen. What was written, and why it was decided so, lie here sealed and go after their term."""

from __future__ import annotations

from django.db import models

from stip_web.inbox.letters import Kind


class Message(models.Model):  # type: ignore[django-manager-missing]  # steps: from a module that names this one
    """What came in: its number, its term, and the sealed letter until it is destroyed; see `opening`."""

    number = models.CharField("nummer", max_length=9, unique=True)
    kind = models.CharField("soort", max_length=20, choices=[(str(kind), kind.label) for kind in Kind])
    sealed = models.BinaryField("bericht, op slot", default=bytes, blank=True)
    sent_at = models.DateTimeField("verstuurd")
    answer_by = models.DateField("uiterlijk", db_index=True)
    sealed_reason = models.BinaryField("reden van het besluit, op slot", default=bytes, blank=True)
    held = models.BooleanField("wissen wacht", default=False)
    destroyed_at = models.DateTimeField("gewist", null=True, blank=True)

    class Meta:
        """What is due first stands first."""

        ordering = ("answer_by", "number")

    def __str__(self) -> str:
        """Return the number, never what was written."""
        return self.number
