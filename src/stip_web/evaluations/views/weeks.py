# SPDX-License-Identifier: EUPL-1.2
"""The last weeks in sentences and a table, and one week by itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.learn import outlook_that_counts
from stip.outlook import model_label
from stip.store import Workspace
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import twin
from stip_web.evaluations.facts import by_type, last_weeks
from stip_web.evaluations.listing import STATES, types_listing, weeks_listing
from stip_web.evaluations.statements import WEEKS, statements, week_sentences
from stip_web.evaluations.views.frame import frame_of
from stip_web.workspaces.current import current_workspace

_ALL = 520


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the last weeks: what may be quoted first, then every figure."""
    workspace = current_workspace()
    lines = [{**line, "state_name": STATES[line["state"]]} for line in last_weeks(workspace, WEEKS)]
    context = frame_of(request, "weeks") | {"statements": statements(workspace), "weeks": lines, "number": WEEKS}
    return render(request, "evaluations/weeks.html", context)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the last weeks as a list."""
    workspace = current_workspace()
    return twin(request, weeks_listing(workspace, last_weeks(workspace, WEEKS)), form)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
def one(request: HttpRequest, week: str) -> HttpResponse:
    """Show one week in sentences, and by crime type."""
    workspace = current_workspace()
    line, before, after = _found(workspace, week)
    baseline = _baseline(workspace, week)
    context = frame_of(request, "weeks") | {
        "line": line,
        "week_of": week,
        "before": before,
        "after": after,
        "baseline": baseline,
        "sentences": week_sentences(line, baseline),
        "types": by_type(workspace, week),
    }
    return render(request, "evaluations/week.html", context)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
def one_twin(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Give one week by crime type as a list."""
    workspace = current_workspace()
    _found(workspace, week)
    return twin(request, types_listing(workspace, week, by_type(workspace, week)), form)


def _found(workspace: Workspace, week: str) -> tuple[dict[str, Any], str, str]:
    """Give the line of a week, and the weeks before and after it that have one."""
    lines = last_weeks(workspace, _ALL)
    weeks = [str(line["week"]) for line in lines]
    if week not in weeks:
        raise Http404("no outlook of this week")
    place = weeks.index(week)
    return lines[place], weeks[place + 1] if place + 1 < len(weeks) else "", weeks[place - 1] if place else ""


def _baseline(workspace: Workspace, week: str) -> str:
    outlook = outlook_that_counts(workspace, week)
    return f"‘{model_label(str(outlook.notes['baseline']))}’" if outlook else "de telling ernaast"
