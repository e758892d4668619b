# SPDX-License-Identifier: EUPL-1.2
"""A file on its way in: which it is and where it stands. What is in it lies in the quarantine, never here."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from stip_web.desk.moving import Moving

LIFE = timedelta(hours=24)
"""How long a file may wait in the quarantine."""


class Upload(Moving):
    """One file that somebody brought.

    Of a file that was thrown away or expired only a number for a name is left, and when.
    ``headings`` holds only headings that the gate lets be shown; ``report`` counts, rules and facts. No value out of
    a row is in any of them.
    """

    class State(models.TextChoices):
        """Where it stands."""

        LOOKING = "looking", "wordt bekeken"
        MAPPING = "mapping", "kolommen kiezen"
        CHECKING = "checking", "wordt nagekeken"
        CHECKED = "checked", "klaar om te publiceren"
        PUBLISHING = "publishing", "wordt opgeslagen"
        PUBLISHED = "published", "gepubliceerd"
        UNDONE = "undone", "teruggedraaid"
        REFUSED = "refused", "niet te lezen"
        CANCELLED = "cancelled", "weggegooid"
        EXPIRED = "expired", "verlopen"

    _LEAVE = frozenset({State.CANCELLED, State.EXPIRED})
    MOVES = {
        State.LOOKING: frozenset({State.MAPPING, State.CHECKING, State.REFUSED}) | _LEAVE,
        State.MAPPING: frozenset({State.CHECKING}) | _LEAVE,
        State.CHECKING: frozenset({State.CHECKED, State.MAPPING, State.REFUSED}) | _LEAVE,
        State.CHECKED: frozenset({State.MAPPING, State.PUBLISHING}) | _LEAVE,
        State.PUBLISHING: frozenset({State.PUBLISHED, State.CHECKED}) | _LEAVE,
        State.PUBLISHED: frozenset({State.UNDONE}),
        State.UNDONE: frozenset(),
        State.REFUSED: frozenset(),
        State.CANCELLED: frozenset(),
        State.EXPIRED: frozenset(),
    }
    OPEN = (State.LOOKING, State.MAPPING, State.CHECKING, State.CHECKED, State.PUBLISHING)
    """While it is in one of these, its file lies in the quarantine."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.LOOKING)
    source = models.CharField("afspraak", max_length=80, blank=True)
    file_name = models.CharField("bestand", max_length=120)
    size_bytes = models.BigIntegerField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField("ontvangen")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    headings: Any = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    recognised = models.BooleanField(default=False)
    columns: Any = models.JSONField(default=dict)
    accept_refused = models.BooleanField(default=False)
    report: Any = models.JSONField(default=dict)
    refused_rows = models.BinaryField(default=bytes)
    sentence = models.TextField(blank=True)
    batch_id = models.CharField("levering", max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at",)

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.file_name

    def move(self, to: str, **changes: Any) -> bool:
        """Move; of a file of which nothing was stored, what could be somebody's data goes with it."""
        if to in (self.State.CANCELLED, self.State.EXPIRED):
            suffix = PurePath(self.file_name).suffix[:10]
            name = f"bestand-{self.pk.hex[:8]}{suffix}"
            changes |= {"file_name": name, "headings": [], "columns": {}, "report": {}, "refused_rows": b""}
        return super().move(to, **changes)

    @property
    def is_open(self) -> bool:
        """Whether its file still lies in the quarantine."""
        return self.state in self.OPEN

    @property
    def step(self) -> Any:
        """The last step that was asked for, None when there was none."""
        return self.steps.order_by("-id").first()

    @property
    def stored_by(self) -> Any:
        """The last step that stored, or tried to, and is no longer at it; None when there is none."""
        kind = self.steps.model.Kind.STORE
        step = self.steps.filter(kind=kind).order_by("-id").first()
        return None if step is None or step.is_busy else step

    def stop_steps(self, *, reason: str, ended_at: datetime) -> bool:
        """Stop every step that can still be stopped; call it in a transaction.

        First stop, then look: the worker that claims a step in between finds it stopped.

        Returns
        -------
        bool
            False when a step is past the point of no return; then go back.
        """
        states = self.steps.model.State
        held = self.steps.select_for_update()
        list(held.values_list("pk", flat=True))  # on PostgreSQL nobody moves them until the transaction ends
        self.steps.filter(state__in=(states.QUEUED, states.RUNNING)).update(
            state=states.CANCELLED, reason=reason, ended_at=ended_at
        )
        return not self.steps.filter(state=states.SAVING).exists()
