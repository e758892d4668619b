# SPDX-License-Identifier: EUPL-1.2
"""That an entry stands in the workspace, or why it could not."""

from __future__ import annotations

from django.db import models

from stip_web.street.models.entry import Entry


class Mirrored(models.Model):
    """One entry that was brought to the workspace; ``refused`` says why when it did not fit. When is not kept."""

    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, primary_key=True, related_name="mirrored")
    refused = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        """Return the entry."""
        return str(self.entry)
