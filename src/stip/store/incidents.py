# SPDX-License-Identifier: EUPL-1.2
"""Incidents, kept a batch a folder: what came in together can be undone together.

A batch is ``data/incidents/<batch_id>/`` with ``incidents.parquet`` and ``batch.json``; it appears in one step.
A corrected report is a new version under the same ``incident_id``; the highest version counts.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import WorkspaceError
from stip.store.atomic import new_folder, remove_folder, write_text
from stip.store.contracts import INCIDENT, conform
from stip.store.workspace import Workspace

Manifest = dict[str, Any]


def publish_batch(workspace: Workspace, incidents: pd.DataFrame, manifest: Manifest) -> bool:
    """Add a batch of incidents in one step.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    manifest : dict
        Facts about the batch that can be written as JSON; ``batch_id`` is required.

    Returns
    -------
    bool
        False when this batch was there already, and then nothing has changed.
    """
    table = conform(incidents, INCIDENT)
    folder = _folder(workspace, manifest["batch_id"])
    with workspace.writing():
        if folder.exists():
            return False
        with new_folder(folder) as half:
            pq.write_table(table, half / "incidents.parquet", compression="zstd")
            (half / "batch.json").write_text(json.dumps(manifest, indent=1, default=str), encoding="utf-8")
    return True


def undo_batch(workspace: Workspace, batch_id: str, *, at: datetime, reason: str) -> Manifest:
    """Take a batch back; older versions of its incidents count again. The manifest is kept in ``data/undone/``.

    Raises
    ------
    WorkspaceError
        When there is no such batch.
    """
    folder = _folder(workspace, batch_id)
    with workspace.writing():
        manifest = _manifest(folder)
        gone = manifest | {"undone_at": at.isoformat(), "undone_because": reason}
        name = f"{batch_id}-{at:%Y%m%dT%H%M%S}.json"
        write_text(workspace.data / "undone" / name, json.dumps(gone, indent=1))
        remove_folder(folder)
    return manifest


def replace_batch(workspace: Workspace, batch_id: str, incidents: pd.DataFrame, **facts: Any) -> None:
    """Put other rows in a batch and add facts to its manifest; only retention does this."""
    table = conform(incidents, INCIDENT)
    folder = _folder(workspace, batch_id)
    with workspace.writing():
        manifest = _manifest(folder) | facts
        with new_folder(folder.with_name(f"{batch_id}~")) as half:
            pq.write_table(table, half / "incidents.parquet", compression="zstd")
            (half / "batch.json").write_text(json.dumps(manifest, indent=1, default=str), encoding="utf-8")
        remove_folder(folder)
        folder.with_name(f"{batch_id}~").rename(folder)


def read_batch(workspace: Workspace, batch_id: str) -> pd.DataFrame:
    """Return the rows of one batch as they came in, all versions.

    Raises
    ------
    WorkspaceError
        When there is no such batch.
    """
    folder = _folder(workspace, batch_id)
    _manifest(folder)
    return pq.read_table(folder / "incidents.parquet").to_pandas()


def batches(workspace: Workspace) -> list[Manifest]:
    """Return the manifests of all batches, oldest first."""
    found = [_manifest(file.parent) for file in (workspace.data / "incidents").glob("[!.]*/batch.json")]
    return sorted(found, key=lambda manifest: (str(manifest.get("received_at", "")), manifest["batch_id"]))


def read_incidents(
    workspace: Workspace,
    *,
    crime_types: tuple[str, ...] = (),
    known_before: datetime | None = None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> pd.DataFrame:
    """Return each incident once, in the version that counted at a moment.

    Parameters
    ----------
    crime_types : tuple of str
        Only these; all when empty.
    known_before : aware datetime, optional
        As things stood then: versions that became known at this moment or later do not exist.
    from_at, to_at : aware datetime, optional
        Only incidents whose window begins at or after ``from_at`` and before ``to_at``.

    Returns
    -------
    DataFrame that keeps the INCIDENT contract, ordered by ``from_at`` and ``incident_id``
    """
    files = _files(workspace)
    if not files:
        return INCIDENT.schema.empty_table().to_pandas()
    names = ", ".join(f'"{name}"' for name in INCIDENT.schema.names)
    where, outer = ["true"], ["true"]
    parameters: list[Any] = [files]
    if known_before is not None:
        where.append("known_at < ?")
        parameters.append(known_before)
    if crime_types:
        outer.append(f"crime_type in ({', '.join('?' * len(crime_types))})")
        parameters.extend(crime_types)
    for bound, moment in (("from_at >= ?", from_at), ("from_at < ?", to_at)):
        if moment is not None:
            outer.append(bound)
            parameters.append(moment)
    query = f"""
        select {names} from (
            select *, row_number() over (partition by incident_id order by version desc) as newest
            from read_parquet(?) where {" and ".join(where)}
        ) where newest = 1 and {" and ".join(outer)} order by from_at, incident_id
    """  # noqa: S608  the names come from the contract, the values travel as parameters
    with duckdb.connect(config={"TimeZone": "UTC"}) as connection:
        table: pa.Table = connection.execute(query, parameters).to_arrow_table()
    return table.cast(INCIDENT.schema).to_pandas()


def latest_versions(workspace: Workspace, incident_ids: pd.Series[str]) -> pd.DataFrame:
    """Return the newest stored version of each of these incidents that is known, with all its columns."""
    files = _files(workspace)
    if not files or incident_ids.empty:
        return INCIDENT.schema.empty_table().to_pandas()
    wanted = pa.table({"wanted": pa.array(incident_ids.drop_duplicates(), pa.string())})
    with duckdb.connect(config={"TimeZone": "UTC"}) as connection:
        connection.register("wanted", wanted)
        table: pa.Table = connection.execute(
            """
            select i.* from read_parquet(?) i join wanted on incident_id = wanted.wanted
            qualify row_number() over (partition by incident_id order by version desc) = 1
            """,
            [files],
        ).to_arrow_table()
    return table.select(INCIDENT.schema.names).cast(INCIDENT.schema).to_pandas()


def _files(workspace: Workspace) -> list[str]:
    return sorted(str(file) for file in (workspace.data / "incidents").glob("[!.]*/incidents.parquet"))


def _folder(workspace: Workspace, batch_id: str) -> Path:
    if not batch_id.isalnum():
        raise WorkspaceError(f"‘{batch_id}’ is geen nummer van een levering. ‘stip intake batches’ toont ze.")
    return workspace.data / "incidents" / batch_id


def _manifest(folder: Path) -> Manifest:
    try:
        manifest: Manifest = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(f"Er is geen levering ‘{folder.name}’. ‘stip intake batches’ toont ze.") from None
    return manifest
