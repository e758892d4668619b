# SPDX-License-Identifier: EUPL-1.2
"""The list of signals and its twins."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.signals import SignalKind, rule_of
from stip.space import shift_week
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import twin
from stip_web.signals.listing import STANDINGS, Choice, signals_listing
from stip_web.signals.seen import lines_of, shown_to
from stip_web.signals.stuck import stuck_of
from stip_web.signals.tabs import tabs_of
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.deciders import kinds_decided, kinds_seen

FORMS = ("json", "csv")


@needs(May.SIGNAL_READ)
@require_safe
@reads_incidents("signalen")
def page(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, what is late, or everything."""
    workspace = current_workspace()
    user = user_of(request)
    choice = Choice.of(request)
    shown = shown_to(user, workspace)
    rows = [one for one in shown if choice.takes(one)]
    settings = workspace.settings
    seen = kinds_seen(user, settings)
    context = {
        "tabs": tabs_of(user, "list"),
        "choice": choice,
        "standings": STANDINGS,
        "kinds": {kind: rule_of(settings, kind).label for kind in SignalKind if kind in seen},
        "rows": rows if choice.kind else lines_of(rows),
        "late": sum(one.overdue and one.may_decide for one in shown),
        "stuck": stuck_of(user, workspace),
        "hides_help": SignalKind.HELP not in seen,
        "may_decide": bool(kinds_decided(user, settings)),
        "last_week": shift_week(this_week(workspace), -1),
    }
    return render(request, "signals/list.html", context)


@needs(May.SIGNAL_READ)
@require_safe
@reads_incidents("signalen")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same rows, by the same choice, as JSON or CSV."""
    if form not in FORMS:
        raise Http404("no such form")
    shown = shown_to(user_of(request), current_workspace())
    return twin(request, signals_listing(shown, Choice.of(request)), form)
