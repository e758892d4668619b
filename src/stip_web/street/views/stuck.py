# SPDX-License-Identifier: EUPL-1.2
"""What could not be processed: a page of the desk, for who decides on help."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stip.errors import StipError
from stip.signals import area_names, category_label
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.street.stuck import LetGoRemark, decides_on_help, stuck_for
from stip_web.workspaces.current import current_workspace


@needs(May.SIGNAL_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_incidents("signalen")
def page(request: HttpRequest) -> HttpResponse:
    """List what could not become a signal, with why; let go of one, with a reason."""
    workspace, user, error = current_workspace(), user_of(request), ""
    if not decides_on_help(user, workspace):
        raise PermissionDenied("signal")
    asked, why = request.POST.get("melding", ""), request.POST.get("reden", "")
    if request.method == "POST":
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
        try:
            LetGoRemark(user, workspace=workspace, remark_id=number, why=why).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            messages.success(request, "De melding is weggedaan. Uw reden staat in het logboek.")
            return HttpResponseRedirect(reverse("street:stuck"))
    names = area_names(workspace)
    rows = [
        {
            "remark": each,
            "area": names.get(each.area_code, each.area_code),
            "what": category_label(workspace.settings, "help", each.code),
            "why": why if str(each.pk) == asked else "",
            "wrong": error if str(each.pk) == asked else "",
        }
        for each in stuck_for(user, workspace)
    ]
    context = {"rows": rows, "error": "" if any(row["wrong"] for row in rows) else error}
    return render(request, "street/stuck.html", context, status=400 if error else 200)
