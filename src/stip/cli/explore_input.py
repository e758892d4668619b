# SPDX-License-Identifier: EUPL-1.2
"""What ``stip explore`` looks at: which incidents, in which weeks, and whether that was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from stip.agreements import Purpose, check_sources
from stip.errors import HistoryError, SettingsError
from stip.explore import Period
from stip.space import shift_week, week_at, week_numbers, week_start
from stip.store import Workspace, read_incidents

TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", help="Soort melding, zoals bicycle_theft; mag vaker. Anders alle soorten."),
]
FromOption = Annotated[str, typer.Option("--from", help="Eerste week, zoals 2026-W01. Anders 52 weken terug.")]
ToOption = Annotated[str, typer.Option("--to", help="Laatste week. Anders de laatste die helemaal bekend is.")]

_YEAR = 52


@dataclass(frozen=True)
class Asked:
    """What a question is about.

    Attributes
    ----------
    workspace : Workspace
    incidents : DataFrame that keeps the INCIDENT contract
        Those whose window may touch ``period`` or, when asked, the period before it.
    period : Period
    types : tuple of str
        Empty for all.
    known_until : aware datetime
        When the newest report of these types came in.
    """

    workspace: Workspace
    incidents: pd.DataFrame
    period: Period
    types: tuple[str, ...]
    known_until: datetime

    @property
    def time_zone(self) -> str:
        """Where the weeks begin."""
        return self.workspace.settings.town.time_zone

    @property
    def mostly_inside(self) -> pd.DataFrame:
        """The incidents of which the middle of the window lies in the period, each counted whole."""
        middle = self.incidents["from_at"] + (self.incidents["to_at"] - self.incidents["from_at"]) / 2
        return self.incidents[pd.Series(week_numbers(middle, self.time_zone)).isin(self.period.numbers).to_numpy()]

    def as_known_before(self, moment: datetime, period: Period) -> pd.DataFrame:
        """Return the incidents that may touch a period, in the versions known before a moment."""
        known = read_incidents(self.workspace, crime_types=self.types, known_before=moment)
        after = week_start(period.first, self.time_zone)
        before = week_start(shift_week(period.last, 1), self.time_zone)
        return known[(known["to_at"] >= after) & (known["from_at"] < before)].reset_index(drop=True)

    @property
    def label(self) -> str:
        """The types in words."""
        known = self.workspace.settings.crime_types
        return ", ".join(known[name].label for name in self.types) if self.types else "Alle soorten"


def ask(root: Path, types: list[str] | None, first: str, last: str, *, earlier_weeks: int | None = 0) -> Asked:
    """Read what a question is about.

    Parameters
    ----------
    earlier_weeks : int, optional
        Also read so many weeks before the period; None for as many as the period is long.
    """
    workspace = Workspace.open(root)
    zone = workspace.settings.town.time_zone
    chosen = tuple(types or ())
    for name in chosen:
        if name not in workspace.settings.crime_types:
            known = ", ".join(sorted(workspace.settings.crime_types))
            raise SettingsError(f"De soort ‘{name}’ ken ik niet. Bekend zijn {known}.")
    incidents = read_incidents(workspace, crime_types=chosen)
    if incidents.empty:
        raise HistoryError("Er zijn geen meldingen om naar te kijken. Lees ze in met ‘stip intake file BESTAND’.")
    check_sources(workspace, incidents["source"].unique(), Purpose.DOT_MAP)
    end = last or shift_week(week_at(incidents["known_at"].max(), zone), -1)
    period = Period(first or shift_week(end, 1 - _YEAR), end)
    begin = shift_week(period.first, -(period.weeks if earlier_weeks is None else earlier_weeks))
    after, before = week_start(begin, zone), week_start(shift_week(period.last, 1), zone)
    inside = (incidents["to_at"] >= after) & (incidents["from_at"] < before)
    newest = incidents["known_at"].max().to_pydatetime()
    return Asked(workspace, incidents[inside].reset_index(drop=True), period, chosen, newest)


def records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return rows for JSON: what is missing becomes null."""
    plain = table.astype(object)
    return plain.where(table.notna() & ~table.isin([float("inf")]), None).to_dict("records")
