# SPDX-License-Identifier: EUPL-1.2
"""What answers look like: the parts that several of them share."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from stip_web.api.parameters import WEEK


class Body(Schema):
    """A part of an answer; names are lower camelCase and no others come along."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Geometry(Body):
    """A place (RFC 7946), in the system that the header `Content-Crs` names."""

    type: Literal["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
    coordinates: list[Any]


class Feature(Body):
    """A place, and what is known of it."""

    type: Literal["Feature"]
    geometry: Geometry


class Collection(Body):
    """Features, with how many there are in all."""

    type: Literal["FeatureCollection"]
    number_matched: int = Field(description="How many there are, over all parts.")
    number_returned: int = Field(description="How many stand in this part.")
    next: str | None = Field(description="Give this as `cursor` for the next part; null at the end.")


class Expected(Body):
    """How many incidents of one crime type are expected in the week, with the 80 % interval."""

    crime_type: str
    expected: float
    low: float
    high: float
    baseline: float = Field(description="What the simple count beside it expects.")


def week_field(**more: Any) -> Any:
    """Describe an ISO week."""
    return Field(pattern=WEEK, examples=["2026-W37"], **more)
