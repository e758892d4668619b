# SPDX-License-Identifier: EUPL-1.2
"""What stands still, told outside: ``published/pauses.json``, which is all that the public process knows of a pause.

Who paused and why stay inside: a reason is the words of a person.
"""

from __future__ import annotations

import json
from typing import TypedDict

import pandas as pd

from stip.agreements.load import load_agreement
from stip.errors import StipError
from stip.store import Workspace, write_text

PAUSES_FILE = "pauses.json"
"""Its name in ``published/``."""


class PauseNotice(TypedDict):
    """One thing that stands still.

    Attributes
    ----------
    what : str
        ``bron``, ``stage`` or ``everything``.
    name : str
        Of the source or the stage; ``all`` for everything.
    label : str
        What it is called on screen.
    since : str
        The day in the town, as 2026-11-26.
    sentence : str
        In Dutch, for a notice on a page.
    """

    what: str
    name: str
    label: str
    since: str
    sentence: str


def write_notices(workspace: Workspace, held: pd.DataFrame, names: dict[str, str]) -> None:
    """Write what stands still, in one step.

    Parameters
    ----------
    held : DataFrame
        ``what`` and ``at`` of each pause.
    names : dict of str to str
        What each stage, and everything, is called.
    """
    notices = [_notice(workspace, str(what), at, names) for what, at in zip(held["what"], held["at"], strict=True)]
    text = json.dumps(notices, indent=1, ensure_ascii=False)
    path = workspace.root / "published" / PAUSES_FILE
    if not path.exists() or path.read_bytes() != text.encode():
        write_text(path, text)


def _notice(workspace: Workspace, what: str, at: pd.Timestamp, names: dict[str, str]) -> PauseNotice:
    since = at.tz_convert(workspace.settings.town.time_zone)
    source = what.removeprefix("source:")
    if source != what:
        kind, label = "bron", _title(workspace, source)
        subject = f"De bron ‘{label}’"
    else:
        kind, label = "everything" if what == "all" else "stage", names[what]
        subject = label
    return {
        "what": kind,
        "name": source,
        "label": label,
        "since": f"{since:%Y-%m-%d}",
        "sentence": f"{subject} staat stil sinds {since:%d-%m-%Y}. De gemeente zoekt uit wat er moet gebeuren.",
    }


def _title(workspace: Workspace, source: str) -> str:
    try:
        return load_agreement(workspace, source).title
    except StipError:  # it is gone, or does not fit: a pause must not wait for that
        return source
