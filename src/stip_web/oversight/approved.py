# SPDX-License-Identifier: EUPL-1.2
"""How far an approval to destroy reaches: the limits of that moment, and whether they are still what was agreed.

An agreement may change between approving and destroying. What goes is what was approved, so the limits stand with the
approval. When a term is no longer what it was, the approval lapses: neither the old nor the new term goes unseen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
from django.db.models import Max

from stip.agreements import agreements_of, retention_limits
from stip.store import Workspace
from stip.words import day
from stip_web.audit.retention import log_limit
from stip_web.oversight.models import RetentionOrder

REPORTS, NOTES, LOGS = "reports", "notes", "logs"
KINDS = {REPORTS: "Meldingen", NOTES: "Opmerkingen van de straat", LOGS: "Logboek en inzage"}
"""What can be destroyed from here. What lies in the quarantine destroys itself within 24 hours."""

_BEFORE = "Deze goedkeuring is van een eerdere versie van Stip en zegt niet tot welke dag. Keur opnieuw goed."
_LOGS = "De termijn van het logboek is veranderd sinds de goedkeuring. Keur opnieuw goed."


def limits_to_approve(reports: dict[str, pd.Timestamp], moment: datetime) -> dict[str, Any]:
    """Give the limits as they stand with an approval, as JSON can hold them.

    Parameters
    ----------
    reports : dict of str to Timestamp
        By source that has reports past their term; another source is not approved.
    moment : aware datetime
        From which the terms of notes and logs count back.
    """
    return {
        REPORTS: {source: limit.isoformat() for source, limit in reports.items()},
        NOTES: moment.isoformat(),
        LOGS: log_limit(moment).isoformat(),
    }


def limits_of_reports(order: RetentionOrder) -> dict[str, pd.Timestamp]:
    """Give the moment before which reports may go, by source."""
    return {source: pd.Timestamp(limit) for source, limit in order.limits.get(REPORTS, {}).items()}


def moment_of(order: RetentionOrder, kind: str) -> datetime:
    """Give the moment of notes from which their term counts back, and of logs before which they may go."""
    return datetime.fromisoformat(order.limits[kind])


def newest_open() -> RetentionOrder | None:
    """Give the last approval when it was not carried out; one before it was replaced, and is never carried out."""
    order: RetentionOrder | None = RetentionOrder.objects.select_related("done").first()
    return None if order is None or hasattr(order, "done") else order


def newest_number() -> int:
    """Give the number of the approval that was written last, 0 when there is none."""
    return int(RetentionOrder.objects.aggregate(last=Max("pk"))["last"] or 0)


def lapsed(workspace: Workspace, order: RetentionOrder) -> str:
    """Say why an approval no longer holds; empty when it does."""
    if not order.limits:
        return _BEFORE
    if LOGS in order.kinds and moment_of(order, LOGS) != log_limit(order.at):
        return _LOGS
    if REPORTS not in order.kinds:
        return ""
    agreed, held = retention_limits(workspace, on=order.on), agreements_of(workspace)
    for source, limit in limits_of_reports(order).items():
        if agreed.get(source) != limit:
            name = held[source].title if source in held else source
            return f"De bewaartermijn van ‘{name}’ is veranderd sinds de goedkeuring. Keur opnieuw goed."
    return ""


def waiting(workspace: Workspace) -> RetentionOrder | None:
    """Give the approval that waits for somebody to carry it out, when it still holds."""
    order = newest_open()
    return None if order is None or lapsed(workspace, order) else order


def in_words(workspace: Workspace, order: RetentionOrder) -> list[tuple[str, int, str]]:
    """Give each kind that was approved, how much was foreseen, and until when by source of reports."""
    zone, held = workspace.settings.town.time_zone, agreements_of(workspace)
    until = ", ".join(
        f"{held[source].title if source in held else source} van vóór {day(limit.tz_convert(zone))}"
        for source, limit in limits_of_reports(order).items()
    )
    return [(KINDS[kind], count, until if kind == REPORTS else "") for kind, count in order.foreseen.items() if count]
