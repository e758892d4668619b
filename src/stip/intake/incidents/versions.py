# SPDX-License-Identifier: EUPL-1.2
"""What is new in a file, beside what the workspace has already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.store import Workspace, batches, latest_versions

_CONTENT = ("crime_type", "from_at", "to_at", "x_m", "y_m")
"""What makes a report another report when it changes."""


@dataclass(frozen=True)
class Comparison:
    """Rows of a file beside the stored versions.

    Attributes
    ----------
    to_store : DataFrame
        Rows that are new or corrected, with ``incident_id``, ``version`` and ``known_at`` as they are to be stored.
    new, corrected, unchanged, older : int
        ``older``: rows of a file that came in before the version that is stored.
    """

    to_store: pd.DataFrame
    new: int
    corrected: int
    unchanged: int
    older: int


def compare(
    workspace: Workspace, incidents: pd.DataFrame, *, received_at: pd.Timestamp, read_before: bool
) -> Comparison:
    """Tell new, corrected and unchanged rows apart.

    Parameters
    ----------
    incidents : DataFrame
        INCIDENT columns without ``version`` and ``batch_id``; and ``under_<key>``: the number of each row under an
        older key, by which an earlier version may be stored.
    received_at : aware Timestamp
        From then on a correction is known.
    read_before : bool
        Whether this very file was read before: then what is stored has not been corrected by it.
    """
    incidents = incidents.reset_index(drop=True)
    held = batches(workspace)
    place, known = _stored(workspace, incidents) if held else (np.full(len(incidents), -1), None)
    found = place >= 0
    if known is None or not found.any():
        return Comparison(_storable(incidents.assign(version=np.int32(1))), len(incidents), 0, 0, 0)
    beside = known.take(place[found]).reset_index(drop=True)
    mine = incidents[found].reset_index(drop=True)
    same = np.ones(len(mine), dtype=bool)
    for name in _CONTENT:
        same &= (beside[name] == mine[name]).to_numpy(dtype=bool)
    received = {manifest["batch_id"]: str(manifest["received_at"]) for manifest in held}
    came_later = (pd.to_datetime(beside["batch_id"].map(received), utc=True) > received_at).to_numpy()
    older = ~same & (came_later | read_before)
    corrected = ~same & ~older
    before = beside[corrected]
    corrections = mine[corrected].assign(
        incident_id=before["incident_id"], version=before["version"] + 1, known_at=received_at
    )
    new = incidents[~found].assign(version=1)
    unchanged = int(np.count_nonzero(same)) + (int(np.count_nonzero(older)) if read_before else 0)
    to_store = _storable(pd.concat([part for part in (new, corrections) if len(part)] or [new], ignore_index=True))
    return Comparison(
        to_store=to_store.assign(version=to_store["version"].astype("int32")),
        new=len(new),
        corrected=len(corrections),
        unchanged=unchanged,
        older=len(mine) - len(corrections) - unchanged,
    )


def _storable(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[[name for name in rows.columns if not name.startswith("under_")]].reset_index(drop=True)


def _stored(workspace: Workspace, incidents: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Return which of the stored versions belongs to each row (-1 for none), under whatever key it was stored."""
    place = np.full(len(incidents), -1, dtype=np.int64)
    parts: list[pd.DataFrame] = []
    for name in ("incident_id", *(name for name in incidents.columns if name.startswith("under_"))):
        left = np.flatnonzero(place < 0)
        ids = incidents[name].iloc[left]
        known = latest_versions(workspace, ids.dropna()).reset_index(drop=True)
        at = pd.Index(known["incident_id"]).get_indexer(pd.Index(ids))
        place[left[at >= 0]] = at[at >= 0] + sum(len(part) for part in parts)
        parts.append(known)
    return place, pd.concat(parts, ignore_index=True)
