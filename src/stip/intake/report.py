# SPDX-License-Identifier: EUPL-1.2
"""The report about one file: what came in, what was repaired, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import Refusal
from stip.intake.rules import REFUSED, Rule
from stip.intake.verdicts import Verdicts

_SHOWN_ROWS = 5


@dataclass(frozen=True)
class RuleCount:
    """How many rows met a rule, and the numbers of the first few."""

    rule: Rule
    rows: int
    first_rows: tuple[int, ...]


@dataclass(frozen=True)
class IntakeReport:
    """What became of a file.

    Every row is in exactly one of ``accepted``, ``repaired`` and ``refused``.

    Attributes
    ----------
    source, file : str
        The agreement, and the name of the file.
    received_at : datetime
    dry_run : bool
        Whether nothing was written.
    rows, accepted, repaired, refused : int
        ``rows`` is the sum of the other three.
    not_ours : int
        Refused rows that do not count toward the limit: other types, headings repeated, past their retention.
    new, corrected, unchanged, older : int
        What accepted and repaired rows were beside the workspace; ``older`` were delivered before what is stored.
    refused_rules, repaired_rules : tuple of RuleCount
        A repaired row may stand in several.
    refused_columns : tuple of Refusal
    facts : tuple of str
        How the file is written, as it was found out, in Dutch.
    notes : tuple of str
        What else somebody should know, in Dutch.
    period : tuple of date, optional
        Local days of the first and the last begin.
    by_type : dict of str to int
        Rows that came in, by crime type.
    other_codes : dict of str to int
        Commonest codes of other types.
    batch_id : str, optional
        None when there was nothing new.
    verdicts : Verdicts
    """

    source: str
    file: str
    received_at: datetime
    dry_run: bool
    rows: int
    accepted: int
    repaired: int
    refused: int
    not_ours: int
    new: int
    corrected: int
    unchanged: int
    older: int
    refused_rules: tuple[RuleCount, ...]
    repaired_rules: tuple[RuleCount, ...]
    refused_columns: tuple[Refusal, ...]
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    period: tuple[date, date] | None
    by_type: dict[str, int]
    other_codes: dict[str, int]
    batch_id: str | None
    verdicts: Verdicts = field(repr=False, compare=False)

    @property
    def past_retention(self) -> int:
        """How many rows were not stored because their agreement no longer lets them be kept."""
        return sum(count.rows for count in self.refused_rules if count.rule.code == "past_retention")

    @property
    def refused_share(self) -> float:
        """Share of the rows that concern the town which were refused."""
        return (self.refused - self.not_ours) / max(self.rows - self.not_ours, 1)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        plain = {
            name: getattr(self, name)
            for name in (
                *("source", "file", "dry_run", "rows", "accepted", "repaired", "refused", "not_ours"),
                *("new", "corrected", "unchanged", "older", "by_type", "other_codes", "batch_id"),
            )
        }
        return plain | {
            "received_at": self.received_at.isoformat(),
            "refused_share": round(self.refused_share, 4),
            "period": [day.isoformat() for day in self.period] if self.period else None,
            "refused_rules": [_plain(count) for count in self.refused_rules],
            "repaired_rules": [_plain(count) for count in self.repaired_rules],
            "refused_columns": [{"heading": column.heading, "why": column.why} for column in self.refused_columns],
            "facts": list(self.facts),
            "notes": list(self.notes),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row a rule: ``outcome``, ``rule``, ``what``, ``rows``, ``advice``."""
        counted = [("refused", count) for count in self.refused_rules]
        counted += [("repaired", count) for count in self.repaired_rules]
        return pd.DataFrame(
            [(outcome, c.rule.code, c.rule.what, c.rows, c.rule.advice) for outcome, c in counted],
            columns=["outcome", "rule", "what", "rows", "advice"],
        )

    def refused_rows(self) -> pd.DataFrame:
        """Return one row for each refused row: its number (``rij``), ``regel``, ``reden`` and ``advies``.

        Nothing of what the row held is in it.
        """
        refused = ~self.verdicts.kept
        rules = self.verdicts.refused_by[refused].astype(np.int64) - 1
        return pd.DataFrame(
            {
                "rij": self.verdicts.rows[refused],
                "regel": np.array([rule.code for rule in REFUSED], dtype=object)[rules],
                "reden": np.array([rule.what for rule in REFUSED], dtype=object)[rules],
                "advies": np.array([rule.advice for rule in REFUSED], dtype=object)[rules],
            }
        )


def rule_counts(found: list[tuple[Rule, Any]]) -> tuple[RuleCount, ...]:
    """Return counts per rule, the commonest first."""
    counts = [RuleCount(rule, len(rows), tuple(int(row) for row in rows[:_SHOWN_ROWS])) for rule, rows in found]
    return tuple(sorted(counts, key=lambda count: -count.rows))


def _plain(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule.code,
        "what": count.rule.what,
        "rows": count.rows,
        "first_rows": list(count.first_rows),
        "advice": count.rule.advice,
    }
