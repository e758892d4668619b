# SPDX-License-Identifier: EUPL-1.2
"""What is published, read once and kept until it changes. Nothing else is read here, so nothing else can go out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from stip.publish import (
    TOWN,
    Issue,
    Quarter,
    State,
    place_facts,
    published_areas,
    published_facts,
    published_figures,
    published_issues,
)
from stip_web.opendata.columns import FIGURE_COLUMNS
from stip_web.public.published import State as FolderState
from stip_web.public.published import area_years, folder, state_of

_ROOMS = ("figures", "places")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What is published at one moment.

    Attributes
    ----------
    figures : DataFrame
        The published rows, neither more nor fewer, with their words beside them: see `FIGURE_COLUMNS`.
    areas : mapping of int to GeoDataFrame
        Borders by year, in ``crs``.
    facts : tuple of dict
        What was written down beside each quarter, oldest first.
    issues : tuple of Issue
        What was told to be wrong with a quarter.
    crs : str
    tag : str
        Hash of the files it was read from.
    changed : datetime or None
        When something last went out.
    """

    figures: pd.DataFrame
    areas: Mapping[int, gpd.GeoDataFrame]
    facts: tuple[dict[str, Any], ...]
    issues: tuple[Issue, ...]
    crs: str
    tag: str
    changed: datetime | None

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters that are out, oldest first."""
        return [Quarter.named(facts["quarter"]) for facts in self.facts]

    @property
    def years(self) -> list[int]:
        """The years of which a quarter is out, newest first."""
        return sorted({quarter.year for quarter in self.quarters}, reverse=True)

    @property
    def town(self) -> tuple[str, str]:
        """Code and name of the municipality; empty when no figure is out."""
        rows = self.figures[self.figures["level"] == TOWN]
        return (str(rows["area_code"].iloc[-1]), str(rows["area_name"].iloc[-1])) if len(rows) else ("", "")

    def of_year(self, year: int) -> pd.DataFrame:
        """Return the figures of the quarters of a year."""
        return self.figures[self.figures["quarter"].str.startswith(f"{year}-")]


def snapshot() -> Snapshot:
    """Give what is published now."""
    published = folder()
    state = tuple(row for room in _ROOMS for row in state_of(published / room))
    return _read(published, state)


@lru_cache(maxsize=2)
def _read(published: Path, state: FolderState) -> Snapshot:
    facts = tuple(published_facts(published))
    issues = tuple(published_issues(published))
    places = {year: place_facts(published, year) for year in area_years()}
    moments = [row["approved_at"] for row in facts] + [row["made_at"] for row in places.values()]
    moments += [issue["since"] for issue in issues]
    return Snapshot(
        figures=_told(published_figures(published), facts),
        areas={year: published_areas(published, year) for year in places},
        facts=facts,
        issues=issues,
        crs=next((str(row["crs"]) for row in reversed(places.values())), "EPSG:28992"),
        tag=_hash(published),
        changed=max(map(datetime.fromisoformat, moments), default=None),
    )


def _told(figures: pd.DataFrame, facts: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """Put the words beside the figures; the figures themselves stay as they are."""
    labels = {row["quarter"]: row["labels"] for row in facts}
    quarters = {name: Quarter.named(name) for name in figures["quarter"].unique()}
    told = figures.assign(
        period_begin=[quarters[name].first.isoformat() for name in figures["quarter"]],
        period_end=[quarters[name].last.isoformat() for name in figures["quarter"]],
        crime_label=[
            labels.get(quarter, {}).get(code, code)
            for quarter, code in zip(figures["quarter"], figures["crime_type"], strict=True)
        ],
        state_label=[State(state).label for state in figures["state"]],
        figure=figures["figure"].astype("Int64"),
    )
    return told[[column.name for column in FIGURE_COLUMNS]]


def _hash(published: Path) -> str:
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, *_ in state_of(published / room):
            digest.update(name.encode() + b"\0" + (published / room / name).read_bytes())
    return digest.hexdigest()[:32]
