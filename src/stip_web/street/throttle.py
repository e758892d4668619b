# SPDX-License-Identifier: EUPL-1.2
"""How often one person may send: enough for a phone that empties its queue, too little to fill the table."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

RATE = "60/min"


class PerPerson(SimpleRateThrottle):
    """Counts each person apart, in the site's cache, so over all its processes."""

    scope = "street"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Count by who is logged in."""
        return f"street-{request.user.pk}" if request.user.is_authenticated else None


def may_send(request: HttpRequest) -> tuple[bool, int]:
    """Say whether this person may send now, and if not after how many seconds."""
    throttle = PerPerson(RATE)
    allowed = throttle.allow_request(request)
    return allowed, 0 if allowed else max(1, round(throttle.wait() or 1))
