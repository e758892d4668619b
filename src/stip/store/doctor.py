# SPDX-License-Identifier: EUPL-1.2
"""Is the workspace whole? Looks at every file, says what is wrong, sweeps what killed processes left."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stip.store.atomic import halves
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
    """Look the workspace over.

    Parameters
    ----------
    sweep : bool
        Remove what killed processes left behind; nothing else is ever removed.
    """
    findings = [
        Finding(False, f"De map {name}/ ontbreekt. Zet haar terug uit een reservekopie.")
        for name in FOLDERS
        if not (workspace.root / name).is_dir()
    ]
    findings += _tables(workspace.root)
    findings += _runs(workspace.root)
    with workspace.writing():
        left = halves(workspace.root)
        if sweep:
            for path in left:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            findings += [Finding(True, f"{len(left)} halve bestanden opgeruimd.")] if left else []
        elif left:
            findings.append(Finding(False, f"{len(left)} halve bestanden. Ruim op met ‘stip doctor --sweep’."))
    return findings


def _tables(root: Path) -> list[Finding]:
    files = [file for file in sorted(root.rglob("*.parquet")) if not file.name.startswith(".")]
    broken = []
    for file in files:
        try:
            pq.read_metadata(file)
        except (pa.ArrowInvalid, OSError):
            broken.append(
                Finding(False, f"{file.relative_to(root)} is niet te lezen. Zet het terug uit een reservekopie.")
            )
    return broken or [Finding(True, f"{len(files)} tabellen zijn leesbaar.")]


def _runs(root: Path) -> list[Finding]:
    folders = sorted(file.parent for file in root.glob("runs/*/*/[!.]*/run.json"))
    changed = [
        Finding(
            False,
            f"{folder.relative_to(root)} is veranderd nadat het was vastgezet. Vertrouw deze uitkomst niet.",
        )
        for folder in folders
        if not open_run(folder).intact()
    ]
    return changed or [Finding(True, f"{len(folders)} vastgezette uitkomsten zijn onveranderd.")]
