# SPDX-License-Identifier: EUPL-1.2
"""Counts of reports for who may not see places: multiples of five, the same ones on every page."""

from __future__ import annotations

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May

TOLD = (
    "Aantallen meldingen zijn veelvouden van 5. Wat er is gemeld, is de som van wat u op de kaart ziet; "
    "een klein verschil zegt daarom niets."
)


def sees_all(user: User) -> bool:
    """Whether somebody may see places, and so also exact counts of a few of them."""
    return user.may(May.DOTS_FINE, May.OUTLOOK_READ)
