# SPDX-License-Identifier: EUPL-1.2
"""Taking a delivery back."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from stip.agreements import find_personal
from stip.errors import WorkspaceError
from stip.store import Manifest, Workspace, undo_batch

_LONGEST = 140


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
    words = reason.strip()
    if not words:
        raise WorkspaceError("Zeg waarom u de levering terugdraait, met --reason. Dat wordt bewaard.")
    if len(words) > _LONGEST:
        raise WorkspaceError(f"De reden is {len(words)} tekens lang; hooguit {_LONGEST} is genoeg. Maak haar korter.")
    kind = find_personal(pd.Series([words], dtype="string")).iloc[0]
    if not pd.isna(kind):
        raise WorkspaceError(
            f"In de reden staat een persoonsgegeven ({kind}). Schrijf haar zonder, want zij wordt bewaard."
        )
    return undo_batch(workspace, batch_id, at=at or datetime.now(UTC), reason=words)
