# SPDX-License-Identifier: EUPL-1.2
"""A number for a delivery that follows from the file, so that the same file is recognised."""

from __future__ import annotations

import hashlib
from pathlib import Path

from stip.store import Workspace, batches

_PIECE = 1 << 22


def file_id(path: Path, source: str) -> str:
    """Return sixteen hex characters that tell this content of this source from any other."""
    digest = hashlib.blake2b(f"{source}\0".encode(), digest_size=8)
    for part in _parts(path):
        with part.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()


def free_batch_id(workspace: Workspace, number: str) -> str:
    """Return the number of a delivery, with a counter when a part of the same file was stored before."""
    taken = {str(manifest["batch_id"]) for manifest in batches(workspace)}
    if number not in taken:
        return number
    counter = 2
    while f"{number}n{counter}" in taken:
        counter += 1
    return f"{number}n{counter}"


def was_read(workspace: Workspace, number: str) -> bool:
    """Tell whether a delivery of this very file is in the workspace."""
    return any(manifest.get("file_id") == number for manifest in batches(workspace))


def _parts(path: Path) -> list[Path]:
    """Return all files that make up one: a Shapefile keeps its columns in a file beside it."""
    if path.suffix.lower() != ".shp":
        return [path]
    wanted = {".shp", ".dbf", ".prj", ".cpg"}
    return sorted(part for part in path.parent.glob(f"{path.stem}.*") if part.suffix.lower() in wanted)
