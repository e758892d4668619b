# SPDX-License-Identifier: EUPL-1.2
"""Raising a signal by hand, and finding where nobody went."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stip.errors import AgreementError, StipError
from stip.signals import Stream, signal_of
from stip.space import shift_week
from stip.store import Workspace, area_years, read_areas
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.errors import refuse
from stip_web.desk.templatetags.dutch import day
from stip_web.signals.actions import FindSignals, RaiseSignal
from stip_web.signals.forms import RaiseForm
from stip_web.signals.planned import check_plan_open, places_for
from stip_web.signals.tabs import tabs_of
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace


@needs(May.SIGNAL_RAISE)
@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest) -> HttpResponse:
    """Ask what is known and where; then write it down."""
    workspace = current_workspace()
    check_plan_open(workspace)
    user = user_of(request)
    week = this_week(workspace)
    form = RaiseForm(
        request.POST or None,
        settings=workspace.settings,
        places=_places(user, workspace, week),
        areas=_areas(workspace),
    )
    if request.method == "POST" and form.is_valid():
        kind, _, category = form.cleaned_data["what"].partition(":")
        where, _, code = form.cleaned_data["where"].partition(":")
        try:
            raised = RaiseSignal(
                user,
                workspace=workspace,
                kind=kind,
                category=category,
                week=week,
                stream=str(Stream.DESK if user.may(May.SIGNAL_DECIDE) else Stream.STREET),
                place_id=code if where == "plek" else "",
                area_code=code if where == "buurt" else "",
                signal_id=form.cleaned_data["signal"],
            ).run()
        except StipError as error:
            form.add_error(None, str(error))
        else:
            known = signal_of(workspace, raised.signal_id)
            said = "is gemeld" if raised.new else "stond al in de lijst"
            messages.success(
                request, f"Signaal {known.mark} {said}. Er wordt uiterlijk {day(known.due_on)} besloten."
            )
            back = "signals:list" if user.may(May.SIGNAL_READ) else "signals:raise"
            return HttpResponseRedirect(reverse(back))
    status = 400 if request.method == "POST" else 200
    return render(request, "signals/raise.html", {"tabs": tabs_of(user, "raise"), "form": form}, status=status)


@needs(May.SIGNAL_DECIDE)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Find the top cells of last week that nobody visited."""
    workspace = current_workspace()
    week = shift_week(this_week(workspace), -1)
    try:
        found = FindSignals(user_of(request), workspace=workspace, week=week).run()
    except AgreementError as error:
        return refuse(request, 403, str(error))
    except StipError as error:
        return refuse(request, 400, str(error))
    new = sum(one.new for one in found)
    said = "Er is geen nieuwe wijk gevonden." if not new else f"{new} nieuw in de lijst."
    areas = "1 wijk" if len(found) == 1 else f"{len(found)} wijken"
    messages.success(request, f"Week {int(week[-2:])}: {areas} met bovenste vakken zonder bezoek. {said}")
    return HttpResponseRedirect(reverse("signals:list"))


def _places(user: User, workspace: Workspace, week: str) -> list[tuple[str, str]]:
    return [
        (
            f"plek:{seen.place.place_id}",
            f"Plek {seen.place.number}, {', '.join(seen.place.areas) or 'buurt onbekend'}",
        )
        for seen in places_for(user, workspace, week)
    ]


def _areas(workspace: Workspace) -> list[tuple[str, str]]:
    if not area_years(workspace):
        return []
    names = sorted(read_areas(workspace).names().items(), key=lambda item: item[1])
    return [(f"buurt:{code}", name) for code, name in names]
