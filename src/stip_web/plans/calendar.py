# SPDX-License-Identifier: EUPL-1.2
"""The plan that stands as a calendar (RFC 5545): an event for each visit, a week long without a moment."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event

from stip.plan import Slot, versions_of
from stip.space import monday
from stip.store import Workspace
from stip.words import counted
from stip_web.plans.seen import Standing


def calendar_of(workspace: Workspace, week: str, standing: Standing) -> bytes:
    """Write the calendar; an event keeps its name from version to version, so that a calendar changes what it has."""
    zone = workspace.settings.town.time_zone
    made = versions_of(workspace, week)[-1].at
    calendar = Calendar()
    calendar.add("prodid", "-//Stip//weekplan//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Weekplan {week.lower()}")
    for seen in standing.places:
        place = seen.place
        for visit in range(1, place.visits + 1):
            code = place.slots[visit - 1] if visit <= len(place.slots) else ""
            event = Event()
            event.add("uid", f"{week.lower()}-{place.place_id}-{visit}@stip")
            event.add("dtstamp", made)
            event.add("sequence", standing.shown.version)
            begin, end = Slot.of(code).span(week, zone) if code else (monday(week), monday(week) + timedelta(days=7))
            event.add("dtstart", begin)
            event.add("dtend", end)
            event.add("transp", "OPAQUE" if code else "TRANSPARENT")  # a week to choose from keeps nobody busy
            named = f"{'Plek' if code else 'Nog geen dagdeel, plek'} {place.number}"
            event.add("summary", f"{named}: {place.kind.label}, {seen.area}")
            event.add("location", f"{seen.area}{f', {place.district}' if place.district else ''}")
            hours = counted(place.hours / place.visits)
            told = [
                f"Bezoek {visit} van {place.visits}, ongeveer {hours} uur. Team: {seen.team_name}.",
                *(() if code else (f"{seen.when[0].upper()}{seen.when[1:]}.",)),
                *place.reasons,
            ]
            event.add("description", "\n".join(told))
            calendar.add_component(event)
    return bytes(calendar.to_ical())
