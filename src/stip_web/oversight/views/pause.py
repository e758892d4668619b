# SPDX-License-Identifier: EUPL-1.2
"""The off switch: one page for everything, and the small form that stands in the frame of each page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import Role
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.twins import Listing, twin
from stip_web.oversight.pausing import Pause, Resume, choices, history
from stip_web.oversight.tabs import page
from stip_web.workspaces.current import current_workspace

READS = (May.PAUSE, May.RULES_APPROVE)


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what stands still, since when, by which role and why; and the switch for who holds it."""
    return _page(request)


@needs(*READS)
@require_safe
def history_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give every pause there ever was."""
    if form not in ("json", "csv"):
        raise Http404("no such form")
    columns = {"at": "Wanneer", "what": "Code", "label": "Wat", "did": "Besluit", "role": "Door", "reason": "Waarom"}
    return twin(request, Listing("pauzes", columns, history(current_workspace())), form)


@needs(May.PAUSE)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Put something on hold, and go back to where the button was pressed."""
    return _decide(request, Pause)


@needs(May.PAUSE)
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Lift a pause."""
    return _decide(request, Resume)


def _decide(request: HttpRequest, kind: type[Pause]) -> HttpResponse:
    what, why = request.POST.get("what", ""), request.POST.get("reason", "")
    action = kind(user_of(request), workspace=current_workspace(), what=what, why=why)
    try:
        action.run()
    except StipError as error:
        # Not back to a page that may itself be on hold: the words would be lost, and so would the reason.
        asked = {"what": what, "reason": why, "error": str(error), "lifts": not kind.paused}
        return _page(request, asked=asked, status=400)
    if kind.paused:
        messages.success(
            request, "Het staat stil: op elke pagina, in de API, voor opdrachten en op de openbare site."
        )
    else:
        messages.success(request, "De pauze is opgeheven. Alles is weer te zien zoals het was.")
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("terug", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("oversight:pause")


def _page(request: HttpRequest, *, asked: dict[str, object] | None = None, status: int = 200) -> HttpResponse:
    workspace = current_workspace()
    found = choices(workspace)
    context = {
        "held": [each for each in found if each["held"]],
        "stages": [each for each in found if not each["held"] and not each["is_source"]],
        "sources": [each for each in found if not each["held"] and each["is_source"]],
        "history": history(workspace)[:50],
        "may_pause": user_of(request).may(May.PAUSE),
        "who_pauses": [role.name for role in Role.objects.all() if May.PAUSE in role.permissions],
        "asked": asked or {},
        "hide_switch": True,
    }
    return page(request, "oversight/pause.html", "oversight:pause", context, status=status)
