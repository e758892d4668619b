# SPDX-License-Identifier: EUPL-1.2
"""A workspace as the key of a cache."""

from __future__ import annotations

from stip.store import Workspace
from stip_web.workspaces.current import state_of


class Unchanged:
    """The same key for as long as these folders and files of the workspace have not changed.

    Parameters
    ----------
    workspace : Workspace
    *folders : str
        Relative to the workspace.
    """

    def __init__(self, workspace: Workspace, *folders: str) -> None:
        self.workspace = workspace
        self._state = (workspace.root, state_of(workspace, "stip.toml", *folders))

    def __hash__(self) -> int:
        """Hash what it was made from."""
        return hash(self._state)

    def __eq__(self, other: object) -> bool:
        """Whether nothing changed between the two."""
        return isinstance(other, Unchanged) and self._state == other._state
