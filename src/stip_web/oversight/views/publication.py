# SPDX-License-Identifier: EUPL-1.2
"""Publication: which quarters wait, what the public will see, and letting it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stip.errors import StipError
from stip.publish import Quarter
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.oversight.models import FigureProposal
from stip_web.oversight.publishing import (
    LEAST_SHARE,
    ApproveFigures,
    ProposeFigures,
    approving_role,
    held_quarters,
    out_already,
    preview,
    proposal_of,
    standing_still,
    waiting_quarters,
)
from stip_web.oversight.questions import PUBLICATION, open_about
from stip_web.oversight.tabs import page
from stip_web.oversight.tasks import give_up_on_the_dead
from stip_web.oversight.telling import TellIssue, may_tell_now, told_already
from stip_web.workspaces.current import current_workspace

CHANGED = (
    "Sinds u deze pagina opende, is er een nieuw voorstel. Hieronder staat het nieuwste. Bekijk het, en keur dan "
    "opnieuw goed."
)
READS = (May.PUBLICATION_APPROVE, May.PUBLICATION_PROPOSE)
_SIGNED = {"bestuur": "het bestuur", "fg": "de functionaris gegevensbescherming"}


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show which quarters wait and which are out."""
    return _page(request)


@needs(*READS)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Have the figures of a quarter made."""
    action = ProposeFigures(
        user_of(request), workspace=current_workspace(), quarter=request.POST.get("quarter", "")[:10]
    )
    try:
        action.run()
    except StipError as error:
        return _page(request, error=str(error), status=400)
    messages.success(request, "De cijfers worden gemaakt. Laad de pagina over een minuut opnieuw.")
    return HttpResponseRedirect(reverse("oversight:publication"))


@needs(May.PUBLICATION_APPROVE)
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Tell everybody what is wrong with a quarter that is out."""
    quarter, sentence = request.POST.get("quarter", "")[:10], request.POST.get("sentence", "")
    try:
        TellIssue(user_of(request), workspace=current_workspace(), quarter=quarter, why=sentence).run()
    except StipError as error:
        return _page(request, tried={"error": str(error), "quarter": quarter, "sentence": sentence[:200]}, status=400)
    messages.success(request, f"Het staat nu voor iedereen bij het {Quarter.named(quarter).label}.")
    return HttpResponseRedirect(reverse("oversight:publication"))


@needs(*READS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, quarter: str) -> HttpResponse:
    """Show the proposed figures as they will be public; approve them for who may, when these are what was seen."""
    workspace, user = current_workspace(), user_of(request)
    named = _quarter(quarter)
    run = proposal_of(workspace, named)
    held = held_quarters(workspace).get(named, "")
    if run is None or not (held or named in waiting_quarters(workspace)):
        raise Http404("nothing to approve")
    may, error, status = user.may(May.PUBLICATION_APPROVE) and not held, "", 200
    if request.method == "POST" and may and request.POST.get("run_id") != run.run_id:
        error, status = CHANGED, 409
    elif request.method == "POST" and may:
        try:
            ApproveFigures(user, workspace=workspace, run_=run, why=request.POST.get("reason", "")).run()
        except StipError as refused:
            error, status = str(refused), 400
        else:
            messages.success(request, f"Het {named.label} is openbaar. Deze cijfers veranderen niet meer.")
            return HttpResponseRedirect(reverse("oversight:publication"))
    context = {
        "quarter": named,
        "run_id": run.run_id,
        "record": run.notes.get("record"),
        "seen": preview(run.table("figures"), run.notes["labels"], str(run.notes["method"])),
        "least": 100 * LEAST_SHARE,
        "intact": run.intact(),
        "known_until": run.notes["known_until"],
        "held": held,
        "may_approve": may,
        "open_questions": open_about(PUBLICATION),
        "may_see_questions": user.may(May.RULES_APPROVE, May.RULES_PROPOSE),
        "as_adviser": may and approving_role(user) == "fg",
        "signed_as": _SIGNED[approving_role(user)] if may else "",
        "reason": request.POST.get("reason", ""),
        "error": error,
    }
    return page(request, "oversight/figures.html", "oversight:publication", context, status=status)


def _quarter(name: str) -> Quarter:
    try:
        return Quarter.named(name.upper())
    except StipError:
        raise Http404("no quarter") from None


def _page(
    request: HttpRequest, *, error: str = "", tried: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    workspace = current_workspace()
    give_up_on_the_dead()
    asked = {each.quarter: each for each in FigureProposal.objects.order_by("asked_at", "id")}
    waiting: list[dict[str, Any]] = [
        {"quarter": each, "run": proposal_of(workspace, each), "asked": asked.get(each.name)}
        for each in waiting_quarters(workspace)[::-1]
    ]
    context = {
        "waiting": waiting,
        "held": list(held_quarters(workspace).items())[::-1],
        "out": out_already(workspace),
        "error": error,
        "still": standing_still(workspace),
        "told": told_already(workspace),
        "tried": tried,
        "may_tell": user_of(request).may(May.PUBLICATION_APPROVE) and may_tell_now(workspace),
    }
    return page(request, "oversight/publication.html", "oversight:publication", context, status=status)
