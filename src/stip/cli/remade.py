# SPDX-License-Identifier: EUPL-1.2
"""Map and lists of a week, made again after people decided something."""

from __future__ import annotations

from stip.cli.show import warn
from stip.errors import StipError
from stip.store import Workspace


def remake(workspace: Workspace, week: str) -> None:
    """Make the files in ``output/`` again when they are there, and say so beside the answer.

    What was decided stands, whether or not a map can be drawn of it.
    """
    if not (workspace.root / "output" / week).is_dir():
        return
    from stip.week import remake_files  # seconds to load, and mostly there is nothing to draw

    try:
        remade = remake_files(workspace, week)
    except StipError as error:
        warn(f"Kaart en lijst in output/{week} zijn nog de oude: {error}")
        return
    if remade:
        warn(f"Kaart en lijst in output/{week} zijn opnieuw gemaakt.")
