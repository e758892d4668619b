# SPDX-License-Identifier: EUPL-1.2
"""A row with a state that moves by a table, one mover at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models


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
        table: Any = type(self)
        rows = table.objects.filter(pk=self.pk, state=self.state)
        moved = rows.update(state=to, **changes) == 1
        if moved:
            for name, value in ({"state": to} | changes).items():
                setattr(self, name, value)
        return moved
