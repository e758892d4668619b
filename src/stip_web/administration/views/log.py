# SPDX-License-Identifier: EUPL-1.2
"""Pages of the logs: everything for who oversees, administration for administrators, one's own for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import logged_in, needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.administration import log
from stip_web.administration.forms import SearchForm
from stip_web.administration.views.pages import page, part_of
from stip_web.audit.settling import settle_if_possible
from stip_web.desk.errors import refuse
from stip_web.desk.twins import Listing, twin


@needs(May.LOG_READ, May.USERS_MANAGE, May.JOBS_MANAGE)
@require_safe
def changes(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who changed what."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, asked.told())
    settle_if_possible()
    lines = log.changes(user_of(request), search_of(asked))
    if form:
        return twin(request, Listing("logboek", log.CHANGES, _rows(lines, log.change_row), facts_of(asked)), form)
    return _shown(request, "log", asked, lines, log.CHANGES, log.change_row)


@needs(May.LOG_READ)
@require_safe
def looks(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show who looked at incidents."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, asked.told())
    lines = log.looks(search_of(asked))
    if form:
        return twin(request, Listing("inzage", log.LOOKS, _rows(lines, log.look_row), facts_of(asked)), form)
    return _shown(request, "looks", asked, lines, log.LOOKS, log.look_row)


@logged_in
@require_safe
def own(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show somebody what is logged about himself: the newest of all, and of some days every line as a file."""
    asked = SearchForm(request.GET)
    if not asked.is_valid():
        return refuse(request, 400, asked.told())
    changed, looked = log.about(user_of(request))
    if form:
        search = search_of(asked)
        columns = {
            "at": "Wanneer",
            "actor": "Wie",
            "what": "Wat",
            "fine": "Hoe fijn",
            "subject": "Waarover",
            "why": "Waarom",
        }
        of_changes = _rows(search.of(changed, *log.IN_CHANGES), log.change_row)
        of_looks = _rows(search.of(looked, *log.IN_LOOKS), log.look_row)
        rows = merge(
            ({**row, "what": row["action"]} for row in of_changes),
            ({**row, "what": row["activity"]} for row in of_looks),
            key=itemgetter("at"),
            reverse=True,
        )
        return twin(request, Listing("mijn-inzage", columns, rows, facts_of(asked)), form)
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
    return log.Search(words=asked["q"], first=asked["van"], last=asked["tot"])


def facts_of(form: SearchForm) -> dict[str, Any]:
    """Say in a twin what was looked for."""
    return {name: value for name, value in form.cleaned_data.items() if value}


def _rows(lines: QuerySet[Any], row: Callable[[Any], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the rows one by one, so that a year of them is never in memory as models."""
    return map(row, lines.iterator(chunk_size=2000))


def _shown(
    request: HttpRequest, template: str, form: SearchForm, lines: Any, columns: dict[str, str], row: Any
) -> HttpResponse:
    part = part_of(request, lines)
    asked = urlencode(facts_of(form))
    context = {"form": form, "part": part, "rows": [row(line) for line in part], "columns": columns, "asked": asked}
    return page(request, template, {**context, "all_seen": user_of(request).may(May.LOG_READ)})
