# SPDX-License-Identifier: EUPL-1.2
"""Whether the file is in, the outlook made, the plan fixed."""

from __future__ import annotations

from django.urls import reverse

from stip import words
from stip.plan import shown_plan
from stip.space import shift_week
from stip.store import Workspace, first_open_week, latest_run
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.task import Task
from stip_web.desk.templatetags.dutch import week
from stip_web.workspaces.clock import now, this_week


def file_task(user: User, workspace: Workspace) -> Task:
    """Whether the reports of last week are in."""
    here = this_week(workspace)
    reach = first_open_week(workspace, at=now(workspace))
    url, link = reverse("intakes:board"), "Bestand inlezen" if user.may(May.DATA_IMPORT) else "Bronnen bekijken"
    if reach is None:
        return Task("Bestand met meldingen", ("Er zijn nog geen meldingen ingelezen.",), "todo", link, url)
    said = f"De meldingen zijn binnen tot en met week {int(shift_week(reach, -1)[-2:])}."
    if reach < here:
        lines = (said, "Een later bestand ontbreekt.")
        return Task("Bestand met meldingen", lines, "late", link, url)
    return Task("Bestand met meldingen", (said,), "good", "Bronnen bekijken", url)


def outlook_task(user: User, workspace: Workspace) -> Task:
    """Whether this week's outlook is frozen, and what it expects of the whole town."""
    here = this_week(workspace)
    run = latest_run(workspace, "outlook", here)
    url = reverse("outlooks:latest")
    title = f"Vooruitblik {week(here)}"
    if run is None:
        said = "Er is nog geen vooruitblik voor deze week."
        return Task(title, (said,), "todo", "Naar de vooruitblik", url)
    types = workspace.settings.crime_types
    expected = ", ".join(
        f"{types[code].label.lower()} {words.expected(facts['expected_total'])}"
        for code, facts in run.notes.get("by_type", {}).items()
        if code in types
    )
    warned = tuple(run.notes.get("warnings", ()))
    lines = (f"Verwacht in de hele gemeente: {expected}.", *warned)
    return Task(title, lines, "attention" if warned else "good", "Vooruitblik bekijken", url)


def plan_task(user: User, workspace: Workspace) -> Task:
    """Whether this week's plan is fixed; a draft is for who makes it, hours for who may see places."""
    here = this_week(workspace)
    run = latest_run(workspace, "plan", here)
    title, maker = f"Weekplan {week(here)}", user.may(May.PLAN_WRITE)
    asked, url = "todo" if maker else "", reverse("plans:week", args=[here])
    link = "Weekplan maken" if maker else "Weekplan bekijken"
    if run is None:
        return Task(title, ("Er is nog geen voorstel voor deze week.",), asked, link, url)
    shown = shown_plan(workspace, run)
    if not shown.version:
        return Task(title, (f"{shown.status}.",), asked, link, url)
    districts = sorted({place.district for place in shown.proposal.places if place.district})
    where = " en ".join(districts) or "de hele gemeente"
    hours = sum(place.hours for place in shown.proposal.places)
    spent = f", {words.counted(hours)} uur" if maker or user.may(May.OUTLOOK_READ) else ""
    loose = sum(
        place.hours * (place.visits - len(place.slots)) / place.visits
        for place in shown.proposal.places
        if place.visits
    )
    warned = (f"{words.counted(loose)} uur heeft nog geen dagdeel.",) if maker and loose else ()
    lines = (f"{shown.status}.", f"{len(shown.proposal.places)} plekken in {where}{spent}.", *warned)
    return Task(title, lines, "attention" if warned else "good", "Weekplan bekijken", url)
