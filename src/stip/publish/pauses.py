# SPDX-License-Identifier: EUPL-1.2
"""What stands still, as the public process may know it."""

from __future__ import annotations

import json
from pathlib import Path

from stip.agreements import PAUSES_FILE, PauseNotice
from stip.publish.told import BROKEN, NOTICES, read_told

_UNREADABLE: PauseNotice = {
    "what": "everything",
    "name": "all",
    "label": "Alles",
    "since": "",
    "sentence": "Wat er op pauze staat, is niet te lezen. Daarom staat alles stil.",
}


def published_pauses(published: Path) -> list[PauseNotice]:
    """Return what stands still, oldest first; nothing when nothing was ever put on hold.

    A file that cannot be read, names something that this version cannot stop, or is missing beside published figures,
    stops everything: who cannot tell what stands still, does not go on.

    Parameters
    ----------
    published : Path
        The folder ``published``.
    """
    try:
        notices: list[PauseNotice] = read_told(published / PAUSES_FILE, NOTICES)
    except FileNotFoundError:
        return [_UNREADABLE.copy()] if _figures_are_out(published) else []
    except BROKEN:
        return [_UNREADABLE.copy()]
    return notices


def stands_still(published: Path, stage: str = "publish") -> PauseNotice | None:
    """Return the pause that stops a stage, or None when it goes on; a pause of everything stops each stage.

    A paused source stops the figures when they were made of it. Which sources those are stands beside each quarter;
    one that does not say so may have been made of any.
    """
    notices = published_pauses(published)
    for notice in notices:
        if notice["what"] == "everything" or (notice["what"] == "stage" and notice["name"] == stage):
            return notice
    sources = [notice for notice in notices if notice["what"] == "bron"]
    if stage != "publish" or not sources:
        return None
    made_of = [_made_of(file) for file in (published / "figures").glob("[!.]*/facts.json")]
    return next((one for one in sources if any(known is None or one["name"] in known for known in made_of)), None)


def evaluation_stands_still(published: Path) -> PauseNotice | None:
    """Return the pause that stops the evaluation: of what goes out, or of looking back itself; None without one."""
    return stands_still(published) or stands_still(published, "learn")


def _made_of(file: Path) -> list[str] | None:
    """Give the sources of a quarter that is out; None when that is not known."""
    try:
        sources = json.loads(file.read_text(encoding="utf-8"))["sources"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return sources if isinstance(sources, list) else None


def _figures_are_out(published: Path) -> bool:
    return any((published / "figures").glob("[!.]*/facts.json"))
