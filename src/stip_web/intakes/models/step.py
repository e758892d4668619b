# SPDX-License-Identifier: EUPL-1.2
"""One piece of work on an upload by the worker: waiting, running, done or not, and why not."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from stip_web.desk.moving import Moving
from stip_web.desk.workers import SILENCE
from stip_web.intakes.models.upload import Upload


class Step(Moving):
    """Looking at a file, checking it, or storing what is in it."""

    class Kind(models.TextChoices):
        """What is to be done."""

        LOOK = "look", "Het bestand bekijken"
        CHECK = "check", "Het bestand nakijken"
        STORE = "store", "De meldingen opslaan"

    class State(models.TextChoices):
        """How far it is. ``saving``: from here on it cannot be stopped, since the rows go into the workspace."""

        QUEUED = "queued", "wacht op de werker"
        RUNNING = "running", "bezig"
        SAVING = "saving", "slaat op"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"
        CANCELLED = "cancelled", "gestopt"

    MOVES = {
        State.QUEUED: frozenset({State.RUNNING, State.FAILED, State.CANCELLED}),
        State.RUNNING: frozenset({State.SAVING, State.DONE, State.FAILED, State.CANCELLED}),
        State.SAVING: frozenset({State.DONE, State.FAILED}),
        State.DONE: frozenset(),
        State.FAILED: frozenset(),
        State.CANCELLED: frozenset(),
    }
    BUSY = (State.QUEUED, State.RUNNING, State.SAVING)

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    progress = models.FloatField(default=0)
    reason = models.TextField(blank=True)
    worker = models.CharField(max_length=120, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ends_before = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        """Return what it does."""
        return self.get_kind_display()

    @property
    def is_busy(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in self.BUSY

    @property
    def percent(self) -> int:
        """How far it is, 0 … 100."""
        return int(100 * min(max(self.progress, 0.0), 1.0))

    def silent(self, now: datetime) -> bool:
        """Whether the worker that took it has said nothing for too long."""
        return self.beat_at is not None and now - self.beat_at > SILENCE
