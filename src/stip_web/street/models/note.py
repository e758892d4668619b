# SPDX-License-Identifier: EUPL-1.2
"""The note of an entry, sealed; it goes after eight weeks and its key with it."""

from __future__ import annotations

from django.db import models

from stip_web.street.models.entry import Entry


class Note(models.Model):
    """At most 140 signs about the place; see `stip_web.street.notes`."""

    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, primary_key=True, related_name="note")
    week = models.CharField(max_length=8, db_index=True)  # in which it came: the week of its key
    sealed = models.BinaryField()

    def __str__(self) -> str:
        """Return which, never what."""
        return f"note of {self.entry_id}"
