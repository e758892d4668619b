# SPDX-License-Identifier: EUPL-1.2
"""Asking for an outlook, and how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stip.errors import StipError
from stip.outlook import model_label
from stip.space import monday
from stip.store import first_open_week
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.outlooks.making import MakeOutlook
from stip_web.outlooks.models import Making
from stip_web.outlooks.tasks import give_up_on_the_dead
from stip_web.workspaces.current import current_workspace


@needs(May.OUTLOOK_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say which week is to be looked ahead to, and put it in the queue."""
    workspace = current_workspace()
    week, error = request.POST.get("week", "").strip().upper() or first_open_week(workspace) or "", ""
    if request.method == "POST":
        try:
            monday(week)
            making = MakeOutlook(
                user_of(request), workspace=workspace, week=week, plain=request.POST.get("telling") == "ja"
            ).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            return HttpResponseRedirect(reverse("outlooks:making", args=[making.id]))
    return render(
        request,
        "outlooks/make.html",
        {
            "asked": week.lower(),
            "error": error,
            "makings": Making.objects.all()[:10],
            "baseline": model_label(workspace.settings.outlook.baseline),
            "model": model_label(workspace.settings.outlook.model),
        },
        status=400 if error else 200,
    )


@needs(May.OUTLOOK_RUN)
@require_safe
def progress(request: HttpRequest, making_id: int) -> HttpResponse:
    """Show how far it is; a script asks again until it is done or failed."""
    give_up_on_the_dead()
    making = get_object_or_404(Making, id=making_id)
    settings = current_workspace().settings.outlook
    return render(request, "outlooks/making.html", {"making": making, "baseline": model_label(settings.baseline)})
