# SPDX-License-Identifier: EUPL-1.2
"""What the script of the phone asks: the plan as data, the way to send, and the server's time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stip.errors import AgreementError, OnHold
from stip_web.accounts.door import needs
from stip_web.audit.processing import reads_incidents
from stip_web.briefings.streets import in_words
from stip_web.desk.errors import refuse, stands_still
from stip_web.street import shell
from stip_web.street.receiving import told_this_week
from stip_web.street.views.frame import READS, asked, owner_of, streets


@needs(*READS)
@reads_incidents("weekplan")
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Give the week of the team, the pages to keep, and a fresh token for what is sent.

    While the plan is on hold the refusal has owner, token and time as well: what was seen can still be sent.
    """
    sending: dict[str, Any] = {
        "owner": owner_of(request),
        "token": get_token(request),
        "now_ms": round(timezone.now().timestamp() * 1000),
    }
    try:
        found = asked(request)
    except OnHold as error:
        return stands_still(request, error, **sending)
    except AgreementError as error:
        return refuse(request, 403, str(error), title="Dit mag niet volgens de afspraak", **sending)
    plan = found.plan
    places = plan.places if plan else ()
    pages = [reverse(f"street:{name}") for name in ("today", "blank", "queue", "map")]
    named = streets(found)
    pages += [reverse("street:place", args=[one.place.place_id]) for one in places]
    return JsonResponse(
        {
            **sending,
            "build": shell.build(),
            "week": found.week,
            "team": found.team,
            "plan_id": plan.plan_id if plan else "",
            "version": plan.version if plan else 0,
            "held": bool(plan and plan.held),
            "places": [one.told(in_words(named[one.place.place_id])) for one in places],
            "told": told_this_week(found.week, found.team),
            "pages": pages,
        }
    )
