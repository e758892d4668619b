# SPDX-License-Identifier: EUPL-1.2
"""One time that an outlook is made in the background: how far it is, and why it failed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", "staat klaar"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


MOVES: dict[str, frozenset[str]] = {
    State.WAITING: frozenset({State.RUNNING, State.FAILED}),
    State.RUNNING: frozenset({State.DONE, State.FAILED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset(),
}
"""From which state to which."""


_ROOM = {"step": 200, "reason": 600, "run_id": 16}


class Making(models.Model):
    """An outlook in the making. Holds no value out of an incident; who asked for it is in the audit log."""

    week = models.CharField(max_length=8)
    plain = models.BooleanField(default=False)  # the plain count, because the model failed
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=_ROOM["step"], blank=True)
    reason = models.CharField(max_length=_ROOM["reason"], blank=True)
    run_id = models.CharField(max_length=_ROOM["run_id"], blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        """Return the week and how far it is."""
        return f"{self.week}: {self.get_state_display()}"

    @property
    def busy(self) -> bool:
        """Whether it still goes on."""
        return bool(MOVES[self.state])

    def move(self, state: str, **facts: str) -> None:
        """Go to another state and keep what is known now.

        Raises
        ------
        ValueError
            When the state cannot follow this one.
        """
        if state not in MOVES[self.state]:
            raise ValueError(f"{self.state} cannot become {state}")
        self.state = state
        self.tell(**facts)

    def tell(self, **facts: str) -> None:
        """Keep how far it is."""
        for name, value in facts.items():
            setattr(self, name, value[: _ROOM[name]])
        self.moved_at = timezone.now()
        self.save()
