# SPDX-License-Identifier: EUPL-1.2
"""A message of a citizen. What was written, and why it was decided so, stand nowhere else and go after their term."""

from __future__ import annotations

from django.db import models

from stip_web.inbox.letters import MOST_SIGNS, Kind


class Message(models.Model):  # type: ignore[django-manager-missing]  # steps: from a module that names this one
    """What came in: its number, its term, and until it is destroyed what was written and by whom."""

    number = models.CharField("nummer", max_length=9, unique=True)
    kind = models.CharField("soort", max_length=20, choices=[(str(kind), kind.label) for kind in Kind])
    text = models.TextField("bericht", max_length=MOST_SIGNS, blank=True)
    name = models.CharField("naam", max_length=100, blank=True)
    email = models.CharField("e-mailadres", max_length=254, blank=True)
    sent_at = models.DateTimeField("verstuurd")
    answer_by = models.DateField("uiterlijk", db_index=True)
    reason = models.TextField("reden van het besluit", max_length=MOST_SIGNS, blank=True)
    held = models.BooleanField("wissen wacht", default=False)
    destroyed_at = models.DateTimeField("gewist", null=True, blank=True)

    class Meta:
        """What is due first stands first."""

        ordering = ("answer_by", "number")

    def __str__(self) -> str:
        """Return the number, never what was written."""
        return self.number
