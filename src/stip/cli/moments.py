# SPDX-License-Identifier: EUPL-1.2
"""A day or a time as somebody types it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stip.errors import SettingsError


def moment_of(text: str, time_zone: str, *, days_later: int = 0) -> datetime:
    """Return the moment that was typed, on the clock of the town unless it names a zone; now when nothing was.

    Raises
    ------
    SettingsError
        When it is no day or time.
    """
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"‘{text}’ is geen dag of tijd. Schrijf bijvoorbeeld 2026-09-07 of 2026-09-07T08:30."
        ) from None
    zone = moment.tzinfo or ZoneInfo(time_zone)
    return (moment.replace(tzinfo=None) + timedelta(days=days_later)).replace(tzinfo=zone).astimezone(UTC)
