# SPDX-License-Identifier: EUPL-1.2
"""The first page of Toezicht: whether anything is unusual."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stip.words import number
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.oversight.signs import GOOD, signs
from stip_web.oversight.tabs import page
from stip_web.workspaces.current import current_workspace

READS = (
    May.RULES_APPROVE,
    May.RULES_PROPOSE,
    May.PUBLICATION_APPROVE,
    May.PUBLICATION_PROPOSE,
    May.RETENTION_RUN,
    May.LOG_READ,
    May.PAUSE,
)


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer in one screen, each number with its page."""
    found = signs(user_of(request), current_workspace())
    unusual = sum(sign.mark != GOOD for sign in found)
    said = {0: "Nee: niets vraagt aandacht.", 1: "Ja: één ding vraagt aandacht."}
    answer = said.get(unusual, f"Ja: {number(unusual)} dingen vragen aandacht.")
    return page(request, "oversight/index.html", "oversight:index", {"signs": found, "answer": answer})


@needs(*READS)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same as data."""
    if form not in ("json", "csv"):
        raise Http404("no such form")
    columns = {"title": "Wat", "count": "Aantal", "mark": "Stand", "lines": "Uitleg"}
    rows = [
        {"title": each.title, "count": each.count, "mark": each.word, "lines": " ".join(each.lines)}
        for each in signs(user_of(request), current_workspace())
    ]
    return twin(request, Listing("toezicht", columns, rows), form)
