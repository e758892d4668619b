# SPDX-License-Identifier: EUPL-1.2
"""What the library refuses by a fault of the server is told as such, and not by its place on the machine.

Most refusals are about what somebody asked, and a form shows them with 400. A full disk or a damaged file is not:
`Action.run` notes that here, and the answer to the request gets the status of a fault of the server.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from stip.errors import BrokenSettings, NotStored, WorkspaceBusy, WorkspaceError

_noted: ContextVar[int] = ContextVar("stip_own_fault", default=0)
_PLACE = re.compile(r"(?<![\w/.:])/(?:[^\s/‘’(),;:]+/)+(?=[^\s/‘’(),;:])")


def own_status(error: Exception) -> int:
    """Give 503 when it may be over later, 500 when a file must be mended, and 0 when it is about what was asked."""
    if isinstance(error, WorkspaceBusy | NotStored):
        return 503
    return 500 if isinstance(error, BrokenSettings) else 0


def begin() -> None:
    """Forget what an earlier request in this thread noted."""
    _noted.set(0)


def note_own_fault(error: Exception) -> None:
    """Keep that something in this request was refused by a fault of the server.

    That somebody else is busy is none: a form says so, and a moment later it goes.
    """
    if not isinstance(error, WorkspaceBusy) and (status := own_status(error)):
        _noted.set(status)


def noted() -> int:
    """Give the status that was noted in this request, or 0."""
    return _noted.get()


def without_places(error: Exception) -> str:
    """Give the sentence with each file as within the workspace, or by its name; never where on the machine it is."""
    said = str(error)
    if not isinstance(error, WorkspaceError | BrokenSettings):
        return said
    root = Path(settings.STIP_WORKSPACE)
    for place in {str(root), str(root.resolve())}:
        said = said.replace(f"{place}/", "").replace(place, root.name)
    return _PLACE.sub("", said)
