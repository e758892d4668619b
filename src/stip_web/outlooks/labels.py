# SPDX-License-Identifier: EUPL-1.2
"""What crime types are called; a frozen outlook may hold one that the settings no longer have."""

from __future__ import annotations

from stip.store import Workspace


class Labels(dict[str, str]):
    """The name of each crime type as people read it; one that is no longer in the settings goes by its own name."""

    def __missing__(self, name: str) -> str:
        """Give the name that the settings had for it as code."""
        return name


def labels_of(workspace: Workspace) -> Labels:
    """Give the name of each crime type, of those too that were dropped from the settings since."""
    return Labels({name: kind.label for name, kind in workspace.settings.crime_types.items()})
