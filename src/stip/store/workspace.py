# SPDX-License-Identifier: EUPL-1.2
"""The workspace: one folder that holds everything the library keeps.

::

    stip.toml        settings
    card.toml        what only the municipality can say, for the registers (when it has one)
    agreements/      one TOML file a source: what may be used, why, how finely, how long
    data/            incidents by batch, layers, areas, cells
    runs/            frozen results: <week>/<kind>/<id>/
    decisions/       what people decided, only ever added to
    published/       tables that may be seen by everyone
    .reserve         room on the disk, given up when people put something on hold
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from stip.errors import NotStored, WorkspaceBusy, WorkspaceError
from stip.settings import Settings, read_toml, write_toml
from stip.space import Grid
from stip.store.atomic import write_text

FOLDERS = ("agreements", "data", "runs", "decisions", "published")


@dataclass(frozen=True)
class Workspace:
    """An opened workspace.

    Attributes
    ----------
    root : Path
    settings : Settings
        As ``stip.toml`` said when the workspace was opened.
    """

    root: Path
    settings: Settings

    @classmethod
    def open(cls, root: Path | str) -> Workspace:
        """Open the workspace in this folder.

        Raises
        ------
        WorkspaceError
            When there is no ``stip.toml``.
        SettingsError, CrsError
            When ``stip.toml`` does not fit.
        """
        root = Path(root).resolve()
        if not (root / "stip.toml").is_file():
            raise WorkspaceError(f"{root} is geen werkmap: er is geen stip.toml. Maak er een met ‘stip init’.")
        workspace = cls(root, read_toml(root / "stip.toml", Settings))
        _ = workspace.grid  # refuses a reference system that does not count in metres
        return workspace

    @classmethod
    def create(cls, root: Path | str, settings: Settings) -> Workspace:
        """Make a workspace in a folder that is new or empty.

        Raises
        ------
        WorkspaceError
            When the folder holds something already, or cannot be made.
        CrsError
            When the town's reference system does not count in metres on a plane.
        """
        root = Path(root).resolve()
        _ = cls(root, settings).grid
        try:
            if root.exists() and (not root.is_dir() or any(root.iterdir())):
                raise WorkspaceError(f"{root} is niet leeg. Kies een nieuwe map, zodat er niets wordt overschreven.")
            for folder in FOLDERS:
                (root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"De map ‘{root.name[:60]}’ is hier niet te maken. Kies een kortere naam, of een plek waar u "
                "mag schrijven."
            ) from error
        write_text(root / "stip.toml", write_toml(settings))
        return cls.open(root)

    @property
    def grid(self) -> Grid:
        """The grid of this town."""
        town = self.settings.town
        return Grid(town.cell_m, town.crs, town.origin_x_m, town.origin_y_m)

    @property
    def data(self) -> Path:
        """Folder of the tables."""
        return self.root / "data"

    @property
    def agreements(self) -> Path:
        """Folder of the agreements."""
        return self.root / "agreements"

    @contextmanager
    def writing(self, *, wait_seconds: float = 10) -> Iterator[None]:
        """Hold the workspace for writing; nests within one process, keeps other processes out.

        Raises
        ------
        WorkspaceBusy
            When another process keeps writing for longer than ``wait_seconds``.
        NotStored
            When the folder may not be written in.
        """
        lock = FileLock(self.root / ".lock", is_singleton=True)
        try:
            lock.acquire(timeout=wait_seconds)
        except Timeout:
            raise WorkspaceBusy(
                f"Een ander programma schrijft nu in {self.root.name}. Wacht tot het klaar is en probeer het opnieuw."
            ) from None
        except OSError as error:
            raise NotStored(
                f"In {self.root.name} mag niet worden geschreven: {error.strerror}. Vraag de beheerder om toegang."
            ) from None
        try:
            yield
        finally:
            lock.release()
