# SPDX-License-Identifier: EUPL-1.2
"""The square grid: which cell a place falls in, and what a cell is called.

A cell is an int64: ``column << 32 | row`` of its south-west corner, counted in cells from the grid's origin.
On paper it is named the way Statistics Netherlands names squares, by its corner in the
grid's own metres: ``E136125N455875``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyproj import CRS
from pyproj.exceptions import CRSError

from stip.errors import ContractError, CrsError, SettingsError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NAME = re.compile(r"E(-?\d{1,9})N(-?\d{1,9})", re.ASCII)
_HALF = 1 << 31  # keeps columns and rows west and south of the origin positive


@dataclass(frozen=True)
class Grid:
    """A square grid in a projected reference system, in metres.

    Parameters
    ----------
    cell_m : int
        Side of a cell, in metres.
    crs : str
        A projected reference system that counts in metres, such as ``EPSG:28992`` (RD).
    origin_x_m, origin_y_m : int
        A corner of the grid; RD's own origin by default.

    Examples
    --------
    >>> grid = Grid()
    >>> grid.name(grid.cell_at(np.array([136_200.0]), np.array([455_900.0]))[0])
    'E136125N455875'
    """

    cell_m: int = 125
    crs: str = "EPSG:28992"
    origin_x_m: int = 0
    origin_y_m: int = 0

    def __post_init__(self) -> None:
        if self.cell_m <= 0:
            raise SettingsError(f"Een vak kan geen {self.cell_m} meter breed zijn. Kies een getal boven 0.")
        check_metric(self.crs)

    @property
    def grid_id(self) -> str:
        """A short text that tells this grid from every other."""
        return f"{self.crs}/{self.cell_m}m/{self.origin_x_m},{self.origin_y_m}"

    def cell_at(self, x_m: Floats, y_m: Floats) -> Ints:
        """Return the cell of each point; a point on a border belongs to the cell north-east of it.

        Raises
        ------
        ContractError
            When a coordinate is missing, infinite, or further off than any place on earth.
        """
        column = np.floor((np.asarray(x_m, dtype=np.float64) - self.origin_x_m) / self.cell_m)
        row = np.floor((np.asarray(y_m, dtype=np.float64) - self.origin_y_m) / self.cell_m)
        astray = ~((np.abs(column) < _HALF) & (np.abs(row) < _HALF))
        if astray.any():
            raise ContractError(
                f"{int(astray.sum())} plekken hebben geen bruikbare coördinaten. Laat ze weg of lees ze opnieuw in."
            )
        return self.cell_from(column.astype(np.int64), row.astype(np.int64))

    @staticmethod
    def cell_from(column: Ints, row: Ints) -> Ints:
        """Return the cell in this column and row."""
        return (np.asarray(column, dtype=np.int64) << 32) + np.asarray(row, dtype=np.int64) + _HALF

    @staticmethod
    def column_row(cell: Ints) -> tuple[Ints, Ints]:
        """Return column and row of each cell, the inverse of `cell_from`."""
        cell = np.asarray(cell, dtype=np.int64)
        return cell >> 32, (cell & 0xFFFFFFFF) - _HALF

    def corner(self, cell: Ints) -> tuple[Floats, Floats]:
        """Return the south-west corner of each cell, in metres."""
        column, row = self.column_row(cell)
        return (
            (column * self.cell_m + self.origin_x_m).astype(np.float64),
            (row * self.cell_m + self.origin_y_m).astype(np.float64),
        )

    def centre(self, cell: Ints) -> tuple[Floats, Floats]:
        """Return the middle of each cell, in metres."""
        x_m, y_m = self.corner(cell)
        return x_m + self.cell_m / 2, y_m + self.cell_m / 2

    def name(self, cell: int) -> str:
        """Return how a cell is called on paper, ``E…N…``."""
        x_m, y_m = self.corner(np.array([cell], dtype=np.int64))
        return f"E{int(x_m[0])}N{int(y_m[0])}"

    def cell_named(self, name: str) -> int:
        """Return the cell with this name.

        Raises
        ------
        SettingsError
            When the text is no name, or names no corner of this grid.
        """
        form = _NAME.fullmatch(name.strip())
        if not form:
            raise SettingsError(f"‘{name}’ is geen vak. Schrijf een vak als E136125N455875.")
        x_m, y_m = int(form[1]), int(form[2])
        if (x_m - self.origin_x_m) % self.cell_m or (y_m - self.origin_y_m) % self.cell_m:
            raise SettingsError(
                f"‘{name}’ is geen hoekpunt van het raster van {self.cell_m} meter. Neem een vak van de kaart over."
            )
        return int(self.cell_at(np.array([float(x_m)]), np.array([float(y_m)]))[0])


def check_metric(crs: str) -> None:
    """Refuse a reference system that does not count in metres on a plane.

    Raises
    ------
    CrsError
        When the system is unknown, geographic, or counts in another unit.
    """
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise CrsError(f"Coördinatenstelsel ‘{crs}’ is onbekend. Voor Nederland is het EPSG:28992.") from error
    units = [axis.unit_name for axis in system.axis_info]
    if not system.is_projected or units != ["metre", "metre"]:
        raise CrsError(
            f"Coördinatenstelsel ‘{crs}’ rekent niet in meters op een plat vlak. "
            "Kies er een dat dat wel doet, zoals EPSG:28992."
        )
