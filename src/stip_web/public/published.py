# SPDX-License-Identifier: EUPL-1.2
"""The folder ``published`` of this process, what stands in it, and whether it changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stip.publish import TOWN, published_figures
from stip_web.public.environment import public_environment

State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Pause:
    """Something that stands still.

    Attributes
    ----------
    what : str
        ``bron``, ``stage`` or ``everything``.
    name : str
        Which source or stage.
    sentence : str
        What a citizen reads.
    """

    what: str
    name: str
    sentence: str


def folder() -> Path:
    """Give the folder ``published``; this is all that the public process reads."""
    return public_environment().published


def state_of(published: Path) -> State:
    """Give a fingerprint of the folder: path, size and time of each file, without reading one."""
    found = []
    for path in sorted(published.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(published).parts):
            facts = path.stat()
            found.append((str(path.relative_to(published)), facts.st_size, facts.st_mtime_ns))
    return tuple(found)


def pauses(published: Path) -> list[Pause]:
    """Give what stands still, as ``pauses.json`` tells it; a file that is not whole means that all does."""
    path = published / "pauses.json"
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Pause(str(row["what"]), str(row["name"]), str(row["sentence"])) for row in rows]
    except (ValueError, KeyError, TypeError):
        return [Pause("everything", "", "De gemeente laat nu geen cijfers zien. Kom later terug.")]


def is_paused(published: Path) -> bool:
    """Whether figures and open data may not be shown now."""
    return any(
        pause.what == "everything" or (pause.what == "stage" and pause.name == "publish")
        for pause in pauses(published)
    )


def town_name(published: Path) -> str:
    """Give the name of the municipality, as it stands in what went out; empty when nothing did."""
    return _town_name(published, state_of(published / "figures"))


@lru_cache(maxsize=4)
def _town_name(published: Path, state: State) -> str:
    figures = published_figures(published)
    names = figures.loc[figures["level"] == TOWN, "area_name"]
    return str(names.iloc[-1]) if len(names) else ""
