# SPDX-License-Identifier: EUPL-1.2
"""What every page of the desk needs: the town, the week, the menus, and what must be said on each page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from stip.agreements import pausable, pause_in_words, pauses
from stip.errors import StipError
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.own_faults import without_places
from stip_web.desk.navigation import MAIN, OWN, menu
from stip_web.workspaces.clock import now, this_week
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.freshness import late_sources

_SEES_WHAT_COMES_IN = (May.DATA_READ, May.DOTS_FINE, May.DOTS_COARSE, May.OUTLOOK_READ, May.OUTLOOK_COARSE)

_ABOUT = {"/vooruitblik": "outlook", "/weekplan": "plan", "/evaluatie": "learn"}
"""Which stage a page shows, by the begin of its address: the switch on it offers that one first."""


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
        if user.may(May.PAUSE):
            frame["switch"] = _switch(request, workspace)
        if user.may(*_SEES_WHAT_COMES_IN):
            frame["banners"] += [source.sentence for source in late_sources(workspace, now(workspace))]
    except StipError as error:
        frame["banners"] += [without_places(error)]
    return frame


def _switch(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    """Give what can still be put on hold, and where to come back: to a page that can be asked for again."""
    held = set(pauses(workspace)["what"])
    about = next((stage for begin, stage in _ABOUT.items() if request.path.startswith(begin)), "")
    names = {what: name for what, name in pausable(workspace).items() if what not in held}
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return {"choices": names, "about": about, "back": back}
