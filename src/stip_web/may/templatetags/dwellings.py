# SPDX-License-Identifier: EUPL-1.2
"""``{% dots_and_dwellings %}``: how many dwellings a dot could be, for a page of the privacy officer."""

from __future__ import annotations

from typing import Any

from django import template

from stip.agreements import agreements_of
from stip_web.may.dots import dots_of
from stip_web.workspaces.current import current_workspace

register = template.Library()


@register.inclusion_tag("may/dots_dwellings.html", name="dots_and_dwellings")
def tell() -> dict[str, Any]:
    """Give a row a source and precision, and one for who sees neighbourhoods only."""
    workspace = current_workspace()
    titles = {source: agreement.title for source, agreement in agreements_of(workspace).items()}
    return {
        "rows": [(titles.get(row.source, row.source), row) for row in dots_of(workspace)],
        "minimum": workspace.settings.dwellings.minimum,
    }
