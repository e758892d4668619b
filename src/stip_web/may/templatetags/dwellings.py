# SPDX-License-Identifier: EUPL-1.2
"""``{% dots_and_dwellings %}``: how many dwellings a dot could be, for a page of the privacy officer."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template

from stip.agreements import agreements_of
from stip.publish import DotDwellings, dots_and_dwellings
from stip_web.workspaces.current import current_workspace, state_of

register = template.Library()


@register.inclusion_tag("may/dots_dwellings.html", name="dots_and_dwellings")
def tell() -> dict[str, Any]:
    """Give a row a source and precision, and one for who sees neighbourhoods only."""
    workspace = current_workspace()
    rows = _kept(workspace.root, state_of(workspace, "stip.toml", "data/incidents", "data/layers", "data/areas"))
    titles = {source: agreement.title for source, agreement in agreements_of(workspace).items()}
    return {
        "rows": [(titles.get(row.source, row.source), row) for row in rows],
        "minimum": workspace.settings.dwellings.minimum,
    }


@lru_cache(maxsize=2)
def _kept(root: Path, state: tuple[tuple[str, int], ...]) -> list[DotDwellings]:
    return dots_and_dwellings(current_workspace())
