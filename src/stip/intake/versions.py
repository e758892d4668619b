# SPDX-License-Identifier: EUPL-1.2
"""What is new in a file, beside what the workspace has already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
    stored = _stored(workspace, incidents)
    incidents = incidents.assign(incident_id=stored["incident_id"].fillna(incidents["incident_id"]))
    found = stored["version"].notna().to_numpy()
    same = found.copy()
    for name in _CONTENT:
        same &= (stored[name] == incidents[name]).fillna(False).to_numpy(dtype=bool)
    received = {manifest["batch_id"]: str(manifest["received_at"]) for manifest in batches(workspace)}
    came_later = (pd.to_datetime(stored["batch_id"].map(received), utc=True) > received_at).to_numpy()
    older = found & ~same & (came_later | read_before)
    corrected = found & ~same & ~older
    version = np.where(corrected, stored["version"].fillna(0).to_numpy(dtype=np.int32) + 1, 1).astype(np.int32)
    known_at = incidents["known_at"].where(~corrected, received_at)
    to_store = incidents.assign(version=version, known_at=known_at)[~found | corrected].reset_index(drop=True)
    unchanged = same | (older & read_before)
    return Comparison(
        to_store=to_store[[name for name in to_store.columns if not name.startswith("under_")]],
        new=int(np.count_nonzero(~found)),
        corrected=int(np.count_nonzero(corrected)),
        unchanged=int(np.count_nonzero(unchanged)),
        older=int(np.count_nonzero(older & ~unchanged)),
    )


def _stored(workspace: Workspace, incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the stored version of each row, under whatever key it was stored; missing where there is none."""
    answer = _looked_up(workspace, incidents["incident_id"])
    for name in (name for name in incidents.columns if name.startswith("under_")):
        left = answer["version"].isna()
        if left.any():
            answer = answer.where(~left, _looked_up(workspace, incidents[name]))
    return answer


def _looked_up(workspace: Workspace, ids: pd.Series) -> pd.DataFrame:
    known = latest_versions(workspace, ids.dropna()).set_index("incident_id")
    rows = known.reindex(pd.Index(ids)).set_axis(ids.index)
    return rows.assign(incident_id=ids.where(rows["version"].notna()))
