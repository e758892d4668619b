# SPDX-License-Identifier: EUPL-1.2
"""The folder ``published`` of this process: whether it changed, and what was read from it while it did not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from stip.errors import StipError
from stip.publish import (
    TOWN,
    Issue,
    published_areas,
    published_facts,
    published_figures,
    published_issues,
    published_record,
    published_years,
    readable_places,
    unreadable_quarters,
)
from stip.publish.register import Explanation, published_explanation, published_register
from stip_web.public.environment import public_environment

State = tuple[tuple[str, int, int], ...]


def folder() -> Path:
    """Give the folder ``published``; this is all that the public process reads."""
    return public_environment().published


def state_of(published: Path) -> State:
    """Give a fingerprint of a folder: path, size and time of each file, without reading one."""
    found = []
    for path in sorted(published.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(published).parts):
            facts = path.stat()
            found.append((str(path.relative_to(published)), facts.st_size, facts.st_mtime_ns))
    return tuple(found)


def figures() -> pd.DataFrame:
    """Give all figures that are out, by the FIGURE contract; not to be changed."""
    return _figures(folder(), state_of(folder() / "figures"))


def facts() -> dict[str, dict[str, Any]]:
    """Give what was written down beside each quarter, by its name, oldest first."""
    return _facts(folder(), state_of(folder() / "figures"))


def issues() -> tuple[Issue, ...]:
    """Give what was told to be wrong with quarters that are out, oldest quarter first."""
    return _issues(folder(), state_of(folder() / "figures"))


def area_years() -> list[int]:
    """Give the years whose borders are out and can be read, oldest first."""
    return list(_years(folder(), state_of(folder() / "places")))


def areas(year: int) -> gpd.GeoDataFrame:
    """Give the borders of a year that is out, in the order of their codes; not to be changed."""
    return _areas(folder(), year, state_of(folder() / "places"))


def record() -> tuple[dict[str, Any], ...]:
    """Give the evaluations that are out and can be read, oldest first; not to be changed."""
    return _record(folder(), state_of(folder()))


def explanation() -> Explanation | None:
    """Give the public explanation; None when it is not out or cannot be read."""
    try:
        found = published_explanation(folder())
    except (StipError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def entry() -> dict[str, Any] | None:
    """Give the entry of the register; None when it is not out or cannot be read."""
    try:
        found = published_register(folder())
    except (StipError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def unreadable() -> tuple[str, ...]:
    """Say in a sentence each of what is out but cannot be read."""
    return _unreadable(folder(), state_of(folder()))


def town_name() -> str:
    """Give the name of the municipality, as it stands in what went out; empty when nothing did."""
    table = figures()
    names = table.loc[table["level"] == TOWN, "area_name"]
    return str(names.iloc[-1]) if len(names) else ""


@lru_cache(maxsize=4)
def _figures(published: Path, state: State) -> pd.DataFrame:
    return published_figures(published)


@lru_cache(maxsize=4)
def _facts(published: Path, state: State) -> dict[str, dict[str, Any]]:
    return {str(one["quarter"]): one for one in published_facts(published)}


@lru_cache(maxsize=4)
def _issues(published: Path, state: State) -> tuple[Issue, ...]:
    return tuple(published_issues(published))


@lru_cache(maxsize=4)
def _areas(published: Path, year: int, state: State) -> gpd.GeoDataFrame:
    return published_areas(published, year).sort_values("area_code", ignore_index=True)


@lru_cache(maxsize=4)
def _years(published: Path, state: State) -> tuple[int, ...]:
    return tuple(year for year in published_years(published) if readable_places(published, year))


@lru_cache(maxsize=4)
def _record(published: Path, state: State) -> tuple[dict[str, Any], ...]:
    return tuple(published_record(published))


@lru_cache(maxsize=4)
def _unreadable(published: Path, state: State) -> tuple[str, ...]:
    said = [f"De cijfers van het {one.label} zijn nu niet te lezen." for one in unreadable_quarters(published)]
    told = {one["quarter"] for one in _record(published, state)}
    for facts in published_facts(published):
        if facts["quarter"] not in told and (published / "record" / f"{facts['quarter']}.json").exists():
            said.append(f"De terugblik van kwartaal {facts['quarter']} is nu niet te lezen.")
    readable = _years(published, state_of(published / "places"))
    said += [f"De grenzen van de buurten van {year} zijn nu niet te lezen." for year in published_years(published)
             if year not in readable]  # fmt: skip
    if (explanation() is None or entry() is None) and any((published / "register").glob("*.json")):
        said.append("De uitleg over het algoritme is nu niet te lezen.")
    return tuple(said)
