# SPDX-License-Identifier: EUPL-1.2
"""What a briefing says: gathered once, so that page, phone and paper say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from stip.plan import ORIGINS
from stip_web.outlooks.cautions import Caution
from stip_web.plans.seen import Outline

NO_SEARCH = (
    "Een vooruitblik gaat over plekken, nooit over mensen. Zij is nooit een grond om iemand te controleren of te "
    "fouilleren."
)
"""Stands on each briefing."""

SIGNS = {"outlook": "rondje", "person": "vierkant", "random": "ruit"}
"""Shape that the number of a place stands in, by who chose it: it reads without colour."""

State = Literal["fixed", "concept", "none"]


@dataclass(frozen=True)
class BriefPlace:
    """One place, ready to read.

    Attributes
    ----------
    number : int
    place_id : str
    title : str
        The neighbourhoods.
    streets : str
        In words; empty when unknown.
    district : str
        Its name; empty when unknown.
    what, hours, when, who : str
    task : str
        Kind of visit in a word.
    origin : str
        ``outlook``, ``person`` or ``random``.
    why : tuple of str
        At most three facts, and for an own place the reason that a person gave.
    feedback : str
        Address on the phone.
    """

    number: int
    place_id: str
    title: str
    streets: str
    district: str
    what: str
    hours: str
    when: str
    who: str
    task: str
    origin: str
    why: tuple[str, ...]
    feedback: str

    @property
    def origin_label(self) -> str:
        """Who chose it, in words."""
        return {str(code): label for code, label in ORIGINS.items()}[self.origin]

    @property
    def where(self) -> str:
        """Streets and district, or only the district; a list that names the district once takes the streets."""
        return " · ".join(part for part in (self.streets, self.district and f"wijk {self.district}") if part)

    @property
    def sign(self) -> str:
        """The shape that its number stands in."""
        return SIGNS[self.origin]

    @property
    def said(self) -> tuple[str, ...]:
        """Everything that is said of it, as page and paper must say it."""
        return (self.title, self.where, self.what, self.hours, self.when, self.who, self.origin_label, *self.why)


@dataclass(frozen=True)
class Picture:
    """The map as two drawings (SVG), and what they show in words.

    Attributes
    ----------
    near, town : str
    alt, town_alt : str
    """

    near: str
    town: str
    alt: str
    town_alt: str


@dataclass(frozen=True)
class Briefing:
    """A week on two sides of paper, or on a page.

    Attributes
    ----------
    town, week : str
    state : str
        ``fixed``, ``concept`` (a proposal that nobody fixed yet) or ``none``.
    status : str
        The same in a sentence.
    number : int
        Version of the plan; 0 when none was fixed.
    lead : str
        How many places and where; how many hours, for who may see places.
    own : bool
        Only the part of one team.
    coarse : bool
        By neighbourhood, in ``outline``; ``places`` and ``picture`` are then empty.
    warnings : tuple of Caution
    notes : tuple of str
        What the plan was made on, and how often that was right in the last weeks.
    version : str
        Week, version, day and frozen runs: on each side.
    changes : tuple of str
        What changed, and which role did.
    held : bool
        The outlook is on hold: nothing that it says is in it.
    """

    town: str
    week: str
    state: State
    status: str
    number: int = 0
    lead: str = ""
    own: bool = False
    coarse: bool = False
    places: tuple[BriefPlace, ...] = ()
    outline: Outline | None = None
    picture: Picture | None = None
    warnings: tuple[Caution, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""
    changes: tuple[str, ...] = ()
    held: bool = False
    no_search: str = field(default=NO_SEARCH)

    @property
    def concept(self) -> bool:
        """Whether nobody fixed it yet."""
        return self.state == "concept"

    @property
    def one_district(self) -> bool:
        """Whether all its places lie in one district, which the lead then names."""
        return len({place.district for place in self.places}) == 1

    @property
    def signs(self) -> list[tuple[str, str, str]]:
        """Code, shape and words of each way in which its places were chosen, for the legend."""
        used = {place.origin for place in self.places}
        return [(str(code), SIGNS[str(code)], label) for code, label in ORIGINS.items() if code in used]
