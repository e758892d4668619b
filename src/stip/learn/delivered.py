# SPDX-License-Identifier: EUPL-1.2
"""Which weeks were delivered, judged by the sources of each crime type: a file that did not come is no quiet week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from stip.outlook import undelivered_weeks
from stip.space import shift_week, week_at, week_number
from stip.store import Workspace, first_open_week, last_known_at, read_arrivals
from stip.words import week_name


@dataclass(frozen=True)
class Delivered:
    """How far the deliveries of the types that are looked ahead for reach, as known at a moment.

    Attributes
    ----------
    opened : dict of str to (str or None)
        For each crime type, the first week that its sources do not cover wholly; None without reports.
    newest : dict of str to (str or None)
        For each, the week in which the newest report of its sources became known.
    missed : dict of str to tuple of int
        For each, the ordinals of earlier weeks whose file did not come; see `stip.outlook.undelivered_weeks`.
    labels : dict of str to str
        What each is called on screen.
    """

    opened: dict[str, str | None]
    newest: dict[str, str | None]
    missed: dict[str, tuple[int, ...]]
    labels: dict[str, str]

    def lacks(self, week: str) -> str:
        """Return the Dutch sentence that says what of a week did not come in; empty when it can be scored."""
        number = week_number(week)
        for name, opened in self.opened.items():
            if opened is None:
                return "Er zijn nog geen meldingen."
            if week_number(opened) <= number:
                differ = len(set(self.opened.values())) > 1
                which = f" van de soort ‘{self.labels[name]}’" if differ else ""
                return f"De meldingen{which} zijn bekend tot en met {shift_week(opened, -1)}."
            if number in self.missed[name]:
                kind = f"meldingen van de soort ‘{self.labels[name]}’"
                return f"Van {week_name(week)} kwam geen bestand binnen met {kind}."
        return ""

    def known_in(self, week: str) -> bool:
        """Tell whether the sources of every type brought something that became known in a week or later."""
        return all(last is not None and week_number(last) >= week_number(week) for last in self.newest.values())


def delivered(workspace: Workspace, *, at: datetime) -> Delivered:
    """Return how far the deliveries of each target reach.

    A type is judged by every source that ever brought it, and one that was never reported by all sources.

    Parameters
    ----------
    at : aware datetime
        As things stood then: what came in or became known later does not exist.
    """
    zone = workspace.settings.town.time_zone
    targets = workspace.settings.outlook.targets
    arrivals = read_arrivals(workspace, known_before=at)

    @cache
    def reach(sources: tuple[str, ...]) -> tuple[str | None, str | None]:
        newest = last_known_at(workspace, known_before=at, sources=sources)
        opened = first_open_week(workspace, at=at, sources=sources)
        return opened, None if newest is None else week_at(newest, zone)

    pairs = arrivals[["crime_type", "source"]].drop_duplicates()
    reached = {name: reach(tuple(sorted(pairs.loc[pairs["crime_type"] == name, "source"]))) for name in targets}
    missed: tuple[tuple[int, ...], ...] = ((),) * len(targets)
    if len(arrivals):
        missed = undelivered_weeks(arrivals, targets, time_zone=zone, cutoff_week=week_number(week_at(at, zone)))
    return Delivered(
        opened={name: opened for name, (opened, _) in reached.items()},
        newest={name: newest for name, (_, newest) in reached.items()},
        missed=dict(zip(targets, missed, strict=True)),
        labels={name: workspace.settings.crime_types[name].label for name in targets},
    )
