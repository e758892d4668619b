# SPDX-License-Identifier: EUPL-1.2
"""One look at Kaart: who asks, by which filter, at what precision, and whether the sources may be used today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from stip.agreements import Purpose, check_sources, load_agreement
from stip.space import monday
from stip.store import Workspace
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.dots.filters import Filter, check_known, check_years, read_filter
from stip_web.dots.seen import Seen, see
from stip_web.dots.selection import Selection, select
from stip_web.workspaces.clock import now, this_week, today
from stip_web.workspaces.current import current_workspace


@dataclass(frozen=True)
class Look:
    """A filter over what this person may see."""

    workspace: Workspace
    seen: Seen
    filter: Filter

    @cached_property
    def selection(self) -> Selection:
        """What the filter lets through."""
        return select(self.seen, self.filter)

    @property
    def fine(self) -> bool:
        """Whether each dot stands at its own place."""
        return self.seen.fine

    @cached_property
    def now(self) -> datetime:
        """The time by which the site lives, on the town's clock."""
        return now(self.workspace).astimezone(ZoneInfo(self.workspace.settings.town.time_zone))

    @cached_property
    def monday(self) -> date:
        """The Monday of this week."""
        return monday(this_week(self.workspace))

    @property
    def crs(self) -> str:
        """Of every coordinate."""
        return self.workspace.settings.town.crs

    def label_of(self, crime_type: str) -> str:
        """Give what a crime type is called on screen."""
        known = self.workspace.settings.crime_types.get(crime_type)
        return known.label if known else crime_type

    def colour_of(self, crime_type: str) -> str:
        """Give the colour of a type's dots."""
        known = self.workspace.settings.crime_types.get(crime_type)
        return known.colour if known else "#5b5b5b"

    @cached_property
    def source_titles(self) -> dict[str, str]:
        """The name of each source, as its agreement has it."""
        return {source: load_agreement(self.workspace, source).title for source in self.seen.sources}

    def last_weeks(self, weeks: int) -> tuple[date, date]:
        """Give the first and last day of so many whole weeks before this one."""
        return self.monday - timedelta(weeks=weeks), self.monday - timedelta(days=1)


def look(request: HttpRequest, *, fine: bool | None = None) -> Look:
    """Read what is asked and what may be seen.

    Parameters
    ----------
    fine : bool, optional
        What the person may see when left out.

    Raises
    ------
    FilterError
        When the query cannot be read, or names what the town does not have.
    AgreementError
        When a source may not be used for the dot map today.
    """
    user = user_of(request)
    workspace = current_workspace()
    seen = see(workspace, fine=user.may(May.DOTS_FINE) if fine is None else fine)
    check_sources(workspace, seen.sources, Purpose.DOT_MAP, on=today(workspace))
    asked = read_filter(request.GET)
    if not seen.fine:  # whole weeks: a day or an hour in an address of somebody else would count something untrue
        asked = replace(asked, hours=(), weekdays=())
    types = {name: kind.label for name, kind in workspace.settings.crime_types.items()}
    types |= {name: name for name in seen.types if name not in types}
    check_known(asked, types=types, sources=seen.sources, areas=seen.areas)
    asked_at = Look(workspace, seen, asked)
    if seen.n:
        check_years(asked, seen.first_day, max(seen.last_day, asked_at.now.date()))
    return asked_at
