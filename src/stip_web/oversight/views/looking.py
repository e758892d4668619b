# SPDX-License-Identifier: EUPL-1.2
"""Who looked, who took something along, and the processing log as another system asks it."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.administration.forms import SearchForm
from stip_web.administration.log import Search
from stip_web.administration.views.log import facts_of
from stip_web.administration.views.pages import part_of
from stip_web.audit.processing import ACTIVITIES
from stip_web.desk.errors import refuse
from stip_web.desk.twins import Listing, twin
from stip_web.oversight import looking
from stip_web.oversight.tabs import page
from stip_web.workspaces.current import current_workspace

MOST_COMMANDS = 50
"""So many are shown; the files hold all."""


@needs(May.LOG_READ)
@require_safe
def looks(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who looked, by person, role, activity and days."""
    asked = looking.LookForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, asked.told())
    found = looking.looks(asked)
    if form:
        rows = map(looking.look_row, found.iterator(chunk_size=2000))
        return twin(request, Listing("inzage", looking.LOOKS, rows, facts_of(asked)), form)
    part = part_of(request, found)
    context = {
        "form": asked,
        "part": part,
        "rows": [looking.look_row(line) for line in part],
        "people": looking.by_person(found),
        "by_role": looking.by_role(found),
        "asked": urlencode(facts_of(asked)),
    }
    return page(request, "oversight/looks.html", "oversight:log", context)


@needs(May.LOG_READ)
@require_safe
def exports(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who took what along, by which filter, how many and how finely."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, asked.told())
    data = asked.cleaned_data
    search = Search(words=data["q"], first=data["van"], last=data["tot"])
    found = search.of(looking.exports(), "actor_name", "roles", "subject")
    commands = looking.by_command(current_workspace(), search)
    if form:
        rows = chain(map(looking.export_row, found.iterator(chunk_size=2000)), commands)
        return twin(request, Listing("uitvoer", looking.EXPORTS, rows, facts_of(asked)), form)
    part = part_of(request, found)
    context = {
        "form": asked,
        "part": part,
        "rows": [looking.export_row(line) for line in part],
        "commands": commands[:MOST_COMMANDS],
        "more_commands": max(len(commands) - MOST_COMMANDS, 0),
        "asked": urlencode(facts_of(asked)),
    }
    return page(request, "oversight/exports.html", "oversight:exports", context)


@needs(May.LOG_READ)
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Give the processing log as the draft for reading it has it; at least a trace or an activity must be named."""
    trace = request.GET.get("traceId", "").replace("-", "").lower()
    activity = request.GET.get("dpl.core.processing_activity_id", "")
    if not trace and not activity:
        return refuse(request, 400, "Noem ten minste traceId of dpl.core.processing_activity_id.")
    if trace and not re.fullmatch(r"[0-9a-f]{32}", trace):
        return refuse(request, 400, "traceId is geen spoor: het telt 32 tekens, 0 t/m 9 en a t/m f.")
    if activity and activity.removeprefix("stip:") not in ACTIVITIES:
        known = ", ".join(f"stip:{name}" for name in ACTIVITIES)
        return refuse(request, 400, f"Die verwerking staat niet in het register. Kies uit {known}.")
    try:
        start, end = (_moment(request, name) for name in ("startTime", "endTime"))
    except ValueError as error:
        return refuse(request, 400, f"{error} is geen tijdstip. Schrijf het als 2026-01-31T09:00:00Z.")
    found = looking.activities_json(
        organisation=current_workspace().settings.town.name, trace=trace, activity=activity, start=start, end=end
    )
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(name)
    return moment
