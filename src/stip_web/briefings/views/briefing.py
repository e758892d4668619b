# SPDX-License-Identifier: EUPL-1.2
"""The briefing of a week: as a page, and on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.briefings.actions import TakeBriefing
from stip_web.briefings.briefing import Briefing
from stip_web.briefings.gather import briefing_of
from stip_web.briefings.notice import notice_of
from stip_web.briefings.paper import as_pdf, context_of
from stip_web.briefings.reader import READS, Reader
from stip_web.plans.views.frame import frame_of
from stip_web.workspaces.clock import now, this_week
from stip_web.workspaces.current import current_workspace


@needs(*READS)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Go to the briefing of this week."""
    return HttpResponseRedirect(reverse("briefings:page", args=[this_week(current_workspace())]))


@needs(*READS)
@require_safe
@reads_incidents("weekplan")
def page(request: HttpRequest, week: str) -> HttpResponse:
    """Show the briefing; what is on hold or late stands in it, so not above it too."""
    briefing = _asked(request, week)
    user = user_of(request)
    context = frame_of(request, current_workspace(), week, "page") | context_of(briefing)
    context |= {
        "weeks_view": "briefings:page",
        "banners": [],
        "may_answer": user.may(May.FEEDBACK_OWN),
        "notice": notice_of(briefing) if user.may(May.PLAN_PUBLISH) else (),
    }
    return render(request, "briefings/briefing.html", context)


@needs(*READS)
@require_safe
@reads_incidents("weekplan")
def paper(request: HttpRequest, week: str) -> HttpResponse:
    """Hand out the A4, once it is written down."""
    briefing = _asked(request, week)
    if briefing.state == "none":
        raise Http404("no plan")
    body = as_pdf(briefing, now(current_workspace()))
    TakeBriefing(
        user_of(request),
        week=week,
        version=briefing.number,
        count=len(briefing.places),
        fine=not briefing.coarse,
    ).run()
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="briefing-{week.lower()}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: HttpRequest, week: str) -> Briefing:
    workspace = current_workspace()
    reader = Reader.of(user_of(request), workspace)
    return briefing_of(workspace, week, reader, root=request.build_absolute_uri("/").rstrip("/"))
