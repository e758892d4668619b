# SPDX-License-Identifier: EUPL-1.2
"""Which town, on which grid, with which crime types."""

from __future__ import annotations

from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pyproj import CRS
from pyproj.exceptions import CRSError

from stip.settings.base import Frozen

SAMPLE_TOWN = "GM9999"
"""Code of the sample town: no municipality has it."""


class Town(Frozen):
    """The municipality and how it counts place and time.

    Attributes
    ----------
    name, code : str
        Name and CBS code (``GM0344``).
    time_zone : str
        IANA name; weeks begin on Monday 00:00 there.
    crs : str
        Projected reference system in metres of everything in the workspace.
    cell_m, origin_x_m, origin_y_m : int
        The grid: side of a cell, at least 50, and a corner, in metres. A smaller cell is the size of a dwelling.
    """

    name: str
    code: str = ""
    time_zone: str = "Europe/Amsterdam"
    crs: str = "EPSG:28992"
    cell_m: int = Field(125, ge=50, le=5000)
    origin_x_m: int = 0
    origin_y_m: int = 0

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"tijdzone ‘{zone}’ bestaat niet; schrijf bijvoorbeeld Europe/Amsterdam") from error
        return zone

    @field_validator("crs")
    @classmethod
    def _metres(cls, crs: str) -> str:
        try:
            system = CRS.from_user_input(crs)
        except CRSError as error:
            raise ValueError(f"coördinatenstelsel ‘{crs}’ bestaat niet; schrijf bijvoorbeeld EPSG:28992") from error
        if not system.is_projected or {axis.unit_name for axis in system.axis_info[:2]} != {"metre"}:
            raise ValueError(
                f"coördinatenstelsel ‘{crs}’ telt niet in meters op een plat vlak; in Nederland is dat EPSG:28992"
            )
        return crs


class Reporting(StrEnum):
    """How a crime comes to be known, which decides whether it may be forecast."""

    CITIZEN = "breng"
    POLICE = "haal"


class CrimeType(Frozen):
    """One kind of incident.

    Attributes
    ----------
    label : str
        What it is called on screen.
    codes : tuple of str
        Codes and names by which sources call it, compared without case or outer spaces.
    reporting : Reporting
        ``breng`` when citizens report it; ``haal`` when police find it, and then it is refused as a target. Only the
        four types that come with Stip may leave it out.
    colour : str
        Colour of its dots, as ``#rrggbb``.
    """

    label: str
    codes: tuple[str, ...] = ()
    reporting: Reporting = Reporting.CITIZEN
    colour: str = Field("#5b5b5b", pattern=r"^#[0-9a-f]{6}$")


SEED_TYPES: dict[str, CrimeType] = {
    "home_burglary": CrimeType(
        label="Woninginbraak",
        codes=("1.1.1", "A10", "Diefstal/inbraak woning", "Woninginbraak"),
        colour="#0072b2",
    ),
    "theft_from_vehicle": CrimeType(
        label="Auto-inbraak",
        codes=("1.2.1", "A50", "Diefstal uit/vanaf motorvoertuigen", "Auto-inbraak"),
        colour="#d55e00",
    ),
    "bicycle_theft": CrimeType(
        label="Fietsdiefstal",
        codes=("1.2.3", "A72", "Diefstal fiets", "Fietsdiefstal"),
        colour="#009e73",
    ),
    "vandalism": CrimeType(
        label="Vernieling",
        codes=("2.2.1", "C40", "Vernieling", "Vernieling cq. zaakbeschadiging"),
        colour="#cc79a7",
    ),
}
"""The four types of the dot map, with colours that stay apart for colour-blind eyes (Okabe and Ito)."""


class Dwellings(Frozen):
    """The rule that keeps a dot from pointing at a home.

    Attributes
    ----------
    minimum : int
        A cell with fewer dwellings than this, but at least one, is shown only at the analyst's desk.
    layer : str
        Layer that holds a point for each dwelling; empty when the town has none, and then every cell is *unknown*.
    """

    minimum: int = Field(10, ge=1)
    layer: str = "dwellings"
