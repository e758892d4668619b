# SPDX-License-Identifier: EUPL-1.2
"""The week as one self-contained page: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from stip.plan import ORIGINS, TYPES_APART
from stip.store import write_text
from stip.week.drawing import draw
from stip.week.view import NO_GROUND, TIER_COLOURS, TIERS_EXPLAINED, WeekView
from stip.words import PARTS_COUNT, counted, number, share


def write_page(view: WeekView, path: Path) -> Path:
    """Write the page of a week; layers are switched by plain check boxes, and all it shows stands in tables too."""
    environment = Environment(
        loader=PackageLoader("stip.week"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "share": share, "counted": counted}
    template = environment.get_template("week.html")
    write_text(
        path,
        template.render(
            view=view,
            drawing=draw(view),
            origins=ORIGINS,
            tier_colours=TIER_COLOURS,
            no_ground=NO_GROUND,
            tiers_explained=TIERS_EXPLAINED,
            parts_count=PARTS_COUNT,
            types_apart=TYPES_APART,
        ),
    )
    return path
