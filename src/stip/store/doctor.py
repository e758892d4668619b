# SPDX-License-Identifier: EUPL-1.2
"""Is the workspace whole? Looks at every file, says what is wrong, sweeps what killed processes left."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import WorkspaceBusy, WorkspaceError
from stip.store.atomic import halves
from stip.store.atomic import sweep as sweep_halves
from stip.store.contracts import DECISIONS, INCIDENT
from stip.store.layers import read_cells
from stip.store.reading import read_json, read_parquet
from stip.store.reserve import room_left
from stip.store.runs import open_run
from stip.store.workspace import FOLDERS, Workspace


@dataclass(frozen=True)
class Finding:
    """One thing the doctor saw.

    Attributes
    ----------
    good : bool
    what : str
        A Dutch sentence, with the next step when it is not good.
    """

    good: bool
    what: str


def examine(workspace: Workspace, *, sweep: bool = False) -> list[Finding]:
    """Look the workspace over: folders, disk, tables, batches, runs, decisions, agreement files and leftovers.

    Parameters
    ----------
    sweep : bool
        Remove what killed processes left behind; nothing else is ever removed.

    Returns
    -------
    list of Finding
        For each kind of thing what is wrong with it, or one line that it is well.
    """
    root = workspace.root
    findings = [
        *_folders(root),
        Finding(*room_left(root)),
        *_or_well(_tables(root), f"{len(_files(root))} tabellen zijn leesbaar."),
        *_or_well(_batches(workspace), f"{len(_inside(workspace.data / 'incidents'))} leveringen zijn heel."),
        *_or_well(_runs(root), f"{len(_run_folders(root))} vastgezette uitkomsten zijn onveranderd."),
        *_decisions(workspace),
        *_agreements(workspace),
        *_grid(workspace),
    ]
    try:
        with workspace.writing():  # what another process is writing now is no leftover
            return [*findings, *_leftovers(root, sweep=sweep)]
    except WorkspaceBusy:
        raise
    except WorkspaceError as error:  # who may only read still hears what is wrong
        return [*findings, Finding(False, str(error)), *_leftovers(root, sweep=False)]


def _or_well(wrong: Iterator[Finding], well: str) -> list[Finding]:
    return list(wrong) or [Finding(True, well)]


def _folders(root: Path) -> Iterator[Finding]:
    for name in FOLDERS:
        if not (root / name).is_dir():
            yield Finding(False, f"De map {name}/ ontbreekt. Zet haar terug uit een reservekopie.")
        elif not os.access(root / name, os.W_OK | os.X_OK):
            yield Finding(False, f"In de map {name}/ mag niet worden geschreven. Vraag de beheerder om toegang.")


def _tables(root: Path) -> Iterator[Finding]:
    """Read every page of every table, so that its checksum is compared."""
    for path in _files(root):
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                for part in range(file.num_row_groups):
                    file.read_row_group(part)
        except (pa.ArrowException, OSError):
            if not path.exists():  # undone since it was listed
                continue
            name = path.relative_to(root)
            yield Finding(False, f"{name} is niet te lezen of is beschadigd. Zet het terug uit een reservekopie.")


def _batches(workspace: Workspace) -> Iterator[Finding]:
    whole: list[str] = []
    for folder in _inside(workspace.data / "incidents"):
        try:
            facts = read_json(folder / "batch.json")
            read_parquet(folder / "incidents.parquet", INCIDENT.schema)
        except FileNotFoundError:
            if folder.exists():
                yield Finding(False, f"Levering {folder.name} heeft geen batch.json. Zet het bestand terug.")
        except WorkspaceError as error:
            yield Finding(False, f"Levering {folder.name}: {error}")
        else:
            whole.append(str(folder / "incidents.parquet"))
            if facts.get("batch_id") != folder.name:
                yield Finding(False, f"Levering {folder.name} noemt zichzelf anders. Zet de oude mapnaam terug.")
    twice = _stand_twice(whole)
    if twice:
        yield Finding(
            False, f"{twice} meldingen staan in twee leveringen met dezelfde versie. Maak één levering ongedaan."
        )


def _stand_twice(files: list[str]) -> int:
    if not files:
        return 0
    query = """
        select count(*) from (
            select 1 from read_parquet(?, hive_partitioning=false) group by incident_id, version having count(*) > 1
        )
        """
    with duckdb.connect() as connection:
        answer = connection.execute(query, [files]).fetchall()
    return int(answer[0][0])


def _runs(root: Path) -> Iterator[Finding]:
    for folder in _run_folders(root):
        try:
            whole = open_run(folder).intact()
        except (WorkspaceError, KeyError, OSError):
            yield Finding(False, f"Uitkomst {folder.relative_to(root)} is niet te lezen. Zet haar terug.")
        else:
            if not whole:
                yield Finding(
                    False,
                    f"{folder.relative_to(root)} is veranderd nadat het was vastgezet. Vertrouw deze uitkomst niet.",
                )


def _decisions(workspace: Workspace) -> Iterator[Finding]:
    taken = 0
    for kind, contract in DECISIONS.items():
        known, named = set(), set()
        for file in sorted((workspace.root / "decisions" / kind).glob("[!.]*.parquet")):
            try:
                rows = read_parquet(file, contract.schema, later=contract.later).to_pandas()
            except WorkspaceError as error:
                yield Finding(False, f"Besluiten: {error}")
                continue
            taken += len(rows)
            known.update(rows["decision_id"])
            named.update(rows["supersedes"].dropna())
        if named - known:
            yield Finding(False, f"Bij {kind} ontbreken {len(named - known)} besluiten die later zijn herzien.")
    yield Finding(True, f"{taken} besluiten zijn gelezen.")


def _agreements(workspace: Workspace) -> Iterator[Finding]:
    for file in sorted(workspace.agreements.glob("*.toml")):
        try:
            tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError, OSError):
            yield Finding(
                False, f"Afspraak {file.name} is geen geldig TOML-bestand. Kijk met ‘stip agreements check’."
            )


def _grid(workspace: Workspace) -> Iterator[Finding]:
    if (workspace.data / "cells.parquet").exists():
        try:
            read_cells(workspace)
        except WorkspaceError as error:
            yield Finding(False, str(error))


def _leftovers(root: Path, *, sweep: bool) -> Iterator[Finding]:
    if sweep:
        if swept := sweep_halves(root):
            yield Finding(True, f"{swept} halve bestanden opgeruimd.")
    elif left := halves(root):
        yield Finding(False, f"{len(left)} halve bestanden. Ruim op met ‘stip doctor --sweep’.")


def _files(root: Path) -> list[Path]:
    """Return every finished table."""
    tables = sorted(root.rglob("*.parquet"))
    return [file for file in tables if not any(part.startswith(".") for part in file.relative_to(root).parts)]


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[!.]*") if path.is_dir())


def _run_folders(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("runs/*/*/[!.]*") if path.is_dir())
