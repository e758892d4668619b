# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of the service, as the standard names it; what it does not know is refused."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from stip_web.answers.boxes import Bbox, ordered, refused
from stip_web.answers.crs import Crs
from stip_web.answers.faults import fault_of, strays
from stip_web.answers.problems import Refused
from stip_web.opendata.ogc.moments import IntervalText

MOST, USUAL = 1000, 100
_PLANE, _SPACE = 4, 6
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{0,30})?([eE][+-]?\d{1,2})?", re.ASCII)
_FARTHEST = 1e9


def _crs(value: Any) -> Any:
    """Read the address of a system at the OGC, or its short name."""
    found = next((crs for crs in Crs if value in (crs.uri, crs.value)), None)
    if found is None and isinstance(value, str):
        raise PydanticCustomError("crs_unknown", "not one of ours")
    return found or value


def _box(value: Any) -> Any:
    """Read four numbers, or six of which the heights do not count."""
    if not isinstance(value, str):
        return value
    parts = value.split(",")
    if len(parts) not in (_PLANE, _SPACE) or not all(map(_NUMBER.fullmatch, parts)):
        raise refused()
    numbers = [float(part) for part in parts]
    if any(abs(number) > _FARTHEST for number in numbers):
        raise refused()
    return ordered(*numbers) if len(parts) == _PLANE else ordered(*numbers[:2], *numbers[3:5])


CrsText = Annotated[
    Crs, BeforeValidator(_crs), WithJsonSchema({"type": "string", "format": "uri", "enum": [crs.uri for crs in Crs]})
]
BoxText = Annotated[
    Bbox,
    BeforeValidator(_box),
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": _PLANE, "maxItems": _SPACE}),
]


def _at_most(value: Any) -> Any:
    """More than the most is the most: so the standard has it."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        return value
    figures = value.lstrip("0")
    return MOST if len(figures) > len(str(MOST)) else min(int(figures or "0"), MOST)


Limit = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(_at_most)]


class Asked(BaseModel):
    """What every address knows."""

    model_config = ConfigDict(populate_by_name=True, strict=False)

    f: Literal["json", "html"] | None = Field(None, description="Form of the answer; goes before what you accept.")


class AskedFeature(Asked):
    """What the address of one feature knows."""

    crs: CrsText | None = Field(None, description="Reference system of the answer; else CRS84.")


class AskedFeatures(AskedFeature):
    """What the address of many features knows."""

    bbox: BoxText | None = Field(None, description="minX,minY,maxX,maxY in `bbox-crs`; what touches it counts.")
    bbox_crs: CrsText | None = Field(None, alias="bbox-crs", description="Reference system of `bbox`; else CRS84.")
    datetime: IntervalText | None = Field(None, description="A moment or an interval (RFC 3339); `..` is open.")
    limit: Limit = Field(USUAL, description="Most features in one answer.")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many come before; follow `next` instead.")


class AskedFigures(AskedFeatures):
    """And of figures."""

    crime_type: str | None = Field(None, pattern=r"^[a-z0-9_]{1,60}$", description="Code of the type.")
    quarter: str | None = Field(None, pattern=r"^[0-9]{4}-K[1-4]$", description="Such as 2026-K1.")
    area_code: str | None = Field(None, pattern=r"^[A-Za-z0-9]{1,20}$", description="Code of the neighbourhood.")


class AskedAreas(AskedFeatures):
    """And of neighbourhoods."""

    area_code: str | None = Field(None, pattern=r"^[A-Za-z0-9]{1,20}$", description="Code of the neighbourhood.")


ASKED: dict[str, type[AskedFeatures]] = {"buurten": AskedAreas, "cijfers": AskedFigures}
Kind = TypeVar("Kind", bound=Asked)


def asked(request: HttpRequest, kind: type[Kind]) -> Kind:
    """Read the query.

    Raises
    ------
    Refused
        With 400 and everything that is wrong; no value stands in it.
    """
    known = {field.alias or name: False for name, field in kind.model_fields.items()}
    faults = strays(request.GET, known)
    try:
        found = kind.model_validate({key: request.GET[key] for key in known if key in request.GET})
    except ValidationError as error:
        faults += [fault_of({**each, "loc": ("query", each["loc"][0])}) for each in error.errors()]
    if faults:
        raise Refused(400, errors=faults)
    return found
