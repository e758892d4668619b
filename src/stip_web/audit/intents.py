# SPDX-License-Identifier: EUPL-1.2
"""Saying beforehand what is going to be written in the workspace, in a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from stip.errors import StipError
from stip.store import Workspace, read_decisions
from stip_web.audit.models import Intent
from stip_web.audit.processes import this_worker

_open: set[int] = set()
"""What this very process is at."""
_lock = threading.Lock()


@contextmanager
def intending(**line: Any) -> Iterator[Intent]:
    """Keep an intent while something is done.

    Who does it takes the intent away in the same transaction that writes the line. It is taken away here when the
    workspace refused, since then nothing was written. After any other error nobody knows, and it stays to be settled.

    Parameters
    ----------
    **line
        Fields of `Intent`.
    """
    intent = Intent.objects.create(**line, process=this_worker())
    with _lock:
        _open.add(intent.pk)
    number = intent.pk
    try:
        yield intent
    except (StipError, PermissionDenied, ValidationError):
        Intent.objects.filter(pk=number).delete()
        raise
    finally:
        with _lock:
            _open.discard(number)


def is_open(intent: Intent) -> bool:
    """Whether this process is doing it right now."""
    with _lock:
        return intent.pk in _open and intent.process == this_worker()


def stands(workspace: Workspace, kind: str, intent: Intent, *names: str) -> bool | None:
    """Tell whether a decision that was foretold stands in the workspace; None when it was foretold without its name.

    Parameters
    ----------
    kind : str
        Name of the DECISION table.
    *names : str
        Under which of the details its id may be.
    """
    asked = next((str(intent.details[name]) for name in names if name in intent.details), "")
    if not asked:
        return None
    return asked in set(read_decisions(workspace, kind, history=True)["decision_id"])


def was_ours(intent: Intent) -> bool:
    """Whether this process began it and does it no longer."""
    return intent.process == this_worker() and not is_open(intent)
