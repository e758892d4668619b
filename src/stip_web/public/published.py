# SPDX-License-Identifier: EUPL-1.2
"""The folder ``published`` of this process: whether it changed, and what was read from it while it did not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from stip.publish import TOWN, published_areas, published_facts, published_figures, published_years
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


def area_years() -> list[int]:
    """Give the years whose borders are out, oldest first."""
    return published_years(folder())


def areas(year: int) -> gpd.GeoDataFrame:
    """Give the borders of a year that is out, in the order of their codes; not to be changed."""
    return _areas(folder(), year, state_of(folder() / "places"))


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
def _areas(published: Path, year: int, state: State) -> gpd.GeoDataFrame:
    return published_areas(published, year).sort_values("area_code", ignore_index=True)
