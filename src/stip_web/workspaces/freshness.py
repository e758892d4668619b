# SPDX-License-Identifier: EUPL-1.2
"""How fresh each source is, by the rhythm in which it comes; a source that is late is said to be on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from statistics import median

from stip.agreements import Kind, agreements_of
from stip.store import Manifest, Workspace, batches
from stip.words import day, number
from stip_web.workspaces.current import state_of

_WEEK = timedelta(days=7)
_LAST = 9
"""So many deliveries say what the rhythm is."""


@dataclass(frozen=True)
class Freshness:
    """One source of incidents.

    Attributes
    ----------
    source, title : str
    rhythm : timedelta
        Usual time between two deliveries; a week when too few came to tell.
    known_rhythm : bool
        Whether it was seen from deliveries.
    last : aware datetime, optional
        When the last delivery came.
    expected : aware datetime, optional
        When the next one should come.
    late : bool
    deliveries : int
    """

    source: str
    title: str
    rhythm: timedelta
    known_rhythm: bool
    last: datetime | None
    expected: datetime | None
    late: bool
    deliveries: int

    @property
    def rhythm_in_words(self) -> str:
        """Say ``elke week`` or ``elke 14 dagen``."""
        days = round(self.rhythm / timedelta(days=1))
        said = {1: "elke dag", 7: "elke week"}.get(days, f"elke {number(days)} dagen")
        return said if self.known_rhythm else f"{said} (aangenomen)"

    @property
    def sentence(self) -> str:
        """Say that it is late and since when, for a banner."""
        assert self.last is not None and self.expected is not None  # noqa: S101 - only of a source that is late
        return (
            f"‘{self.title}’ is te laat: de laatste levering kwam op {day(self.last.date())}, de volgende werd "
            f"verwacht op {day(self.expected.date())}. Wat u ziet, mist de laatste meldingen."
        )


def freshness(workspace: Workspace, now: datetime) -> list[Freshness]:
    """Give each source of incidents that has an agreement, in alphabetical order.

    Parameters
    ----------
    now : aware datetime
        By the site's clock, see `stip_web.workspaces.clock.now`.
    """
    return [
        _of(name, title, list(held), now)
        for name, title, held in _held(workspace.root, state_of(workspace, "agreements", "data/incidents"))
    ]


def late_sources(workspace: Workspace, now: datetime) -> list[Freshness]:
    """Give the sources that are late; their ``sentence`` belongs on each page that shows what they bring."""
    return [source for source in freshness(workspace, now) if source.late]


@lru_cache(maxsize=4)
def _held(root: Path, state: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str, tuple[Manifest, ...]], ...]:
    """Give name, title and deliveries of each source; every page asks for it."""
    workspace = Workspace.open(root)
    held = batches(workspace)
    return tuple(
        (name, agreement.title, tuple(manifest for manifest in held if manifest.get("source") == name))
        for name, agreement in agreements_of(workspace).items()
        if agreement.kind is Kind.INCIDENTS
    )


def _of(source: str, title: str, held: list[Manifest], now: datetime) -> Freshness:
    moments = sorted(
        datetime.fromisoformat(str(manifest["received_at"])) for manifest in held if manifest.get("received_at")
    )
    days = sorted({moment.date() for moment in moments})[-_LAST:]
    gaps = [(after - before).days for before, after in zip(days, days[1:], strict=False)]
    known = len(gaps) >= 3
    rhythm = timedelta(days=max(round(median(gaps)), 1)) if known else _WEEK
    last = moments[-1] if moments else None
    expected = last + rhythm if last else None
    grace = max(timedelta(days=1), rhythm / 4)  # a Monday's file may come on Tuesday
    late = expected is not None and now > expected + grace
    return Freshness(source, title, rhythm, known, last, expected, late, len(moments))
