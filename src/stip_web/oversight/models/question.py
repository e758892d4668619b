# SPDX-License-Identifier: EUPL-1.2
"""What was said of an open legal question: each line stands, the last one counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.audit.models.appended import Appended


class QuestionLine(Appended):
    """How a question stood from then on."""

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", "open"
        ASKED = "asked", "gevraagd"
        ANSWERED = "answered", "beantwoord"
        DROPPED = "dropped", "niet meer nodig"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    roles = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(max_length=60, db_index=True)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=20)
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=600, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Return the question and how it stands."""
        return f"{self.slug}: {self.state}"
