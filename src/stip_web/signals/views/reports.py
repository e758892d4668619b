# SPDX-License-Identifier: EUPL-1.2
"""The half-year report and the table of rules."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip.errors import SignalError
from stip.settings import SHAREABLE
from stip.signals import (
    COARSE,
    HalfYearReport,
    SignalKind,
    half_bounds,
    half_of,
    report_of,
    role_name,
)
from stip.store import Workspace, day_in_town
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.errors import refuse
from stip_web.desk.twins import twin
from stip_web.signals.listing import HEADINGS, report_listing
from stip_web.signals.tabs import tabs_of
from stip_web.signals.views.lists import FORMS
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.deciders import kinds_seen
from stip_web.workspaces.known import known_signals


@needs(May.SIGNAL_READ, May.LEARN_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Count what was known in a half year, and what was done with it."""
    workspace = current_workspace()
    user = user_of(request)
    try:
        report = _report(request, workspace, user)
    except SignalError as error:
        return refuse(request, 400, str(error))
    labels = {row.kind: row.label for row in report.rows}
    context = {
        "tabs": tabs_of(user, "report"),
        "report": report,
        "halves": _halves(workspace, user, report.half),
        "headings": HEADINGS,
        "rows": [(row, [getattr(row, name) for name in HEADINGS]) for row in report.rows],
        "reasons": [(labels[kind], reason, count) for kind, reason, count in report.reasons],
        "coarse": COARSE,
        "rounded": [row.label for row in report.rows if row.coarse and not row.withheld],
        "withheld": [row.label for row in report.rows if row.withheld],
        "empty": not any(row.known or row.withheld for row in report.rows),
        "twins": [
            (name, f"{reverse('signals:report_twin', args=[form])}?half={report.half}")
            for name, form in (("CSV", "csv"), ("JSON", "json"))
        ],
    }
    return render(request, "signals/report.html", context)


@needs(May.SIGNAL_READ, May.LEARN_READ)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the counts as JSON or CSV."""
    if form not in FORMS:
        raise Http404("no such form")
    try:
        report = _report(request, current_workspace(), user_of(request))
    except SignalError as error:
        return refuse(request, 400, str(error))
    return twin(request, report_listing(report), form)


@needs(May.SIGNAL_READ, May.SIGNAL_RAISE, May.LEARN_READ)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the table of rules: terms, who decides, partners and what may be shared."""
    settings = current_workspace().settings.signals
    partners = settings.partners
    rows = [
        {
            "kind": kind,
            "rule": rule,
            "decides": [role_name(role) for role in rule.decides],
            "partners": [partners[name].label for name in rule.partners],
            "shares": [SHAREABLE[code] for code in rule.may_share],
            "help": kind == SignalKind.HELP,
        }
        for kind, rule in settings.rules.by_kind().items()
    ]
    ways = {
        partner.label: "via Signalen" if partner.way == "signalen" and settings.signalen_url else "met een tekst"
        for partner in partners.values()
    }
    context = {"tabs": tabs_of(user_of(request), "rules"), "rows": rows, "ways": ways, "settings": settings}
    return render(request, "signals/rules.html", context)


def _report(request: HttpRequest, workspace: Workspace, user: User) -> HalfYearReport:
    """Give the report; who may not see the signals of help gets rounded counts, when the half year is over."""
    on = today(workspace)
    coarse = () if _sees_help(workspace, user) else (SignalKind.HELP,)
    return report_of(workspace, request.GET.get("half") or half_of(on), on=on, coarse=coarse)


def _halves(workspace: Workspace, user: User, chosen: str) -> list[str]:
    """Give the half years of which there are signals, with this one and the chosen one, newest first.

    A half year with nothing but help is no half year for who may not see that.
    """
    sees_help = _sees_help(workspace, user)
    signals = [one for one in known_signals(workspace) if sees_help or one.kind != SignalKind.HELP]
    found = {half_of(day_in_town(workspace, one.at)) for one in signals} | {half_of(today(workspace)), chosen}
    return sorted(found, key=half_bounds, reverse=True)


def _sees_help(workspace: Workspace, user: User) -> bool:
    return SignalKind.HELP in kinds_seen(user, workspace.settings)
