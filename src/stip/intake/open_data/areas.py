# SPDX-License-Identifier: EUPL-1.2
"""Areas: the neighbourhoods of Statistics Netherlands in the shapes of each year, or any other division of a town."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.agreements import Agreement, Gate, Kind, Role, find_personal
from stip.errors import FileError
from stip.intake.accounts.account import Account
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule
from stip.intake.open_data.admitted import Admitted, admit, as_text
from stip.intake.permission import agreement_to_read
from stip.intake.places.georeference import system_bounds
from stip.intake.tables.open_things import open_things
from stip.intake.tables.things import ThingSource
from stip.space import Areas
from stip.store import Workspace, write_areas
from stip.words import number

NO_CODE = Rule("no_code", "geen gebiedscode", "Vraag de bron om de code.")
NO_SURFACE = Rule("no_surface", "geen vlak", "Een gebied is een vlak; een punt of lijn is er geen.")
PERSONAL = Rule("personal_name", "persoonsgegeven in de naam", "Vraag de bron om die uit het bestand te halen.")
WATER = Rule("water", "alleen water", "Dat hoort zo; op het water wordt niet gepland.", counts=False)
OTHER_TOWN = Rule("other_town", "andere gemeente", "Dat hoort zo bij een landelijk bestand.", counts=False)
MERGED = Rule("merged", "deel van een gebied, samengevoegd", "Dit is hersteld; u hoeft niets te doen.")

_CBS_CODE = re.compile(r"BU(?P<town>[0-9]{4})(?P<district>[0-9]{2})[0-9]{2}")
_IS_WATER = frozenset({"ja", "j", "1", "true", "water", "binnenwater", "buitenwater"})
_LONGEST_CODE = 40
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class AreasRead:
    """Areas that were read.

    Attributes
    ----------
    frame : GeoDataFrame
        Columns of `stip.space.Areas`; empty when every row is refused.
    report : OpenDataReport
        Of the rows of the source; several rows may be parts of one area.
    """

    frame: gpd.GeoDataFrame
    report: OpenDataReport

    @property
    def areas(self) -> Areas:
        """The areas; there must be some."""
        return Areas(self.frame)


@dataclass(frozen=True)
class DistrictNames:
    """Where the names of districts (wijken) come from, when the areas do not bring them.

    Attributes
    ----------
    source : ThingSource
    agreement : Agreement
    """

    source: ThingSource
    agreement: Agreement


def read_areas_file(
    workspace: Workspace,
    path: Path,
    *,
    source: str = "cbs_buurten",
    on: date,
    year: int | None = None,
    inner: str = "",
    districts: DistrictNames | None = None,
) -> AreasRead:
    """Read a file with areas, through its agreement; nothing is stored.

    Parameters
    ----------
    path : Path
    source : str
        Name of an agreement of kind areas.
    on : date
        Day on which the agreement must hold.
    year : int, optional
        Year the borders hold for; needed when the source has no column for it.
    inner : str
        Layer of a GeoPackage, or file in a zip file.
    districts : DistrictNames, optional

    Raises
    ------
    AgreementError
        When the agreement does not allow it.
    FileError
        When the file cannot be read, misses what is needed, or its year is not clear.
    """
    agreement = agreement_to_read(workspace, source, Kind.AREAS, on=on)
    opened = open_things(path, agreement, inner=inner)
    return areas_from(workspace, opened, agreement, year=year, districts=districts)


def areas_from(
    workspace: Workspace,
    source: ThingSource,
    agreement: Agreement,
    *,
    year: int | None = None,
    districts: DistrictNames | None = None,
) -> AreasRead:
    """Read a source as areas; see `read_areas_file`."""
    town = workspace.settings.town
    things = admit(workspace, source, agreement, bounds=system_bounds(town.crs))
    account = things.account
    code, name = things.text(Role.AREA_CODE), things.text(Role.AREA_NAME)
    _refuse(things, code, name, town.code)
    area_year = _year(source, things, year)
    parts = pd.DataFrame(
        {
            "area_code": code,
            "name": name.fillna(code),
            "district_code": _district_codes(things, code),
            "district_name": things.text(Role.DISTRICT_NAME),
            "shape": things.shapes,
        }
    )[account.kept]
    merged = np.zeros(account.rows, dtype=bool)
    merged[parts.index[parts.duplicated("area_code", keep=False)]] = True
    account.repair(merged, MERGED)
    whole = parts.groupby("area_code", sort=True, as_index=False).agg(
        name=("name", "first"),
        district_code=("district_code", "first"),
        district_name=("district_name", "first"),
        shape=("shape", lambda shapes: shapely.union_all(shapes.to_numpy())),
    )
    whole["district_name"] = _district_names(workspace, whole, districts, account)
    frame = gpd.GeoDataFrame(
        whole.drop(columns="shape").assign(area_year=area_year), geometry=whole["shape"].to_numpy(), crs=town.crs
    )
    if account.kept.any():
        account.note(
            f"Gebieden: {number(len(frame))}; wijken: {number(frame['district_code'].nunique())}; "
            f"grenzen van {area_year}."
        )
    report = OpenDataReport.of(account, "de gebieden", agreement.source, refused_columns=things.refused)
    return AreasRead(frame, report)


def store_areas(workspace: Workspace, read: AreasRead, *, refused_limit: float | None = None) -> Path:
    """Put areas in the workspace, in place of older ones of that year.

    Raises
    ------
    TooManyRefused
        When more rows are refused than may be; nothing is stored then.
    """
    limit = workspace.settings.intake.refused_limit if refused_limit is None else refused_limit
    read.report.check_limit(limit)
    return write_areas(workspace, read.areas)


def _refuse(things: Admitted, code: pd.Series[Any], name: pd.Series[Any], town_code: str) -> None:
    account = things.account
    account.refuse((code.isna() | (code.str.len() > _LONGEST_CODE)).to_numpy(bool), NO_CODE)
    account.refuse(find_personal(name).notna().to_numpy(bool), PERSONAL)
    account.refuse(shapely.get_dimensions(things.shapes) != 2, NO_SURFACE)
    if town_code:
        towns = code.str.extract(rf"^{_CBS_CODE.pattern}$")["town"]
        elsewhere = towns.notna() & (towns != town_code.upper().removeprefix("GM"))
        account.refuse(elsewhere.to_numpy(bool), OTHER_TOWN)
    water = things.text(Role.CATEGORY).str.casefold().isin(_IS_WATER)
    on_land = set(code[account.kept & ~water.to_numpy(bool)].dropna())
    account.refuse((water & ~code.isin(on_land)).to_numpy(bool), WATER)


def _year(source: ThingSource, things: Admitted, asked: int | None) -> int:
    told = things.text(Role.PERIOD)[things.account.kept].str.slice(0, 4)
    years = sorted({int(year) for year in told.dropna() if year.isdecimal() and int(year) in _YEARS})
    if asked is not None and asked not in _YEARS:
        raise FileError(f"{asked} is geen jaar waarvoor gebiedsgrenzen bestaan. Geef een jaartal als 2026.")
    if asked is None and not years:
        raise FileError(f"Van welk jaar zijn de grenzen in {source.name}? Geef het met --year, zoals --year 2026.")
    if len(years) > 1:
        raise FileError(f"{source.name} heeft grenzen van {years[0]} tot {years[-1]}. Lees één jaar tegelijk in.")
    if years and asked is not None and years != [asked]:
        raise FileError(f"{source.name} zegt zelf dat de grenzen van {years[0]} zijn, niet van {asked}. Kijk dat na.")
    return asked if asked is not None else years[0]


def _district_codes(things: Admitted, code: pd.Series[Any]) -> pd.Series[Any]:
    """Return the district of each area: as told, else from a code of Statistics Netherlands, else the area itself."""
    parts = code.str.extract(rf"^{_CBS_CODE.pattern}$")
    derived = "WK" + parts["town"] + parts["district"]
    told = things.text(Role.DISTRICT_CODE)
    missing = things.account.kept & told.isna().to_numpy(bool)
    if (missing & derived.notna().to_numpy(bool)).any():
        things.account.note("De wijkcode is afgeleid van de buurtcode.")
    if (missing & derived.isna().to_numpy(bool)).any():
        things.account.note("De bron noemt niet bij elk gebied een wijk; zo'n gebied is zijn eigen wijk.")
    return told.fillna(derived).fillna(code)


def _district_names(
    workspace: Workspace, whole: pd.DataFrame, districts: DistrictNames | None, account: Account
) -> pd.Series[Any]:
    names = whole["district_name"]
    if districts is not None:
        names = names.fillna(whole["district_code"].map(_names_by_code(workspace, districts)))
    itself = whole["name"].where(whole["district_code"] == whole["area_code"])
    names = names.fillna(itself)
    unnamed = int(whole.loc[names.isna(), "district_code"].nunique())
    if unnamed:
        account.note(f"Wijken zonder naam: {number(unnamed)}; hun code staat er. Geef ook --districts.")
    return names.fillna(whole["district_code"])


def _names_by_code(workspace: Workspace, districts: DistrictNames) -> dict[str, str]:
    """Return the names of districts from a source of their own."""
    source, agreement = districts.source, districts.agreement
    positions = Gate(agreement, workspace.settings).admit(source.headings).positions
    for roles in ((Role.DISTRICT_CODE, Role.DISTRICT_NAME), (Role.AREA_CODE, Role.AREA_NAME)):
        if all(role in positions for role in roles):
            columns = source.read({role.value: positions[role] for role in roles}).columns
            code, name = (as_text(columns[role.value]) for role in roles)
            known = code.notna() & name.notna() & find_personal(name).isna()
            return dict(zip(code[known], name[known], strict=True))
    raise FileError(
        f"{source.name} heeft geen kolommen met code en naam van wijken volgens de afspraak ‘{agreement.source}’."
    )
