# SPDX-License-Identifier: EUPL-1.2
"""What people changed on top of an outlook: the list, adding to it, and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import twin
from stip_web.outlooks.actions import ChangeOutlook, WithdrawChange, may_withdraw, role_of
from stip_web.outlooks.changes import ROLE_NAMES, changes_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.forms import ChangeForm, ReasonForm
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.listing import changes_listing
from stip_web.outlooks.runs import outlook_of
from stip_web.outlooks.tasks import remake
from stip_web.outlooks.views.frame import frame_of
from stip_web.workspaces.current import current_workspace


@needs(May.OUTLOOK_READ)
@require_safe
def page(request: HttpRequest, week: str) -> HttpResponse:
    """List every decision of the week, with those that no longer stand."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    user = user_of(request)
    rows = [(each, may_withdraw(user, each)) for each in changes_of(workspace, week)]
    context = frame_of(request, workspace, run, choice.within(run), "changes") | {"changes": rows}
    return render(request, "outlooks/changes.html", context)


@needs(May.OUTLOOK_READ)
@require_safe
def twin_of(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Give the decisions as a list."""
    workspace = current_workspace()
    outlook_of(workspace, week)  # what is paused or on hold is not given as a list either
    return twin(request, changes_listing(workspace, week, changes_of(workspace, week)), form)


@needs(May.OUTLOOK_CHANGE, May.OUTLOOK_OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, week: str) -> HttpResponse:
    """Ask what is to be changed, where and why; then write it down."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    user = user_of(request)
    kinds = {name: label for name, label in labels_of(workspace).items() if name in run.notes["by_type"]}
    only_own = not user.may(May.OUTLOOK_CHANGE)
    first = {"cells": " ".join(request.GET.getlist("vak")), "kind": "add" if only_own else request.GET.get("wat", "")}
    form = ChangeForm(request.POST or None, kinds=kinds, only_own=only_own, initial=first)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            ChangeOutlook(
                user,
                workspace=workspace,
                week=week,
                kind=asked["kind"],
                cells=tuple(asked["cells"].split()),
                to_cells=tuple(asked["to_cells"].split()),
                crime_type=asked["crime_type"],
                why=asked["reason"],
                decision_id=asked["decision"],
            ).run()
        except StipError as error:
            form.add_error(None, str(error))
        else:
            _later(week)
            messages.success(request, "De wijziging is vastgelegd. Zij telt mee vanaf het volgende weekplan.")
            return HttpResponseRedirect(choice.url(reverse("outlooks:changes", args=[week])))
    context = frame_of(request, workspace, run, choice.within(run), "changes")
    return render(
        request,
        "outlooks/change.html",
        context | {"form": form, "only_own": only_own, "as_role": ROLE_NAMES[role_of(user)]},
        status=400 if request.method == "POST" else 200,
    )


@needs(May.OUTLOOK_CHANGE, May.OUTLOOK_OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, week: str, decision_id: str) -> HttpResponse:
    """Ask why a decision is taken back; then write that down."""
    workspace = current_workspace()
    run = outlook_of(workspace, week)
    user = user_of(request)
    found = next((each for each in changes_of(workspace, week) if each.decision_id == decision_id), None)
    if found is None:
        raise Http404("no such decision")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            WithdrawChange(
                user, workspace=workspace, week=week, decision_id=decision_id, why=form.cleaned_data["reason"]
            ).run()
        except StipError as error:
            form.add_error(None, str(error))
        else:
            _later(week)
            messages.success(request, "De wijziging is ingetrokken. Beide regels blijven in de lijst staan.")
            return HttpResponseRedirect(reverse("outlooks:changes", args=[week]))
    context = frame_of(request, workspace, run, Choice(), "changes")
    return render(
        request,
        "outlooks/withdraw.html",
        context | {"form": form, "change": found, "may": may_withdraw(user, found)},
        status=400 if request.method == "POST" else 200,
    )


def _later(week: str) -> None:
    transaction.on_commit(lambda: remake.enqueue(week))
