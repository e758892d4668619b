# SPDX-License-Identifier: EUPL-1.2
"""Workspaces of real towns, made from their files through the gate like any other town's."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from stip.agreements import install_shipped
from stip.intake import read_areas_file, read_incident_file, read_layer_file, store_areas, store_layer
from stip.link import link_workspace
from stip.settings import (
    SEED_TYPES,
    CrimeType,
    FeatureSettings,
    LearnSettings,
    LinkSettings,
    Measure,
    OutlookSettings,
    Reporting,
    Settings,
    Town,
)
from stip.store import Workspace

AGREEMENTS = Path(__file__).parent / "agreements"
_LEARN = LearnSettings(
    goal="Nameten of de vooruitblik klopt.",
    success="Meer meldingen in 3 % van de vakken dan elke gewone telling.",
    measure=Measure(kind="hits_share_beats_baseline", from_week="2018-W01"),
)

_VEHICLE_THEFT = CrimeType(
    label="Autodiefstal", reporting=Reporting.CITIZEN, codes=("vehicle_theft",), colour="#56b4e9"
)


def _beside(**labels: str) -> dict[str, CrimeType]:
    """Return the types that are no target and come along as signals, by their code; each reported by citizens."""
    return {
        code: CrimeType(label=label, reporting=Reporting.CITIZEN, codes=(code,), colour=f"#5b5b{0x90 + place:02x}")
        for place, (code, label) in enumerate(labels.items())
    }


@dataclass(frozen=True)
class RealTown:
    """A real town whose incidents lie beside the project.

    Attributes
    ----------
    name : str
    settings : Settings
        Its ``outlook.targets`` are the crime types that are looked ahead for.
    files : tuple of str
        With incidents, below the folder of real data.
    source : str
        Agreement of the incidents.
    areas, areas_source : str
    areas_year : int
    last_week : str
        The last full week of the incidents.
    layers : tuple of (str, str, str)
        Name, file and agreement of each context layer.
    """

    name: str
    settings: Settings
    files: tuple[str, ...]
    source: str
    areas: str
    areas_source: str
    areas_year: int
    last_week: str
    layers: tuple[tuple[str, str, str], ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The crime types that are looked ahead for."""
        return self.settings.outlook.targets


GRONINGEN = RealTown(
    name="groningen",
    settings=Settings(
        town=Town(name="Groningen", code="GM0014"),
        outlook=OutlookSettings(targets=("bicycle_theft",)),
        link=LinkSettings(
            features=tuple(
                FeatureSettings(layer=name, measures=("count", "distance"), radius_m=radius_m)
                for name, radius_m in (("lampposts", 100), ("horeca", 150), ("bus_stops", 150), ("education", 150))
            )
        ),
        learn=_LEARN,
    ),
    files=("groningen/incidents.parquet",),
    source="groningen_bicycles",
    areas="groningen/context/cbs_buurt_2017.parquet",
    areas_source="cbs_buurten",
    areas_year=2017,
    last_week="2017-W37",
    layers=(
        ("lampposts", "groningen/context/street_lights.parquet", "groningen_lampposts"),
        ("horeca", "groningen/context/horeca_osm.parquet", "groningen_horeca"),
        ("bus_stops", "groningen/context/bus_stops.parquet", "groningen_bus_stops"),
        ("education", "groningen/context/bag_education.parquet", "groningen_education"),
    ),
)

