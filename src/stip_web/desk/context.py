# SPDX-License-Identifier: EUPL-1.2
"""What every page of the desk needs: the town, the week, the menus, and what must be said on each page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from stip.agreements import pause_in_words, pauses
from stip.errors import StipError
from stip_web.accounts.models import User
from stip_web.desk.navigation import MAIN, OWN, menu
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of a page; a workspace that cannot be opened leaves a frame without a town."""
    # An error handler may come here before anyone was asked who he is.
    user = getattr(request, "user", None)
    frame: dict[str, Any] = {"demo": settings.DEMO, "main_menu": [], "own_menu": [], "town": "", "banners": []}
    if not isinstance(user, User):
        return frame
    frame |= {"main_menu": menu(request, MAIN), "own_menu": menu(request, OWN)}
    try:
        workspace = current_workspace()
        frame |= {
            "town": workspace.settings.town.name,
            "week": this_week(workspace),
            "banners": [pause_in_words(workspace, row) for _, row in pauses(workspace).iterrows()],
        }
    except StipError as error:
        frame["banners"] = [str(error)]
    return frame
