# SPDX-License-Identifier: EUPL-1.2
"""Runs: results frozen with the settings, the code version and the inputs they were made from.

A run is ``runs/<week>/<kind>/<id>/`` with ``run.json`` and one Parquet file a table. Its id is a hash of
what went in, so the same question finds the run that answered it, and a killed week can be resumed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip import __version__
from stip.errors import WorkspaceError
from stip.store.atomic import new_folder
from stip.store.workspace import Workspace


@dataclass(frozen=True)
class Run:
    """A frozen result.

    Attributes
    ----------
    folder : Path
    facts : dict
        ``run_id``, ``kind``, ``week``, ``made_at``, ``version``, ``settings``, ``inputs``, ``tables``
        (hash by name), and what the stage added under ``notes``.
    """

    folder: Path
    facts: dict[str, Any]

    @property
    def run_id(self) -> str:
        """The id, unique within the workspace."""
        return str(self.facts["run_id"])

    @property
    def week(self) -> str:
        """The ISO week the run is about."""
        return str(self.facts["week"])

    @property
    def notes(self) -> dict[str, Any]:
        """What the stage wrote down beside its tables."""
        notes: dict[str, Any] = self.facts["notes"]
        return notes

    def table(self, name: str) -> pd.DataFrame:
        """Return one of the run's tables.

        Raises
        ------
        WorkspaceError
            When the run has no such table.
        """
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            raise WorkspaceError(f"Uitkomst {self.run_id} heeft geen tabel ‘{name}’.")
        return pq.read_table(path).to_pandas()

    def intact(self) -> bool:
        """Tell whether every table still has the hash it was frozen with."""
        stored: dict[str, str] = self.facts["tables"]
        return all(
            (self.folder / f"{name}.parquet").is_file() and _hash_file(self.folder / f"{name}.parquet") == digest
            for name, digest in stored.items()
        )


def run_id_of(kind: str, week: str, settings: dict[str, Any], inputs: dict[str, str]) -> str:
    """Return the id of the run that these inputs make, before it is made."""
    question = json.dumps([kind, week, settings, inputs, __version__], sort_keys=True, default=str)
    return hashlib.sha256(question.encode()).hexdigest()[:16]


def freeze_run(
    workspace: Workspace,
    *,
    kind: str,
    week: str,
    settings: dict[str, Any],
    inputs: dict[str, str],
    tables: dict[str, pa.Table],
    notes: dict[str, Any] | None = None,
) -> Run:
    """Freeze a result; when the same question was frozen before, that run is returned untouched.

    Parameters
    ----------
    kind : str
        Name of the stage, such as ``outlook``.
    settings : dict
        What steered the result, as JSON can hold it.
    inputs : dict of str to str
        Hash of each input by name; see `fingerprint`.
    tables : dict of str to Table
        Results at cell level, never incident rows: retention need not touch a run.
    """
    run_id = run_id_of(kind, week, settings, inputs)
    folder = workspace.root / "runs" / week / kind / run_id
    with workspace.writing():
        if not folder.exists():
            with new_folder(folder) as half:
                hashes = {}
                for name, table in tables.items():
                    pq.write_table(table, half / f"{name}.parquet", compression="zstd")
                    hashes[name] = _hash_file(half / f"{name}.parquet")
                facts = {
                    "run_id": run_id,
                    "kind": kind,
                    "week": week,
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "version": __version__,
                    "settings": settings,
                    "inputs": inputs,
                    "tables": hashes,
                    "notes": notes or {},
                }
                text = json.dumps(facts, indent=1, ensure_ascii=False, default=str)
                (half / "run.json").write_text(text, encoding="utf-8")
    return open_run(folder)


def open_run(folder: Path) -> Run:
    """Open the run in this folder.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(f"Er is geen uitkomst in {folder.name}.") from None
    return Run(folder, facts)


def runs_of(workspace: Workspace, kind: str, week: str | None = None) -> list[Run]:
    """Return the runs of a kind (of one week, when given), oldest first."""
    found = [open_run(file.parent) for file in (workspace.root / "runs").glob(f"{week or '*'}/{kind}/[!.]*/run.json")]
    return sorted(found, key=lambda run: (run.week, run.facts["made_at"], run.run_id))


def latest_run(workspace: Workspace, kind: str, week: str | None = None) -> Run | None:
    """Return the newest run of a kind (of one week, when given), or None."""
    found = runs_of(workspace, kind, week)
    return found[-1] if found else None


def fingerprint(*frames: pd.DataFrame) -> str:
    """Return a hash of the contents of tables: values, order and column names."""
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(json.dumps([str(name) for name in frame.columns]).encode())
        plain = (
            frame.map(str)
            if any(frame[c].map(type).isin([list]).any() for c in frame.select_dtypes("object"))
            else frame
        )
        digest.update(pd.util.hash_pandas_object(plain, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
