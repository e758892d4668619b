# SPDX-License-Identifier: EUPL-1.2
"""A row with a state that moves by a table, one mover at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet


class Moving(models.Model):
    """A row whose ``state`` goes only where `MOVES` lets it."""

    MOVES: ClassVar[Mapping[str, frozenset[str]]]

    state: str

    class Meta:
        """No table of its own."""

        abstract = True

    def may_move(self, to: str) -> bool:
        """Whether the table has this move."""
        return to in self.MOVES[self.state]

    def move(self, to: str, **changes: Any) -> bool:
        """Move, with other changes in the same stroke.

        Returns
        -------
        bool
            False when somebody else was earlier, or the table has no such move; then nothing changes.
        """
        if not self.may_move(to):
            return False
        return self.change({"state": to} | changes)

    def change(self, fields: Mapping[str, Any]) -> bool:
        """Change fields as long as the row stands as it does here; only these are written.

        Returns
        -------
        bool
            False when somebody else was earlier; then nothing changes.
        """
        changed = self.as_here().update(**fields) == 1
        if changed:
            for name, value in fields.items():
                setattr(self, name, value)
        return changed

    def as_here(self) -> QuerySet[Any]:
        """Give the row of this one, as long as it stands as it does here."""
        table: Any = type(self)
        rows: QuerySet[Any] = table.objects.filter(pk=self.pk, state=self.state)
        return rows
