# SPDX-License-Identifier: EUPL-1.2
"""Taking a delivery back."""

from __future__ import annotations

from datetime import UTC, datetime

from stip.agreements import tidy_reason
from stip.errors import WorkspaceError
from stip.store import Manifest, Workspace, undo_batch


def undo(workspace: Workspace, batch_id: str, *, reason: str, at: datetime | None = None) -> Manifest:
    """Take a delivery back: what it brought is gone, and what it corrected is again as it was.

    Parameters
    ----------
    workspace : Workspace
    batch_id : str
        As ``stip intake batches`` shows it.
    reason : str
        Why, in at most 140 characters and without personal data; it is kept.
    at : aware datetime, optional
        When it was decided; now by default.

    Returns
    -------
    dict
        What was written down about the delivery.

    Raises
    ------
    WorkspaceError
        When there is no such delivery, or the reason is missing, too long or about a person.
    """
    words = tidy_reason(reason, WorkspaceError)
    return undo_batch(workspace, batch_id, at=at or datetime.now(UTC), reason=words)
