# SPDX-License-Identifier: EUPL-1.2
"""What the phone sends: one entry, checked for its form before anything else is asked of it."""

from __future__ import annotations

import hashlib
import json
import math
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from stip.agreements import tidy_reason
from stip.errors import PlanError
from stip_web.street.codes import HOW, REMARKS, WHY_NOT

MOST_AGE_S = 14 * 24 * 3600.0
"""An older claim is no claim: then the moment it came in counts."""


class Sent(BaseModel):
    """One entry as it came.

    Attributes
    ----------
    id : UUID
        Made on the phone.
    plan_id, place_id : str
    visited : bool
    code : str
        How it was, of who was there.
    why : str
        Why not, of who was not.
    better : list of str
        Names of cells where the team would rather have gone.
    remark : str
        What else was seen.
    note : str
        About the place.
    age_s : float, optional
        Seconds since it was made, by the phone: a difference of its own clock, so a wrong clock tells it too.
    """

    model_config = ConfigDict(extra="forbid", strict=False, str_max_length=400)

    id: UUID
    plan_id: str = Field(min_length=1, max_length=80)
    place_id: str = Field(min_length=1, max_length=80)
    visited: bool
    code: str = ""
    why: str = ""
    better: list[str] = Field(default_factory=list, max_length=20)
    remark: str = ""
    note: str = ""
    age_s: float | None = None

    @model_validator(mode="after")
    def _known(self) -> Sent:
        how, why = (HOW, {""}) if self.visited else ({""}, WHY_NOT)
        if self.code not in how or self.why not in why:
            raise ValueError("code or why does not fit")
        if self.remark and self.remark not in REMARKS:
            raise ValueError("remark is not known")
        return self

    @field_validator("better")
    @classmethod
    def _once(cls, cells: list[str]) -> list[str]:
        return sorted(set(cells))

    @property
    def claimed_age_s(self) -> float:
        """The age to go by: what the phone claims when that can be, else nothing."""
        age = self.age_s
        return age if age is not None and math.isfinite(age) and 0 <= age <= MOST_AGE_S else 0.0

    @property
    def digest(self) -> str:
        """Tell this entry from another under its number; without note and remark, which are not to be guessed."""
        told = self.model_dump(mode="json", exclude={"note", "remark", "age_s"})
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def tidy_note(self) -> str:
        """Give the note when it may be kept.

        Raises
        ------
        PlanError
            When it is too long or holds personal data; the sentence does not repeat it.
        """
        return tidy_reason(self.note, PlanError) if self.note.strip() else ""
