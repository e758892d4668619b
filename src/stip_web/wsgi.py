# SPDX-License-Identifier: EUPL-1.2
"""The site for a server that speaks WSGI, such as granian."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
application = get_wsgi_application()
_begun = threading.Event()


def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer, as `stip_web serve` does; first of all, settle what was cut off and tell pauses outside."""
    if not _begun.is_set():
        _begun.set()
        from stip_web.audit.settling import settle_if_possible
        from stip_web.workspaces.outside import tell_pauses_if_possible

        settle_if_possible()
        tell_pauses_if_possible()
    return application(environ, start_response)
