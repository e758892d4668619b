# SPDX-License-Identifier: EUPL-1.2
"""Parameters that several operations share, exact about what they take: a guess would answer another question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from stip_web.answers.boxes import BboxText
from stip_web.answers.crs import Crs

MOST = 10_000
WEEK = r"^[0-9]{4}-W[0-9]{2}$"


def _form(pattern: str, code: str) -> Callable[[Any], Any]:
    """Refuse text of another form, where pydantic would read more than is written in the description."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise PydanticCustomError(code, "of another form")
        return value

    return check


Day = Annotated[date, BeforeValidator(_form(r"\d{4}-\d{2}-\d{2}", "date"))]
WeekText = Annotated[str, Field(pattern=WEEK, examples=["2026-W37"])]


class Parameters(Schema):
    """Query parameters; keys are lower camelCase."""

    model_config = {"alias_generator": to_camel, "populate_by_name": True}


class Box(Parameters):
    """Only what lies in a box."""

    bbox: BboxText | None = Field(None, description="minX,minY,maxX,maxY in `bboxCrs`; borders included.")
    bbox_crs: Crs = Field(Crs.CRS84, description="Reference system of `bbox`.")


class System(Parameters):
    """In which reference system coordinates are given."""

    crs: Crs | None = Field(
        None,
        description="Reference system of the answer; goes before the header `Accept-Crs`. Else OGC:CRS84.",
    )


class Paging(Parameters):
    """Which part of a long answer."""

    limit: Annotated[int, BeforeValidator(_form(r"\d{1,9}", "int_parsing"))] = Field(
        1000, ge=1, le=MOST, description="Most rows in one answer."
    )
    cursor: str | None = Field(
        None, max_length=400, description="What `next` of the answer before said; the filter must be the same."
    )