CHICAGO = RealTown(
    name="chicago",
    settings=Settings(
        town=Town(name="Chicago", time_zone="America/Chicago", crs="EPSG:26971"),
        crime_types={
            "home_burglary": CrimeType(
                label="Woninginbraak", codes=("burglary_residential",), colour=SEED_TYPES["home_burglary"].colour
            ),
            "vandalism": SEED_TYPES["vandalism"].model_copy(update={"codes": ("vandalism",)}),
            "vehicle_theft": _VEHICLE_THEFT,
            "robbery": CrimeType(label="Beroving", reporting=Reporting.CITIZEN, codes=("robbery",), colour="#e69f00"),
        }
        | _beside(
            theft_other="Overige diefstal",
            burglary_other="Bedrijfsinbraak",
            theft_from_vehicle="Diefstal uit auto",
            arson="Brandstichting",
            cycle_theft="Brommerdiefstal",
        ),
        outlook=OutlookSettings(targets=("home_burglary", "vandalism", "vehicle_theft", "robbery")),
        learn=_LEARN,
    ),
    files=("chicago/incidents_2010_2013_no_other_theft.parquet", "chicago/incidents_2014_2018.parquet"),
    source="chicago_incidents",
    areas="chicago/context/community_areas_demographics.parquet",
    areas_source="chicago_areas",
    areas_year=2014,
    last_week="2018-W44",
)

PORTLAND = RealTown(
    name="portland",
    settings=Settings(
        # EPSG:2838 is the system of the file (EPSG:2913) in metres instead of feet: nothing is shifted.
        town=Town(name="Portland", time_zone="America/Los_Angeles", crs="EPSG:2838"),
        crime_types={
            "burglary": CrimeType(
                label="Inbraak",
                reporting=Reporting.CITIZEN,
                codes=("burglary",),
                colour=SEED_TYPES["home_burglary"].colour,
            ),
            "vehicle_theft": _VEHICLE_THEFT,
        }
        | _beside(street_crime="Straat", other_call="Overige meldingen"),
        outlook=OutlookSettings(targets=("burglary", "vehicle_theft")),
        learn=_LEARN,
    ),
    files=(
        "portland_nij/incidents_burglary_mvt_2012_2017.parquet",
        "portland_nij/incidents_street_crime_2012_TRUNCATED.parquet",
    ),
    source="portland_incidents",
    areas="portland_nij/context/police_districts.parquet",
    areas_source="portland_districts",
    areas_year=2017,
    last_week="2017-W21",
)

TOWNS = {town.name: town for town in (GRONINGEN, CHICAGO, PORTLAND)}


def made_by() -> str:
    """Return a hash of all that makes a workspace: towns that are kept are found again only by who made them."""
    here = Path(__file__).parent
    names = ("agreements", "intake", "link", "samples", "settings", "space", "store")
    rooms = [here.parent / "src" / "stip" / name for name in names]
    files = [Path(__file__), *here.glob("agreements/*.toml")]
    files += [file for room in rooms for file in room.rglob("*") if file.suffix in {".py", ".toml"}]
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:12]


def make_real_town(town: RealTown, data: Path, root: Path, *, tell: Callable[[str], None]) -> Workspace:
    """Read a real town's files through the gate into a new workspace and tie them to cells.

    Parameters
    ----------
    data : Path
        The folder with real data.
    root : Path
        A new or empty folder; a workspace that is there already is opened as it is.
    """
    if (root / "stip.toml").exists():
        return Workspace.open(root)
    workspace = Workspace.create(root, town.settings)
    install_shipped(workspace)
    for agreement in AGREEMENTS.glob("*.toml"):
        shutil.copy(agreement, workspace.agreements / agreement.name)
    now, today = datetime.now(UTC), date.today()
    areas = read_areas_file(workspace, data / town.areas, source=town.areas_source, on=today, year=town.areas_year)
    store_areas(workspace, areas)
    for name, file, source in town.layers:
        store_layer(workspace, read_layer_file(workspace, name, data / file, source=source, on=today))
    for file in town.files:
        report = read_incident_file(workspace, data / file, town.source, received_at=now, accept_refused=True)
        kept = report.accepted + report.repaired
        tell(f"{town.name}: {file}: {report.rows} rows, {kept} in, {report.refused} refused")
    linked = link_workspace(workspace)
    tell(f"{town.name}: {int(linked.cells['in_study'].sum())} cells in the study area")
    return workspace
