# SPDX-License-Identifier: EUPL-1.2
"""How many dwellings a dot could be, counted once for as long as nothing it rests on changes; and the card of it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from stip.agreements import agreements_of
from stip.publish import DotDwellings, dots_and_dwellings
from stip.store import Workspace, incident_sources
from stip.words import number
from stip_web.oversight.signs import ATTENTION, GOOD, Sign
from stip_web.workspaces.current import state_of

_TITLE = "Stippen onder de grens"


def dots_of(workspace: Workspace) -> list[DotDwellings]:
    """Give the same as `dots_and_dwellings`."""
    return _kept(workspace.root, state_of(workspace, "stip.toml", "data/incidents", "data/layers", "data/areas"))


@lru_cache(maxsize=2)
def _kept(root: Path, state: tuple[tuple[str, int], ...]) -> list[DotDwellings]:
    return dots_and_dwellings(Workspace.open(root))


def dots_sign(workspace: Workspace) -> Sign:
    """Tell how many places on the map have fewer dwellings round them than the town's own minimum."""
    where = ("Woningen per stip", f"{reverse('oversight:rules')}#woningen-per-stip")
    if not incident_sources(workspace):
        return Sign(_TITLE, 0, ("Er zijn nog geen meldingen.",), GOOD, *where)
    fine = [row for row in dots_of(workspace) if row.source]
    if not fine:
        unknown = "Dat is niet bekend: er is geen laag met woningen."
        return Sign(_TITLE, None, (unknown,), ATTENTION, *where)
    held = agreements_of(workspace)
    titles = {row.source: held[row.source].title if row.source in held else row.source for row in fine}
    below = sum(round(row.under * row.places) for row in fine)
    lines = [
        f"{titles[row.source]}: {number(row.under_per_cent)} % van de {number(row.places)} plekken heeft wel "
        f"woningen om zich heen, maar minder dan {number(row.minimum)}."
        for row in fine
        if row.under
    ]
    if lines:
        lines.append("Spreek grovere plekken af, of leg vast waarom dit mag.")
    said = tuple(lines) or (f"Om elke stip liggen {number(fine[0].minimum)} woningen of meer, of geen enkele.",)
    return Sign(_TITLE, below, said, ATTENTION if below else GOOD, *where)
