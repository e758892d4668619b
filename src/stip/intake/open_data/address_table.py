# SPDX-License-Identifier: EUPL-1.2
"""The table of addresses: which point an address is. Doors in a public register, never who lives behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from stip.agreements import Kind, Role, find_personal
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule
from stip.intake.open_data.admitted import admit
from stip.intake.permission import agreement_to_read
from stip.intake.places.georeference import layer_bounds
from stip.intake.tables.open_things import open_things
from stip.store import ADDRESS, Workspace, write_addresses
from stip.words import number

NO_NUMBER = Rule(
    "no_house_number", "geen huisnummer", "Een adres heeft een huisnummer van cijfers; kijk de kolom na."
)
NO_STREET = Rule("no_street", "geen straat en geen postcode", "Een van de twee is nodig om een adres te vinden.")
BAD_POSTCODE = Rule("bad_postcode", "postcode is er geen", "De postcode is leeg gelaten.")
PERSONAL = Rule(
    "personal_data",
    "persoonsgegeven in straat of plaats",
    "In die kolommen horen alleen namen van straten en plaatsen. Vraag de bron om de rest weg te halen.",
)
SAME = Rule("same_address", "adres en punt die er al waren", "Dat hoort zo: toevoegingen tellen hier niet mee.")

_LONGEST = 80
_WHERE = ("street", "house_number", "postcode", "place_name")


@dataclass(frozen=True)
class Addresses:
    """An address table that was read.

    Attributes
    ----------
    frame : DataFrame that keeps the ADDRESS contract
    report : OpenDataReport
    """

    frame: pd.DataFrame
    report: OpenDataReport

    def __repr__(self) -> str:
        return f"Addresses({len(self.frame)})"  # never an address


def read_address_file(
    workspace: Workspace, path: Path, *, source: str = "adressen", on: date, inner: str = ""
) -> Addresses:
    """Read a file with addresses, through its agreement; nothing is stored.

    Parameters
    ----------
    path : Path
        A table with coordinates (CSV, XLSX, Parquet), GeoJSON, GeoPackage, Shapefile or GeoParquet.
    source : str
        Name of an agreement of kind addresses.
    on : date
        Day on which the agreement must hold.

    Raises
    ------
    AgreementError
        When the agreement does not allow it.
    FileError
        When the file cannot be read, or misses what is needed.
    """
    agreement = agreement_to_read(workspace, source, Kind.ADDRESSES, on=on)
    things = admit(workspace, open_things(path, agreement, inner=inner), agreement, bounds=layer_bounds(workspace))
    account = things.account
    street, place = (_short(things.text(role)) for role in (Role.STREET, Role.PLACE_NAME))
    house_number = things.text(Role.HOUSE_NUMBER).str.extract(r"^0*([1-9][0-9]{0,4})(?![0-9])")[0]
    raw = things.text(Role.POSTCODE).str.upper().str.replace(r"\s+", "", regex=True)
    postcode = raw.where(raw.str.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}").fillna(False).astype(bool))
    account.refuse(house_number.isna().to_numpy(bool), NO_NUMBER)
    account.refuse((street.isna() & postcode.isna()).to_numpy(bool), NO_STREET)
    account.refuse((_personal(street) | _personal(place)).to_numpy(bool), PERSONAL)
    account.repair((raw.notna() & postcode.isna()).to_numpy(bool) & account.kept, BAD_POSTCODE)
    middles = shapely.centroid(things.shapes)
    frame = pd.DataFrame(
        {
            "street": street,
            "house_number": house_number.astype("string"),
            "postcode": postcode,
            "place_name": place,
            "x_m": shapely.get_x(middles),
            "y_m": shapely.get_y(middles),
        }
    )
    kept = frame[account.kept]
    same = np.zeros(account.rows, dtype=bool)
    same[kept.index[kept.duplicated()]] = True
    account.repair(same, SAME)
    table = frame[account.kept & ~same].sort_values(list(_WHERE), ignore_index=True)
    account.note(
        f"Adressen in de tabel: {number(len(table))}. Zij dienen alleen om bij een adres een punt te vinden."
    )
    report = OpenDataReport.of(account, "de adressen", source, refused_columns=things.refused)
    return Addresses(table[ADDRESS.schema.names], report)


def store_addresses(workspace: Workspace, addresses: Addresses, *, refused_limit: float | None = None) -> Path:
    """Put an address table in the workspace, in place of an older one.

    Raises
    ------
    TooManyRefused
        When more rows are refused than may be; nothing is stored then.
    """
    limit = workspace.settings.intake.refused_limit if refused_limit is None else refused_limit
    addresses.report.check_limit(limit)
    return write_addresses(workspace, addresses.frame, source=addresses.report.source)


def _personal(text: pd.Series[Any]) -> pd.Series[Any]:
    """Tell which texts hold personal data. An address alone is none here: it is what the table is made of."""
    found = find_personal(text)
    return found.notna() & (found != "adres").fillna(False)


def _short(text: pd.Series[Any]) -> pd.Series[Any]:
    """Return names of streets and places; what is too long to be one is left out."""
    return text.where(text.str.len() <= _LONGEST)
