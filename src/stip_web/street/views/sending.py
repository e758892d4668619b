# SPDX-License-Identifier: EUPL-1.2
"""Where the phone sends its entries: many at once, again as often as it likes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from stip_web.accounts.door import needs, user_of
from stip_web.desk.errors import refuse
from stip_web.street.payload import Sent
from stip_web.street.receiving import Outcome, take
from stip_web.street.throttle import may_send
from stip_web.street.views.frame import TELLS
from stip_web.workspaces.current import current_workspace

MOST_AT_ONCE = 100
MOST_BYTES = 256 * 1024
_UNREADABLE = "Deze melding kan de server niet lezen. Werk de app bij: open Straat opnieuw met een verbinding."


@needs(*TELLS)
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take ``{"entries": […]}``; answers for each entry ``stored``, ``again`` or ``refused`` with why."""
    if (wait := may_send(request)) and not wait[0]:
        answer = refuse(request, 429, "Er komt te veel tegelijk van deze telefoon. Zij probeert het zo opnieuw.")
        answer["Retry-After"] = str(wait[1])
        return answer
    raw = _entries(request)
    if raw is None:
        return refuse(request, 400, f"Stuur hooguit {MOST_AT_ONCE} meldingen tegelijk, als JSON.")
    sent: list[Sent] = []
    outcomes: dict[str, Outcome] = {}
    names = []
    for one in raw:
        name = str(one.get("id", ""))[:40] if isinstance(one, dict) else ""
        names.append(name)
        try:
            sent.append(Sent.model_validate(one))
            names[-1] = str(sent[-1].id)
        except ValidationError:  # its words would repeat what was sent
            outcomes[name] = Outcome(name, "refused", _UNREADABLE)
    for outcome in take(user_of(request), current_workspace(), sent) if sent else []:
        outcomes[outcome.id] = outcome
    told = [asdict(outcomes[name]) for name in names]
    return JsonResponse({"outcomes": told, "now_ms": round(timezone.now().timestamp() * 1000)})


def _entries(request: HttpRequest) -> list[Any] | None:
    """Give what was sent, None when it is not what is asked."""
    length = request.headers.get("Content-Length", "0")
    if request.content_type != "application/json" or not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    entries = body.get("entries") if isinstance(body, dict) else None
    return entries if isinstance(entries, list) and len(entries) <= MOST_AT_ONCE else None
