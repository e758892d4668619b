# SPDX-License-Identifier: EUPL-1.2
"""What every page of the evaluation shows: its parts, as far as somebody may read them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip.agreements import check_stage
from stip.store import Workspace
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.workspaces.current import current_workspace

TABS = (
    ("weeks", "Weken", (May.LEARN_READ, May.LEARN_TEAM)),
    ("people", "Afwijkingen", (May.LEARN_READ, May.LEARN_TEAM)),
    ("course", "Besluit", (May.LEARN_READ,)),
)


def open_workspace() -> Workspace:
    """Give the workspace, as long as what came out may be shown.

    Raises
    ------
    AgreementError
        When learning, or a source of the reports that were counted, is on hold.
    """
    workspace = current_workspace()
    check_stage(workspace, "learn")
    return workspace


def frame_of(request: HttpRequest, tab: str) -> dict[str, Any]:
    """Give the frame of a page."""
    user = user_of(request)
    return {
        "tabs": [
            {"label": label, "url": reverse(f"evaluations:{view}"), "current": view == tab}
            for view, label, permissions in TABS
            if user.may(*permissions)
        ]
    }
