# SPDX-License-Identifier: EUPL-1.2
"""One time that an outlook is made in the background: how far it is, and why it failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from stip_web.desk.jobs import RUNS
from stip_web.desk.moving import Moving
from stip_web.desk.workers import SILENCE, is_gone


class State(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", "staat klaar"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


BUSY = (State.WAITING, State.RUNNING)
"""While it is in one of these, the same week is not made a second time."""

_ROOM = {"step": 200, "reason": 600, "run_id": 16}


class Making(Moving):
    """An outlook in the making. Holds no value out of an incident; who asked for it is in the audit log."""

    MOVES = {
        State.WAITING: frozenset({State.RUNNING, State.FAILED}),
        State.RUNNING: frozenset({State.DONE, State.FAILED}),
        State.DONE: frozenset(),
        State.FAILED: frozenset({State.RUNNING}),  # its job is begun again
    }

    week = models.CharField(max_length=8)
    plain = models.BooleanField(default=False)  # the plain count, because the model failed
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=_ROOM["step"], blank=True)
    reason = models.CharField(max_length=_ROOM["reason"], blank=True)
    run_id = models.CharField(max_length=_ROOM["run_id"], blank=True)
    worker = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; of a week only one goes on."""

        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("week",), condition=Q(state__in=BUSY), name="one_busy_making_a_week")
        ]

    def __str__(self) -> str:
        """Return the week and how far it is."""
        return f"{self.week}: {self.get_state_display()}"

    @property
    def busy(self) -> bool:
        """Whether it still goes on."""
        return self.state in BUSY

    def as_here(self) -> QuerySet[Any]:
        """Give its row, as long as nobody else began it again."""
        return super().as_here().filter(started_at=self.started_at)

    def change(self, fields: Any) -> bool:
        """Change fields as long as the row stands as it does here; texts are cut to what fits."""
        return super().change(
            {name: value[: _ROOM[name]] if name in _ROOM else value for name, value in fields.items()}
        )

    def dead(self, now: datetime) -> bool:
        """Whether it runs no longer although it says so: its worker is gone, silent, or at it for too long."""
        if self.state != State.RUNNING or self.started_at is None:
            return False
        silent = self.beat_at is not None and now - self.beat_at > SILENCE
        return silent or is_gone(self.worker) or now - self.started_at > RUNS
