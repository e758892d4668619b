# SPDX-License-Identifier: EUPL-1.2
"""Incidents, kept a batch a folder: what came in together can be undone together.

A batch is ``data/incidents/<batch_id>/`` with ``incidents.parquet`` and ``batch.json``; it appears in one step.
A corrected report is a new version under the same ``incident_id``; the highest version counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import WorkspaceError
from stip.store.atomic import PARQUET, new_folder, remove_folder, sweep, write_parquet, write_text
from stip.store.contracts import INCIDENT, conform
from stip.store.layout import ROWS_PER_GROUP, in_reading_order
from stip.store.reading import read_json, read_parquet
from stip.store.spans import SPAN_FILE, Bounds, may_hold, span_of
from stip.store.workspace import Workspace

Manifest = dict[str, Any]
_MUST_HOLD = {"batch_id": str}
_TRIES = 5
_REPEATED = [name for name in INCIDENT.schema.names if name not in {"incident_id", "from_at", "to_at", "known_at"}]
"""Columns in which values come again and again: only for these a dictionary pays."""


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
            rows = in_reading_order(table)
            path = half / "incidents.parquet"
            pq.write_table(rows, path, use_dictionary=_REPEATED, row_group_size=ROWS_PER_GROUP, **PARQUET)
            (half / SPAN_FILE).write_text(span_of(rows), encoding="utf-8")
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
        sweep_incidents(workspace)
        manifest = _manifest(folder)
        gone = manifest | {"undone_at": at.isoformat(), "undone_because": reason}
        name = f"{batch_id}-{at:%Y%m%dT%H%M%S}.json"
        write_text(workspace.data / "undone" / name, json.dumps(gone, indent=1))
        remove_folder(folder)
    return manifest


def sweep_incidents(workspace: Workspace) -> int:
    """Remove the reports that a process left behind when it was killed while it wrote or destroyed them.

    No reader sees them, but who says that reports are gone must first have done this.

    Returns
    -------
    int
        How many files or folders were removed.

    Raises
    ------
    WorkspaceBusy
        When another process keeps writing: what it is writing now is not left behind.
    WorkspaceError
        When they may not be removed.
    """
    with workspace.writing():
        return sweep(workspace.data / "incidents")


def replace_batch(workspace: Workspace, batch_id: str, incidents: pd.DataFrame, **facts: Any) -> None:
    """Put other rows in a batch and add facts to its manifest.

    Only retention does this, which leaves rows out, and ``stip link``, which codes them by the neighbourhoods of now.
    The rows are swapped in one step, the facts in the next. A kill between the two leaves the new rows under the
    old facts: what had to be destroyed is gone, and no reader ever misses the batch.
    """
    table = conform(incidents, INCIDENT)
    folder = _folder(workspace, batch_id)
    with workspace.writing():
        manifest = _manifest(folder) | facts
        (folder / SPAN_FILE).unlink(missing_ok=True)  # what lies in it is not known until the rows are in
        write_parquet(folder / "incidents.parquet", in_reading_order(table), row_group_size=ROWS_PER_GROUP)
        write_text(folder / SPAN_FILE, span_of(table))
        write_text(folder / "batch.json", json.dumps(manifest, indent=1, default=str))


def read_batch(workspace: Workspace, batch_id: str) -> pd.DataFrame:
    """Return the rows of one batch as they came in, all versions.

    Raises
    ------
    WorkspaceError
        When there is no such batch.
    """
    folder = _folder(workspace, batch_id)
    _manifest(folder)
    return read_parquet(folder / "incidents.parquet", INCIDENT.schema).to_pandas()


def batches(workspace: Workspace) -> list[Manifest]:
    """Return the manifests of all batches, oldest first."""
    found = []
    for file in (workspace.data / "incidents").glob("[!.]*/batch.json"):
        with suppress(FileNotFoundError):  # undone since it was listed
            found.append(read_json(file, _MUST_HOLD))
    return sorted(found, key=lambda manifest: (str(manifest.get("received_at", "")), manifest["batch_id"]))


def read_incidents(
    workspace: Workspace,
    *,
    crime_types: tuple[str, ...] = (),
    known_before: datetime | None = None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
    box_m: tuple[float, float, float, float] | None = None,
) -> pd.DataFrame:
    """Return each incident once, in the version that counted at a moment.

    A period and a box are looked for where they are stored; what lies elsewhere is not read.

    Parameters
    ----------
    crime_types : tuple of str
        Only these; all when empty.
    known_before : aware datetime, optional
        As things stood then: versions that became known at this moment or later do not exist.
    from_at, to_at : aware datetime, optional
        Only incidents whose window begins at or after ``from_at`` and before ``to_at``.
    box_m : tuple of float, optional
        West, south, east and north in metres; only incidents in it, those on the west and south side included.

    Returns
    -------
    DataFrame that keeps the INCIDENT contract, ordered by ``from_at`` and ``incident_id``
    """
    names = ", ".join(f'"{name}"' for name in INCIDENT.schema.names)
    values: list[Any] = []

    def asked(condition: str, *given: Any) -> str:
        """Return a condition with its values numbered; 1 and 2 are the files, and those with corrections."""
        if any(value is None for value in given):
            return "true"
        values.extend(given)
        return condition.format(*(f"${2 + len(values) - len(given) + place}" for place in range(1, 1 + len(given))))

    known = asked("known_at < {}", known_before)
    fit = [known, asked("from_at >= {}", from_at), asked("from_at < {}", to_at)]
    if crime_types:
        fit.append(asked(f"crime_type in ({', '.join('{}' for _ in crime_types)})", *crime_types))
    if box_m is not None:
        fit.append(asked("x_m >= {} and y_m >= {} and x_m < {} and y_m < {}", *box_m))
    # What is asked holds for the version that counts, so a version that fits is dropped when a higher one is known.
    # Those are few and stored together. The same version in two batches is the same report, and is taken once.
    query = f"""
        with fits as (
            select {names} from read_parquet($1, hive_partitioning=false) where {" and ".join(fit)}
            qualify row_number() over (partition by incident_id order by version desc, batch_id desc) = 1
        )
        select {names} from fits where not exists (
            select 1 from read_parquet($2, hive_partitioning=false) as higher
            where higher.version > 1 and {known}
                and higher.incident_id = fits.incident_id and higher.version > fits.version
        ) order by from_at, incident_id
    """  # noqa: S608  the names come from the contract, the values travel as parameters
    west, south, east, north = box_m or (None,) * 4
    bounds: Bounds = {"known_at": (None, known_before), "from_at": (from_at, to_at)}
    bounds |= {"x_m": (west, east), "y_m": (south, north)}

    def among(files: list[str]) -> list[list[str]]:
        looked_in = may_hold(files, bounds)
        return [looked_in, may_hold(files, {"version": (2, None)}) or looked_in]

    return _ask(workspace, query, values, among=among)


def read_versions(workspace: Workspace, *, known_before: datetime) -> pd.DataFrame:
    """Return every version of every incident that had become known before a moment, with all its columns.

    Parameters
    ----------
    known_before : aware datetime

    Returns
    -------
    DataFrame that keeps the INCIDENT contract, ordered by ``known_at``, ``incident_id`` and ``version``
    """
    query = """
        select * from read_parquet(?, hive_partitioning=false) where known_at < ?
        qualify row_number() over (partition by incident_id, version order by batch_id desc) = 1
        order by known_at, incident_id, version
        """
    return _ask(workspace, query, [known_before])


def read_arrivals(workspace: Workspace, *, known_before: datetime) -> pd.DataFrame:
    """Return when each version became known and what brought it, of those before a moment.

    Returns
    -------
    DataFrame
        ``source``, ``crime_type`` and ``known_at`` of the INCIDENT contract, a row for each stored version.
    """
    names = ("source", "crime_type", "known_at")
    query = "select source, crime_type, known_at from read_parquet(?, hive_partitioning=false) where known_at < ?"
    table = _query(workspace, query, [known_before])
    schema = pa.schema([INCIDENT.schema.field(name) for name in names])
    return (schema.empty_table() if table is None else table.cast(schema)).to_pandas()


def last_known_at(workspace: Workspace, *, known_before: datetime, sources: tuple[str, ...] = ()) -> datetime | None:
    """Return when the newest report became known, of those before a moment; None when there are none.

    Parameters
    ----------
    known_before : aware datetime
    sources : tuple of str
        Only of these; of all when empty.
    """
    of_these = f"and source in ({', '.join('?' * len(sources))})" if sources else ""
    query = f"""
        select * from read_parquet(?, hive_partitioning=false) where known_at < ? {of_these}
        order by known_at desc limit 1
        """  # noqa: S608  the values travel as parameters
    newest = _ask(workspace, query, [known_before, *sources])
    return None if newest.empty else newest["known_at"].iloc[0].to_pydatetime()


def incident_sources(workspace: Workspace) -> list[str]:
    """Return the sources of all stored incidents, in alphabetical order."""
    table = _query(workspace, "select distinct source from read_parquet(?, hive_partitioning=false) order by 1", [])
    return [] if table is None else [str(source) for source in table["source"].to_pylist()]


def latest_versions(workspace: Workspace, incident_ids: pd.Series[str]) -> pd.DataFrame:
    """Return the newest stored version of each of these incidents that is known, with all its columns."""
    if incident_ids.empty:
        return INCIDENT.schema.empty_table().to_pandas()
    wanted = pa.table({"wanted": pa.array(incident_ids.drop_duplicates(), pa.string())})
    query = """
        select i.* from read_parquet(?, hive_partitioning=false) i join wanted on incident_id = wanted.wanted
        qualify row_number() over (partition by incident_id order by version desc, batch_id desc) = 1
        """
    return _ask(workspace, query, [], wanted)


Among = Callable[[list[str]], list[list[str]]]


def _all(files: list[str]) -> list[list[str]]:
    return [files]


def _ask(
    workspace: Workspace, query: str, parameters: list[Any], wanted: pa.Table | None = None, *, among: Among = _all
) -> pd.DataFrame:
    """Put a question about whole incidents to all batches."""
    table = _query(workspace, query, parameters, wanted, among=among)
    if table is None:
        return INCIDENT.schema.empty_table().to_pandas()
    return table.select(INCIDENT.schema.names).cast(INCIDENT.schema).to_pandas()


def _query(
    workspace: Workspace, query: str, parameters: list[Any], wanted: pa.Table | None = None, *, among: Among = _all
) -> pa.Table | None:
    """Put a question to all batches, None when there are none; one undone since it was listed is left out.

    The first parameters of the question are the lists of files that ``among`` makes of all files.
    """
    for _ in range(_TRIES):
        files = _files(workspace)
        lists = among(files)
        if not lists[0]:
            return None
        try:
            with duckdb.connect() as connection:
                connection.execute("set TimeZone = 'UTC'")
                if wanted is not None:
                    connection.register("wanted", wanted)
                return connection.sql(query, params=[*lists, *parameters]).to_arrow_table()
        except (duckdb.Error, pa.ArrowException) as error:
            if _files(workspace) == files:
                raise WorkspaceError(
                    "De meldingen zijn niet te lezen. ‘stip doctor’ zegt welke levering stuk is."
                ) from error
    raise WorkspaceError("De leveringen veranderen terwijl ze gelezen worden. Probeer het zo opnieuw.")


def _files(workspace: Workspace) -> list[str]:
    return sorted(str(file) for file in (workspace.data / "incidents").glob("[!.]*/incidents.parquet"))


def _folder(workspace: Workspace, batch_id: str) -> Path:
    if not batch_id.isalnum():
        raise WorkspaceError(f"‘{batch_id}’ is geen nummer van een levering. ‘stip intake batches’ toont ze.")
    return workspace.data / "incidents" / batch_id


def _manifest(folder: Path) -> Manifest:
    try:
        return read_json(folder / "batch.json", _MUST_HOLD)
    except FileNotFoundError:
        raise WorkspaceError(f"Er is geen levering ‘{folder.name}’. ‘stip intake batches’ toont ze.") from None
