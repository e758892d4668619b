# SPDX-License-Identifier: EUPL-1.2
"""The board of a week: what people made of the proposal so far. What was fixed stands in the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet

from stip_web.desk.moving import Moving


class Status(models.TextChoices):
    """How the plan of a week stands."""

    CONCEPT = "concept", "concept"
    FIXED = "vastgesteld", "vastgesteld"
    REVISED = "herzien", "herzien"
    CLOSED = "afgesloten", "afgesloten"


class Draft(Moving):
    """The board of one week, with an edition that goes up with each change: two people cannot undo each other.

    Attributes
    ----------
    week : str
    state : str
        Its `Status`.
    edition : int
    run_id : str
        The frozen proposal that people started from; empty when none was made.
    capacity : dict
        Hours by team and slot.
    places : list of dict
        See `stip_web.plans.spots.Spot`.
    version : int
        Of the plan that was fixed from this board; 0 for none.
    fixed_from : int
        The edition that was fixed; -1 for none.
    """

    MOVES = {
        Status.CONCEPT: frozenset({Status.FIXED}),
        Status.FIXED: frozenset({Status.REVISED, Status.CLOSED}),
        Status.REVISED: frozenset({Status.REVISED, Status.CLOSED}),
        Status.CLOSED: frozenset(),
    }

    week = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=12, choices=Status.choices, default=Status.CONCEPT)
    edition = models.PositiveIntegerField(default=0)
    run_id = models.CharField(max_length=16, blank=True)
    capacity = models.JSONField(default=dict)
    places = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    fixed_from = models.IntegerField(default=-1)

    class Meta:
        """Newest week first."""

        ordering = ("-week",)

    def __str__(self) -> str:
        """Return the week and how it stands."""
        return f"{self.week}: {Status(self.state).label}"

    @property
    def open(self) -> bool:
        """Whether it may still change."""
        return self.state != Status.CLOSED

    def content(self) -> dict[str, Any]:
        """Give what people may change."""
        names = ("state", "run_id", "capacity", "places", "version", "fixed_from")
        return {name: getattr(self, name) for name in names}

    def as_here(self) -> QuerySet[Any]:
        """Give its row, as long as nobody else changed it."""
        return super().as_here().filter(edition=self.edition)

    def change(self, fields: Mapping[str, Any]) -> bool:
        """Change fields, and let the edition go up."""
        return super().change({**fields, "edition": self.edition + 1})

    def store(self, fields: Mapping[str, Any]) -> bool:
        """Keep what is different now; the first change of a week makes the row.

        Parameters
        ----------
        fields : mapping
            Of `content`.

        Returns
        -------
        bool
            False when somebody else was earlier.
        """
        if self.pk is not None:
            return self.change(fields)
        for name, value in fields.items():
            setattr(self, name, value)
        self.edition += 1
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            return False
        return True
