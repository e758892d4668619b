# SPDX-License-Identifier: EUPL-1.2
"""The briefing on one A4 of two sides, and what page and paper are both rendered from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from stip_web.briefings.briefing import Briefing
from stip_web.briefings.codes import qr_svg
from stip_web.desk.paper import as_data, to_pdf
from stip_web.desk.templatetags.dutch import moment, week

_SVG = "image/svg+xml"
_SIDES = 2
_WIDE = 7  # more places than this stand in rows close together, or they take a third side
_ROOMY = 4  # with more places the largest letters never fit, and each try takes a second
_SIZES = ("ruim", "gewoon", "krap", "klein", "kleinst")
"""From large letters to small: the first with which all fits on two sides is taken."""
_TIGHT = (*_SIZES[2:], "uiterst")


def context_of(briefing: Briefing) -> dict[str, Any]:
    """Give what the templates show: the briefing, with its pictures as addresses that fetch nothing."""
    picture = briefing.picture
    places = [(place, as_data(qr_svg(place.feedback), _SVG)) for place in briefing.places]
    return {
        "briefing": briefing,
        "places": places,
        "wide": places if len(places) <= _WIDE else [],
        "tight": [] if len(places) <= _WIDE else places,
        "near": as_data(picture.near, _SVG) if picture else "",
        "town_map": as_data(picture.town, _SVG) if picture else "",
    }


def as_pdf(briefing: Briefing, made: datetime) -> bytes:
    """Print a briefing: two sides of A4, tagged, in Dutch."""
    about = {"title": f"{briefing.town} · briefing {week(briefing.week)}", "made": moment(made)}
    sizes = _SIZES if len(briefing.places) <= _ROOMY else _SIZES[1:] if len(briefing.places) <= _WIDE else _TIGHT
    return to_pdf("briefings/paper.html", context_of(briefing) | about, sizes=sizes, most_sides=_SIDES)
