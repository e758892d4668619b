# SPDX-License-Identifier: EUPL-1.2
"""The workspace that this site shows, and what was read from it while it has not changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from stip.store import Workspace


def current_workspace() -> Workspace:
    """Open the workspace of this installation; read again when ``stip.toml`` changes.

    Raises
    ------
    WorkspaceError, SettingsError
        When it is not there, or does not fit.
    """
    root = Path(settings.STIP_WORKSPACE)
    return _opened(root, _changed(root / "stip.toml"))


def state_of(workspace: Workspace, *folders: str) -> tuple[tuple[str, int], ...]:
    """Give a fingerprint of folders or files of the workspace: it changes when one of the files does.

    Parameters
    ----------
    *folders : str
        Such as ``data/incidents``; relative to the workspace.
    """
    found = []
    for folder in folders:
        top = workspace.root / folder
        paths = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        found += [(str(path.relative_to(workspace.root)), path.stat().st_mtime_ns) for path in paths]
    return tuple(found)


@lru_cache(maxsize=4)
def _opened(root: Path, changed: int) -> Workspace:
    return Workspace.open(root)


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0
