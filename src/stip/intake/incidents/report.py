# SPDX-License-Identifier: EUPL-1.2
"""The report about one file with incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stip.intake.accounts.report import Report
from stip.intake.incidents.rules import PAST_RETENTION


@dataclass(frozen=True, kw_only=True)
class IntakeReport(Report):
    """What became of a file.

    Attributes
    ----------
    file : str
        The name of the file, or its number when personal data may stand in its name.
    received_at : datetime
    dry_run : bool
        Whether nothing was written.
    new, corrected, unchanged, older : int
        What accepted and repaired rows were beside the workspace; ``older`` were delivered before what is stored.
    facts : tuple of str
        How the file is written, as it was found out, in Dutch.
    period : tuple of date, optional
        Local days of the first and the last begin.
    by_type : dict of str to int
        Rows that came in, by crime type.
    other_codes : dict of str to int
        Commonest codes of other types.
    batch_id : str, optional
        None when there was nothing new.
    """

    file: str
    received_at: datetime
    dry_run: bool
    new: int
    corrected: int
    unchanged: int
    older: int
    facts: tuple[str, ...]
    period: tuple[date, date] | None
    by_type: dict[str, int]
    other_codes: dict[str, int]
    batch_id: str | None

    @property
    def past_retention(self) -> int:
        """How many rows were not stored because their agreement no longer lets them be kept."""
        return sum(count.rows for count in self.refused_rules if count.rule == PAST_RETENTION)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        own = ("file", "dry_run", "not_ours", "new", "corrected", "unchanged", "older", "by_type", "other_codes")
        return self.told_rows() | {
            **{name: getattr(self, name) for name in (*own, "batch_id")},
            "received_at": self.received_at.isoformat(),
            "refused_share": round(self.refused_share, 4),
            "period": [day.isoformat() for day in self.period] if self.period else None,
            "facts": list(self.facts),
        }
