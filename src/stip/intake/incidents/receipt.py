# SPDX-License-Identifier: EUPL-1.2
"""The moment at which a file came in: what may be said about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stip.errors import FileError

_CLOCKS_DIFFER = timedelta(minutes=10)  # between the machine that received the file and this one


def check_received(received_at: datetime) -> None:
    """Refuse a moment of receipt that is not known to be a moment, or that is still to come.

    A year that was mistyped would let reports of the future in, and keep every later file from correcting them.

    Parameters
    ----------
    received_at : datetime

    Raises
    ------
    FileError
        When it has no time zone, or lies more than ten minutes after the clock of this machine.
    """
    if received_at.tzinfo is None:
        raise FileError(f"Het moment van ontvangst ({received_at}) heeft geen tijdzone. Geef het in UTC.")
    if received_at > datetime.now(UTC) + _CLOCKS_DIFFER:
        raise FileError(
            f"Het moment van ontvangst ({received_at:%d-%m-%Y %H:%M}) ligt in de toekomst. Kijk het jaar en de dag "
            "na, of laat --received weg: dan is het nu. Klopt het wel, dan loopt de klok van deze computer achter."
        )
