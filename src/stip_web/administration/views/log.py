# SPDX-License-Identifier: EUPL-1.2
"""Pages of the logs: everything for who oversees, administration for administrators, one's own for everybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import logged_in, needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.administration import log
from stip_web.administration.forms import SearchForm
from stip_web.administration.views.pages import page, part_of
from stip_web.desk.errors import refuse
from stip_web.desk.twins import Listing, twin

_NO_DAY = "Een datum in het adres is geen datum. Schrijf die als 2026-01-31."


@needs(May.LOG_READ, May.USERS_MANAGE, May.JOBS_MANAGE)
@require_safe
def changes(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who changed what."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, _NO_DAY)
    lines = log.changes(user_of(request), search_of(asked))
    if form:
        rows = [log.change_row(line) for line in lines]
        return twin(request, Listing("logboek", log.CHANGES, rows, facts_of(asked)), form)
    return _shown(request, "log", asked, lines, log.CHANGES, log.change_row)


@needs(May.LOG_READ)
@require_safe
def looks(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who looked at incidents."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, _NO_DAY)
    lines = log.looks(search_of(asked))
    if form:
        return twin(
            request, Listing("inzage", log.LOOKS, [log.look_row(line) for line in lines], facts_of(asked)), form
        )
    return _shown(request, "looks", asked, lines, log.LOOKS, log.look_row)


@logged_in
@require_safe
def own(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show somebody what is logged about himself."""
    user = user_of(request)
    changed, looked = log.about(user)
    if form:
        columns = {"at": "Wanneer", "actor": "Wie", "what": "Wat", "subject": "Waarover", "why": "Waarom"}
        rows = [{**(row := log.change_row(line)), "what": row["action"]} for line in changed]
        rows += [{**(row := log.look_row(line)), "what": row["activity"]} for line in looked]
        rows.sort(key=lambda row: row["at"], reverse=True)
        return twin(request, Listing("mijn-inzage", columns, rows), form)
    context = {
        "changes": [log.change_row(line) for line in changed[:100]],
        "changes_all": changed.count(),
        "looks": [log.look_row(line) for line in looked[:100]],
        "looks_all": looked.count(),
    }
    return page(request, "own_log", context)


def search_of(form: SearchForm) -> log.Search:
    """Give what is looked for."""
    asked = form.cleaned_data
    return log.Search(words=asked["q"].strip(), first=asked["van"], last=asked["tot"])


def facts_of(form: SearchForm) -> dict[str, Any]:
    """Say in a twin what was looked for."""
    return {name: value for name, value in form.cleaned_data.items() if value}


def _shown(
    request: HttpRequest, template: str, form: SearchForm, lines: Any, columns: dict[str, str], row: Any
) -> HttpResponse:
    part = part_of(request, lines)
    asked = urlencode({name: value for name, value in facts_of(form).items()})
    context = {"form": form, "part": part, "rows": [row(line) for line in part], "columns": columns, "asked": asked}
    return page(request, template, {**context, "all_seen": user_of(request).may(May.LOG_READ)})
