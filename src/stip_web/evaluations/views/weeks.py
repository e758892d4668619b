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
from stip.words import counted
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.small import TOLD, sees_all
from stip_web.desk.twins import twin
from stip_web.evaluations.facts import by_type, last_weeks
from stip_web.evaluations.listing import STATES, types_listing, weeks_listing
from stip_web.evaluations.statements import WEEKS, statements, week_sentences
from stip_web.evaluations.views.frame import frame_of, open_workspace

_ALL = 520


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def page(request: HttpRequest) -> HttpResponse:
    """Show the last weeks: what may be quoted first, then every figure."""
    workspace = open_workspace()
    exact = sees_all(user_of(request))
    lines = [
        {
            **line,
            "state_name": STATES[line["state"]],
            **{name: _written(line[name]) for name in ("reported", "hits", "baseline_hits")},
        }
        for line in last_weeks(workspace, WEEKS, exact=exact)
    ]
    context = frame_of(request, "weeks") | {
        "statements": statements(workspace, exact=exact),
        "weeks": lines,
        "number": WEEKS,
        "rounded": "" if exact else TOLD,
    }
    return render(request, "evaluations/weeks.html", context)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the last weeks as a list."""
    workspace = open_workspace()
    exact = sees_all(user_of(request))
    return twin(request, weeks_listing(workspace, last_weeks(workspace, WEEKS, exact=exact), exact=exact), form)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def one(request: HttpRequest, week: str) -> HttpResponse:
    """Show one week in sentences, and by crime type."""
    workspace = open_workspace()
    exact = sees_all(user_of(request))
    line, before, after = _found(workspace, week, exact=exact)
    baseline = _baseline(workspace, week)
    context = frame_of(request, "weeks") | {
        "line": line,
        "week_of": week,
        "before": before,
        "after": after,
        "baseline": baseline,
        "sentences": week_sentences(line, baseline, exact=exact),
        "types": by_type(workspace, week, exact=exact),
        "rounded": "" if exact else TOLD,
    }
    return render(request, "evaluations/week.html", context)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def one_twin(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Give one week by crime type as a list."""
    workspace = open_workspace()
    exact = sees_all(user_of(request))
    _found(workspace, week, exact=exact)
    return twin(request, types_listing(workspace, week, by_type(workspace, week, exact=exact)), form)


def _written(count: float | None) -> str:
    return "–" if count is None else counted(count)


def _found(workspace: Workspace, week: str, *, exact: bool) -> tuple[dict[str, Any], str, str]:
    """Give the line of a week, and the weeks before and after it that have one."""
    lines = last_weeks(workspace, _ALL, exact=exact)
    weeks = [str(line["week"]) for line in lines]
    if week not in weeks:
        raise Http404("no outlook of this week")
    place = weeks.index(week)
    return lines[place], weeks[place + 1] if place + 1 < len(weeks) else "", weeks[place - 1] if place else ""


def _baseline(workspace: Workspace, week: str) -> str:
    outlook = outlook_that_counts(workspace, week)
    return f"‘{model_label(str(outlook.notes['baseline']))}’" if outlook else "de telling ernaast"
