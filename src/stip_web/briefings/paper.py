# SPDX-License-Identifier: EUPL-1.2
"""The briefing on one A4 of two sides, and what page and paper are both rendered from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from stip_web.briefings.briefing import Briefing
from stip_web.briefings.codes import qr_svg
from stip_web.briefings.letters import setting_of
from stip_web.desk.paper import as_data, to_pdf
from stip_web.desk.templatetags.dutch import moment, week

_SVG = "image/svg+xml"
_TEMPLATE = "briefings/paper.html"


def context_of(briefing: Briefing) -> dict[str, Any]:
    """Give what the templates show: the briefing, with its pictures as addresses that fetch nothing."""
    picture = briefing.picture
    places = [(place, as_data(qr_svg(place.feedback), _SVG)) for place in briefing.places]
    return {
        "briefing": briefing,
        "places": places,
        "near": as_data(picture.near, _SVG) if picture else "",
        "town_map": as_data(picture.town, _SVG) if picture else "",
    }


def as_pdf(briefing: Briefing, made: datetime) -> bytes:
    """Print a briefing: two sides of A4, tagged, in Dutch."""
    about = {"title": f"{briefing.town} · briefing {week(briefing.week)}", "made": moment(made)}
    context = context_of(briefing) | about
    return to_pdf(_TEMPLATE, context | setting_of(_TEMPLATE, context))
