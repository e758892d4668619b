# SPDX-License-Identifier: EUPL-1.2
"""A table to which lines are only added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendedQuerySet(models.QuerySet[Any]):
    """Rows that can be read and added, not changed or thrown away."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("lines of a log are never changed")

    def delete(self) -> NoReturn:
        """Refuse; `stip_web.audit.retention` is the one way out."""
        raise TypeError("lines of a log are never deleted by hand; retention does that")


class Appended(models.Model):
    """A line that is written once."""

    objects = AppendedQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; refuse to write an old one again."""
        if not self._state.adding:
            raise TypeError("a line of a log is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("lines of a log are never deleted by hand; retention does that")
