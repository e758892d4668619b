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


def _corners(value: Any) -> Any:
    """Read four numbers, the smallest of each pair first."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(BBOX[1:-1], value, re.ASCII):
        min_x, min_y, max_x, max_y = map(float, value.split(","))
        if min_x <= max_x and min_y <= max_y and math.isfinite(max_x):
            return (min_x, min_y, max_x, max_y)
    raise PydanticCustomError("bbox", "of another form")


BboxText = Annotated[
    Bbox,
    BeforeValidator(_corners),
    WithJsonSchema({"type": "string", "pattern": BBOX, "example": "5.0,52.0,5.1,52.1"}),
]
