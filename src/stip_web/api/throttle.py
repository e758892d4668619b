# SPDX-License-Identifier: EUPL-1.2
"""How often one caller may ask; more is answered by 429 with how long to wait."""

from __future__ import annotations

from ninja.throttling import AuthRateThrottle

RATE = "300/min"


class PerCaller(AuthRateThrottle):
    """Counts each token, and each person's session, apart; in the site's cache, so over all its processes."""

    scope = "api"


PER_CALLER = PerCaller(RATE)
