# SPDX-License-Identifier: EUPL-1.2
"""Runs: results frozen with the settings, the code version and the inputs they were made from.

A run is ``runs/<week>/<kind>/<id>/`` with ``run.json`` and one Parquet file a table. Its id is a hash of
what went in and of the program, so the same question finds the run that answered it, a killed week can be resumed,
and a changed program makes a run of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip import __version__
from stip.errors import WorkspaceError
from stip.space import monday
from stip.store.atomic import PARQUET, new_folder
from stip.store.program import program_hash
from stip.store.reading import read_json, read_parquet
from stip.store.workspace import Workspace

_FACTS: dict[str, type] = dict.fromkeys(("run_id", "kind", "week", "made_at"), str) | dict.fromkeys(
    ("settings", "inputs", "tables", "notes"), dict
)


@dataclass(frozen=True)
class Run:
    """A frozen result.

    Attributes
    ----------
    folder : Path
    facts : dict
        ``run_id``, ``kind``, ``week``, ``made_at``, ``version``, ``program`` (hash of the sources), ``settings``,
        ``inputs``, ``tables`` (hash by name), what the stage added under ``notes``, and ``seal``, a hash of all the
        rest.
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
        return read_parquet(path).to_pandas()

    def intact(self) -> bool:
        """Tell whether the facts and every table are still as they were frozen, with nothing added."""
        stored: dict[str, str] = self.facts["tables"]
        found = {file.stem: file for file in self.folder.glob("*.parquet")}
        return (
            self.facts.get("seal") == _seal(self.facts)
            and found.keys() == stored.keys()
            and all(_hash_file(found[name]) == digest for name, digest in stored.items())
        )


def run_id_of(kind: str, week: str, settings: dict[str, Any], inputs: dict[str, str]) -> str:
    """Return the id of the run that these inputs make with this program, before it is made."""
    question = json.dumps([kind, week, settings, inputs, program_hash()], sort_keys=True, default=str)
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
                    pq.write_table(table, half / f"{name}.parquet", **PARQUET)
                    hashes[name] = _hash_file(half / f"{name}.parquet")
                facts = {
                    "run_id": run_id,
                    "kind": kind,
                    "week": week,
                    "made_at": datetime.now(UTC).isoformat(timespec="microseconds"),
                    "version": __version__,
                    "program": program_hash(),
                    "settings": settings,
                    "inputs": inputs,
                    "tables": hashes,
                    "notes": notes or {},
                }
                plain = json.loads(json.dumps(facts, default=str))
                text = json.dumps(plain | {"seal": _seal(plain)}, indent=1, ensure_ascii=False)
                (half / "run.json").write_text(text, encoding="utf-8")
    return open_run(folder)


def open_run(folder: Path) -> Run:
    """Open the run in this folder.

    Raises
    ------
    WorkspaceError
        When there is none, or its facts are damaged.
    """
    try:
        facts = read_json(folder / "run.json", _FACTS)
    except FileNotFoundError:
        raise WorkspaceError(f"Er is geen uitkomst in {folder.name}.") from None
    return Run(folder, facts)


def runs_of(workspace: Workspace, kind: str, week: str | None = None) -> list[Run]:
    """Return the runs of a kind (of one week, when given), oldest first.

    Raises
    ------
    SettingsError
        When the week is none.
    """
    if week:
        monday(week)
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
        plain = pd.DataFrame({place: _hashable(frame.iloc[:, place]) for place in range(frame.shape[1])})
        digest.update(pd.util.hash_pandas_object(plain, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def _hashable(column: pd.Series[Any]) -> pd.Series[Any]:
    """Write lists out as text: they cannot be hashed as they are."""
    if column.dtype != object:
        return column
    return column.map(lambda value: _as_text(value) if isinstance(value, list | tuple | np.ndarray) else value)


def _as_text(values: list[Any] | tuple[Any, ...] | npt.NDArray[Any]) -> str:
    return json.dumps(values.tolist() if isinstance(values, np.ndarray) else values, default=str)


def _seal(facts: dict[str, Any]) -> str:
    rest = {name: fact for name, fact in facts.items() if name != "seal"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
