# SPDX-License-Identifier: EUPL-1.2
"""Retention: what is kept, what would go now, approving that, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stip.agreements import unread_retention_runs
from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.desk.twins import Listing, twin
from stip_web.oversight.account import retention_runs
from stip_web.oversight.approved import KINDS, in_words, lapsed, newest_open
from stip_web.oversight.keeping import ApproveRetention, RunRetention, due, earlier_versions, foreseen, history
from stip_web.oversight.own import kept
from stip_web.oversight.tabs import page
from stip_web.workspaces.current import current_workspace

READS = (May.RULES_APPROVE, May.RULES_PROPOSE, May.RETENTION_RUN)
COLUMNS = {
    "at": "Goedgekeurd",
    "approved_as": "Door",
    "reason": "Waarom",
    "on": "Per",
    "foreseen": "Te vernietigen",
    "done_at": "Uitgevoerd",
    "done_as": "Door (uitvoering)",
    "same_person": "Door wie goedkeurde",
    "lapsed": "Vervallen",
    "destroyed": "Vernietigd",
}


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every term and what is past it."""
    return _page(request)


@needs(*READS)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give every approval and what came of it."""
    if form not in ("json", "csv"):
        raise Http404("no such form")
    return twin(request, Listing("bewaartermijnen", COLUMNS, history(current_workspace())), form)


@needs(May.RULES_APPROVE)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve what would be destroyed now."""
    workspace = current_workspace()
    action = ApproveRetention(user_of(request), workspace=workspace, why=request.POST.get("reason", ""))
    return _done(request, action, "Goedgekeurd. De beheerder kan het nu uitvoeren.")


@needs(May.RETENTION_RUN)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Carry out what was approved."""
    order = newest_open()
    if order is None:
        return _page(request, error="Er is niets goedgekeurd om uit te voeren.", status=400)
    if request.POST.get("order") != str(order.pk):
        return _page(request, error="Dit is niet de goedkeuring die u zag. Bekijk eerst wat nu wacht.", status=400)
    action = RunRetention(user_of(request), workspace=current_workspace(), order=order)
    return _done(request, action, "Vernietigd. Het verslag staat hieronder.")


def _done(request: HttpRequest, action: Action[Any], said: str) -> HttpResponse:
    try:
        action.run()
    except StipError as error:
        return _page(request, error=str(error), status=400)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("oversight:retention"))


def _page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    workspace, user = current_workspace(), user_of(request)
    found, order = due(workspace), newest_open()
    why_not = lapsed(workspace, order) if order else ""
    stands = order if order and not why_not else None
    context = {
        "rows": found,
        "earlier": earlier_versions(workspace, found),
        "besides": [each for each in kept() if not each.listed],
        "kinds": [(KINDS[kind], count) for kind, count in foreseen(found).items() if count],
        "without": [each for each in found if not each.agreed],
        "order": stands,
        "approved": in_words(workspace, stands) if stands else [],
        "approved_by_self": stands is not None and stands.actor_id == user.pk,
        "lapsed": why_not,
        "history": history(workspace),
        "runs": retention_runs(workspace)[:10],
        "unread": unread_retention_runs(workspace),
        "may_approve": user.may(May.RULES_APPROVE),
        "may_run": user.may(May.RETENTION_RUN),
        "error": error,
    }
    return page(request, "oversight/retention.html", "oversight:retention", context, status=status)
