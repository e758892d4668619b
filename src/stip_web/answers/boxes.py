# SPDX-License-Identifier: EUPL-1.2
"""A box in a question, as four numbers, exact about what it takes."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

BBOX = r"^-?[0-9]{1,9}(\.[0-9]{1,9})?(,-?[0-9]{1,9}(\.[0-9]{1,9})?){3}$"
Bbox = tuple[float, float, float, float]


def corners(value: Any) -> Any:
    """Read four numbers, the smallest of each pair first."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(BBOX[1:-1], value, re.ASCII):
        raise refused()
    return ordered(*map(float, value.split(",")))


def ordered(min_x: float, min_y: float, max_x: float, max_y: float) -> Bbox:
    """Return a box, when its corners stand in the right order.

    Raises
    ------
    PydanticCustomError
    """
    if min_x <= max_x and min_y <= max_y and math.isfinite(max_x):
        return (min_x, min_y, max_x, max_y)
    raise refused()


def refused() -> PydanticCustomError:
    """Say that it is no box."""
    return PydanticCustomError("bbox", "of another form")


BboxText = Annotated[
    Bbox,
    BeforeValidator(corners),
    WithJsonSchema({"type": "string", "pattern": BBOX, "example": "5.0,52.0,5.1,52.1"}),
]
