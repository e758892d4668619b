# SPDX-License-Identifier: EUPL-1.2
"""An agreement: what may be used of one source, why, how finely and for how long."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pyproj import CRS
from pyproj.exceptions import CRSError

from stip.agreements.forbidden import names_origin, names_person
from stip.agreements.headings import heading_key
from stip.settings import Frozen


class Kind(StrEnum):
    """What a source holds."""

    INCIDENTS = "incidents"
    LAYER = "layer"
    AREAS = "areas"
    ADDRESSES = "addresses"
    COUNTS = "counts"


class Purpose(StrEnum):
    """What a source may be used for."""

    DOT_MAP = "stippenkaart"
    OUTLOOK = "vooruitblik"
    PLAN = "weekplan"
    EVALUATION = "evaluatie"
    PUBLICATION = "openbaarmaking"


class Role(StrEnum):
    """What a column means. A column without a role is refused."""

    INCIDENT_ID = "incident_id"  # becomes a keyed hash
    CRIME_CODE = "crime_code"  # matched with the codes of the crime types
    FROM_AT = "from_at"
    TO_AT = "to_at"
    REPORTED_AT = "reported_at"
    X = "x"  # easting or longitude
    Y = "y"  # northing or latitude
    STREET = "street"  # the four address roles find a point inside the gate and are dropped there
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    PLACE_NAME = "place_name"
    FEATURE_ID = "feature_id"  # of layers and areas, as the roles below
    GEOMETRY = "geometry"
    VALUE = "value"
    CATEGORY = "category"
    OBSERVED_ON = "observed_on"
    AREA_CODE = "area_code"
    AREA_NAME = "area_name"
    DISTRICT_CODE = "district_code"
    DISTRICT_NAME = "district_name"
    PERIOD = "period"
    COUNT = "count"


_PLACE = ((Role.X, Role.Y), (Role.GEOMETRY,), (Role.POSTCODE,), (Role.STREET,))

NEEDS: dict[Kind, tuple[tuple[tuple[Role, ...], ...], ...]] = {
    Kind.INCIDENTS: (((Role.INCIDENT_ID,),), ((Role.CRIME_CODE,),), ((Role.FROM_AT,),), _PLACE),
    Kind.LAYER: (_PLACE[:2],),
    Kind.AREAS: (((Role.AREA_CODE,),), ((Role.GEOMETRY,),)),
    Kind.ADDRESSES: (_PLACE[:2], ((Role.HOUSE_NUMBER,),), ((Role.POSTCODE,), (Role.STREET,))),
    Kind.COUNTS: (((Role.CRIME_CODE,),), ((Role.AREA_CODE,),), ((Role.PERIOD,),), ((Role.COUNT,),)),
}
"""What a source must have, by kind: of each need one of the ways, and of that way all roles."""

_SAYS = {  # what the first role of a need is called in a sentence
    Role.INCIDENT_ID: "het nummer van de melding",
    Role.CRIME_CODE: "de soort",
    Role.FROM_AT: "het begin",
    Role.X: "de plek (x en y, of geometry)",
    Role.GEOMETRY: "de grens (geometry)",
    Role.HOUSE_NUMBER: "het huisnummer",
    Role.POSTCODE: "de postcode of straat",
    Role.AREA_CODE: "de gebiedscode",
    Role.PERIOD: "de periode",
    Role.COUNT: "het aantal",
}


class Column(Frozen):
    """One declared column.

    Attributes
    ----------
    role : Role
    names : tuple of str
        Other headings the same column comes under.
    date_format : str
        How dates are written, as strptime has it; empty to find out.
    """

    role: Role
    names: tuple[str, ...] = ()
    date_format: str = ""

    @field_validator("date_format")
    @classmethod
    def _known_signs(cls, form: str) -> str:
        if "%" in re.sub(r"%(-?[dmyYHIMSj]|[aAbBefpzZTDFR])", "", form):
            raise ValueError(f"‘{form}’ is geen vorm van een datum; schrijf bijvoorbeeld %d-%m-%Y %H:%M:%S")
        return form


class Agreement(Frozen):
    """The agreement about one source, as it stands in ``agreements/<source>.toml``.

    Attributes
    ----------
    source : str
        Short name; also the name of the file.
    title : str
    kind : Kind
    purposes : tuple of Purpose
        Any other use is refused.
    legal_basis, controller, dpia : str
        Ground in law, who answers for it, and where the impact assessment is kept.
    valid_from, valid_until : date
        First and last day on which the source may be read.
    retention_months : float
        Incidents are destroyed so many months after they began.
    keep_past_retention : bool
        Reports that are older come in all the same, until retention is first run on the source (`stip week` does);
        then, and else, they are refused.
    precision_m : int
        Coordinates are moved to the middle of squares of this size; 0 only for layers, which hold no incidents.
    layers : tuple of str
        Of a source with layers: names of the layers that are read under it when nobody names an agreement.
    crime_type : str
        The one crime type of a source that has no column for it.
    id_from_content : bool
        The source has no numbers: each report is known by what it says. A corrected row then counts as a new report.
    delay_days : float
        When a row does not tell when it was reported: so many days after its window ended.
    time_zone, crs : str
        How the source writes time and place; empty to use the workspace's zone and to find out the system.
    columns : dict of str to Column
        By heading. What is not here is refused.
    why_refused : dict of str to str
        For headings that are known to come along: why they are not used, in a few Dutch words.
    """

    source: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    kind: Kind
    purposes: tuple[Purpose, ...]
    legal_basis: str
    controller: str = ""
    dpia: str = ""
    valid_from: date
    valid_until: date
    retention_months: float = Field(gt=0, le=2400)
    keep_past_retention: bool = False
    precision_m: int = Field(0, ge=0)
    layers: tuple[str, ...] = ()
    crime_type: str = ""
    id_from_content: bool = False
    delay_days: float = Field(7, ge=0, le=3660)
    time_zone: str = ""
    crs: str = ""
    columns: dict[str, Column]
    why_refused: dict[str, str] = Field(default_factory=dict)

    @field_validator("purposes")
    @classmethod
    def _some_purpose(cls, purposes: tuple[Purpose, ...]) -> tuple[Purpose, ...]:
        if not purposes:
            raise ValueError("noem ten minste één doel; zonder doel mag een bron niet worden gelezen")
        return purposes

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"tijdzone ‘{zone}’ bestaat niet; schrijf bijvoorbeeld Europe/Amsterdam") from error
        return zone

    @field_validator("crs")
    @classmethod
    def _known_crs(cls, crs: str) -> str:
        try:
            CRS.from_user_input(crs or "EPSG:28992")
        except CRSError as error:
            raise ValueError(f"coördinatenstelsel ‘{crs}’ bestaat niet; schrijf bijvoorbeeld EPSG:28992") from error
        return crs

    @field_validator("columns")
    @classmethod
    def _never_persons(cls, columns: dict[str, Column]) -> dict[str, Column]:
        for heading, column in columns.items():
            for name in (heading, *column.names):
                if names_person(name):
                    raise ValueError(f"kolom ‘{name}’ gaat over personen; dat mag in geen enkele afspraak")
                if names_origin(name):
                    raise ValueError(f"kolom ‘{name}’ gaat over herkomst of geloof; dat mag in geen enkele afspraak")
        return columns

    @model_validator(mode="after")
    def _one_meaning(self) -> Agreement:
        """Refuse a heading that would mean two things."""
        each = [{heading_key(name) for name in (heading, *column.names)} for heading, column in self.columns.items()]
        named = [name for names in each for name in names]
        for name in named:
            if named.count(name) > 1:
                raise ValueError(f"de kop ‘{name}’ staat bij meer dan één kolom")
        for heading in self.why_refused:
            if heading_key(heading) in named:
                raise ValueError(f"de kop ‘{heading}’ staat bij columns en ook bij why_refused; kies één van de twee")
        return self

    @model_validator(mode="after")
    def _sensible(self) -> Agreement:
        if self.valid_until < self.valid_from:
            raise ValueError(f"de afspraak eindigt ({self.valid_until}) voordat zij begint ({self.valid_from})")
        roles = [column.role for column in self.columns.values()]
        twice = {role for role in roles if roles.count(role) > 1}
        if twice:
            raise ValueError(f"meer dan één kolom heeft de rol {sorted(twice)[0]}")
        if self.kind is Kind.INCIDENTS and self.precision_m < 1:
            raise ValueError("precision_m ontbreekt: spreek af hoe fijn een melding op de kaart mag, in meters")
        for ways in NEEDS[self.kind]:
            if ways == ((Role.CRIME_CODE,),) and self.crime_type:
                continue
            if ways == ((Role.INCIDENT_ID,),) and self.id_from_content:
                continue
            if not any(set(way) <= set(roles) for way in ways):
                first = ways[0][0]
                raise ValueError(f"geen kolom zegt {_SAYS[first]}; geef een kolom de rol {first}")
        return self

    @property
    def has_addresses(self) -> bool:
        """Whether the source tells a place by its address, besides or instead of a point."""
        return bool({Role.STREET, Role.POSTCODE} & {column.role for column in self.columns.values()})

    def column_of(self, role: Role) -> str | None:
        """Return the declared heading that has a role, or None."""
        return next((name for name, column in self.columns.items() if column.role is role), None)
