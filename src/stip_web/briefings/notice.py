# SPDX-License-Identifier: EUPL-1.2
"""The week in a few lines for a notice board: district and what the team does, nothing finer."""

from __future__ import annotations

from stip_web.briefings.briefing import Briefing


def notice_of(briefing: Briefing) -> tuple[str, ...]:
    """Give the lines; none of a plan that nobody fixed."""
    if briefing.state != "fixed" or not briefing.places:
        return ()
    districts = sorted({place.district for place in briefing.places if place.district})
    where = f"in {' en '.join(districts)}" if districts else "in de gemeente"
    tasks = list(dict.fromkeys(place.task for place in briefing.places))
    return (
        f"Deze week werkt het flexteam van {briefing.town} {where}.",
        f"Het team doet dit: {', '.join(tasks)}.",
        "Ziet u iets dat kapot of vervuild is? Meld het bij de gemeente.",
    )
