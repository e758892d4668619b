# SPDX-License-Identifier: EUPL-1.2
"""What lets retention through the lock on the logs, for as long as its transaction lasts."""

from __future__ import annotations

from django.db import models


class RetentionPermit(models.Model):
    """Lines from before this moment may go; the row lives only inside the transaction of retention."""

    until = models.DateTimeField()
    until_ms = models.BigIntegerField()

    def __str__(self) -> str:
        """Return the moment."""
        return f"before {self.until.isoformat()}"
