# SPDX-License-Identifier: EUPL-1.2
"""What the files beside the figures must hold before anything of them is shown; what does not fit cannot be read.

A page shows what lies in a file as it is. So a text is text that can be written, a number is finite, a figure is a
multiple of five, and a moment has a time zone, or the file counts for nothing.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pyarrow as pa
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter, model_validator
from pydantic_core import from_json

from stip.agreements import EVERYTHING, STAGES
from stip.publish.rounding import BASE

BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, pa.ArrowException)
"""What reading a file raises that is not what it should be."""


def _with_zone(moment: str) -> str:
    if datetime.fromisoformat(moment).tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


Moment = Annotated[str, AfterValidator(_with_zone)]
Figure = Annotated[int, Field(ge=0, multiple_of=BASE)]


class _Shape(BaseModel):
    """What must be there; what else a file holds is let be."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _QuarterFacts(_Shape):
    quarter: str
    run_id: str
    approved_at: Moment
    known_until: Moment
    method: str
    role: str
    labels: dict[str, str]
    reporting: dict[str, str] | None = None  # this and the next came later
    sources: list[str] | None = None


class _Issue(_Shape):
    quarter: str
    since: Moment
    sentence: str


class _PlaceFacts(_Shape):
    year: int
    crs: str
    made_at: Moment
    areas: int
    postcodes: int
    why_no_postcodes: str


class _Share(_Shape):
    share: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat


class _Whole(_Shape):
    figure: Figure


class _Part(_Whole):
    share: _Share | None


class _Row(_Shape):
    label: str
    verdict_label: str
    sentence: str
    reported: _Whole
    outlook: _Part
    baseline: _Part


class _Sentence(_Shape):
    sentence: str


class _Work(_Shape):
    visits_planned: int
    visits_held: int
    overrides_sentence: str


class _Record(_Shape):
    quarter: str
    label: str
    lacking: str
    weeks: list[str]
    types: list[_Row]
    all: _Row | None
    weeks_beside: _Sentence
    work: _Work
    measure: _Sentence
    decision: _Sentence | None = None
    method: str


class _Notice(_Shape):
    model_config = ConfigDict(extra="forbid")

    what: Literal["bron", "stage", "everything"]
    name: str
    label: str
    since: str
    sentence: str

    @model_validator(mode="after")
    def _can_be_stopped(self) -> Self:
        known = {"stage": STAGES, "everything": (EVERYTHING,)}.get(self.what)
        if known is not None and self.name not in known:
            raise ValueError("nothing that this version can stop")
        return self


QUARTER_FACTS = TypeAdapter(_QuarterFacts)
"""``figures/<quarter>/facts.json``."""
ISSUES = TypeAdapter(list[_Issue])
"""``figures/<quarter>/issues.json``."""
RECORD = TypeAdapter(_Record)
"""``record/<quarter>.json``: of an evaluation what a page or a file shows."""
PLACE_FACTS = TypeAdapter(_PlaceFacts)
"""``places/<year>/facts.json``."""
NOTICES = TypeAdapter(list[_Notice])
"""``pauses.json``."""


def read_told(file: Path, shape: TypeAdapter[Any]) -> Any:
    """Return all that a JSON file holds, when it fits.

    Raises
    ------
    OSError
    ValueError
        When it is no JSON, holds a text that cannot be written or a number that is not finite, or does not fit.
    """
    found = from_json(file.read_bytes(), allow_inf_nan=False)
    shape.validate_python(found)
    return found
