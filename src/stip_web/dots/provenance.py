# SPDX-License-Identifier: EUPL-1.2
"""Where the reports come from: agreements, deliveries, and what was left out on the way and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse

from stip.agreements import Agreement, load_agreement
from stip.store import batches
from stip_web.dots.looking import Look


@dataclass(frozen=True)
class SourceTold:
    """A source with its agreement.

    Attributes
    ----------
    agreement : Agreement
    count : int
        Of the chosen reports.
    newest : date, optional
        Day of the newest delivery.
    url : str
        Of the page of the agreement; empty when there is none.
    """

    agreement: Agreement
    count: int
    newest: date | None
    url: str


@dataclass(frozen=True)
class Delivery:
    """A file that came in."""

    received: datetime
    source: str
    rows: int
    accepted: int
    repaired: int
    refused: int
    corrected: int


def sources_of(asked: Look) -> list[SourceTold]:
    """Return each source of what is seen."""
    counts = asked.selection.sources()
    newest: dict[str, date] = {}
    for delivery in deliveries_of(asked, most=None):
        newest.setdefault(delivery.source, delivery.received.date())
    return [
        SourceTold(load_agreement(asked.workspace, source), counts.get(source, 0), newest.get(source), _url(source))
        for source in asked.seen.sources
    ]


def deliveries_of(asked: Look, *, most: int | None = 12) -> list[Delivery]:
    """Return the deliveries, newest first; names of files are not told."""
    found = []
    for manifest in batches(asked.workspace)[::-1][:most]:
        received = manifest.get("received_at")
        if received:
            numbers = {name: int(manifest.get(name) or 0) for name in _NUMBERS}
            moment = datetime.fromisoformat(str(received))
            found.append(Delivery(moment, str(manifest.get("source", "")), **numbers))
    return found


_NUMBERS = ("rows", "accepted", "repaired", "refused", "corrected")


def _url(source: str) -> str:
    for name in ("intakes:agreement", "intakes:source"):
        try:
            return reverse(name, args=[source])
        except NoReverseMatch:
            continue
    return ""
