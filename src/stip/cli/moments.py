# SPDX-License-Identifier: EUPL-1.2
"""A day or a time as somebody types it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stip.errors import SettingsError

_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # beyond these a year is a slip, and clocks overflow


def past_moment_of(text: str, time_zone: str) -> datetime:
    """Return the moment at which something was decided or told, as `moment_of` does.

    Raises
    ------
    SettingsError
        Also when it is still to come: a slip of the year would silence what is due in between.
    """
    moment = moment_of(text, time_zone)
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise SettingsError(f"‘{text}’ moet nog komen. Kijk de datum na.")
    return moment


def moment_of(text: str, time_zone: str, *, days_later: int = 0) -> datetime:
    """Return the moment that was typed, on the clock of the town unless it names a zone; now when nothing was.

    Raises
    ------
    SettingsError
        When it is no day or time, lies centuries away, or is one that the clock skips or comes by twice.
    """
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"‘{text}’ is geen dag of tijd. Schrijf bijvoorbeeld 2026-09-07 of 2026-09-07T08:30."
        ) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise SettingsError(f"‘{text}’ ligt niet tussen {_FIRST_YEAR} en {_LAST_YEAR}. Kijk het jaar na.")
    later = moment + timedelta(days=days_later)
    if later.tzinfo is not None:
        return later.astimezone(UTC)
    zone = ZoneInfo(time_zone)
    first, second = (later.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != later:
        raise SettingsError(f"‘{text}’ bestaat niet: toen ging de klok een uur vooruit. Kijk het tijdstip na.")
    offsets = " of ".join(f"{each.astimezone(zone).isoformat()}" for each in (first, second))
    raise SettingsError(f"‘{text}’ komt twee keer voor: toen ging de klok een uur terug. Schrijf {offsets}.")
