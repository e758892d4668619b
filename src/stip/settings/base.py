# SPDX-License-Identifier: EUPL-1.2
"""What every settings object shares: frozen, deaf to names it does not know, and strict about yes and no."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError


class Frozen(BaseModel):
    """A settings object that cannot change once read; an unknown name is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _yes_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        asked = cls.model_fields[info.field_name or ""].annotation
        if asked in (int, float) and isinstance(value, bool):
            raise PydanticCustomError("float_type", "no number")
        if asked is bool and not isinstance(value, bool):
            raise PydanticCustomError("bool_type", "no yes or no")
        return value
