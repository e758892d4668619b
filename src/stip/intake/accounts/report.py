# SPDX-License-Identifier: EUPL-1.2
"""What is told of rows that were read: how many came in, what was mended, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import Refusal
from stip.errors import TooManyRefused
from stip.intake.accounts.account import Account, RuleCount
from stip.words import number


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of rows; each is in exactly one of ``accepted``, ``repaired`` and ``refused``.

    Attributes
    ----------
    source : str
        The agreement under which they were read.
    account : Account
        Of these rows.
    refused_columns : tuple of Refusal
    notes : tuple of str
        What else somebody should know, in Dutch.
    """

    source: str
    account: Account = field(repr=False, compare=False)
    refused_columns: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there were: the sum of accepted, repaired and refused."""
        return self.account.rows

    @cached_property
    def accepted(self) -> int:
        """How many came in as they are."""
        return self.account.accepted

    @cached_property
    def repaired(self) -> int:
        """How many came in after a repair."""
        return self.account.repaired

    @cached_property
    def refused(self) -> int:
        """How many did not come in."""
        return self.account.refused

    @cached_property
    def refused_rules(self) -> tuple[RuleCount, ...]:
        """By rule; a row counts under the first that met it."""
        return self.account.refused_rules()

    @cached_property
    def repaired_rules(self) -> tuple[RuleCount, ...]:
        """By rule; a row with several repairs counts under each."""
        return self.account.repaired_rules()

    @property
    def not_ours(self) -> int:
        """Refused rows that do not count toward the limit, such as other types of incident."""
        return sum(count.rows for count in self.refused_rules if not count.rule.counts)

    @property
    def refused_share(self) -> float:
        """Share of the rows that concern the town which were refused."""
        return (self.refused - self.not_ours) / max(self.rows - self.not_ours, 1)

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
        rows, rules = self.account.refusals()
        told = {
            "regel": [rule.code for rule in rules],
            "reden": [rule.what for rule in rules],
            "advies": [rule.advice for rule in rules],
        }
        return pd.DataFrame({"rij": rows} | {name: np.array(texts, dtype=object) for name, texts in told.items()})

    def told_rows(self) -> dict[str, Any]:
        """Return what is told of rows, rules and columns as plain values."""
        return {
            **{name: getattr(self, name) for name in ("source", "rows", "accepted", "repaired", "refused")},
            "refused_rules": [_plain(count) for count in self.refused_rules],
            "repaired_rules": [_plain(count) for count in self.repaired_rules],
            "refused_columns": [{"heading": column.heading, "why": column.why} for column in self.refused_columns],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, kw_only=True)
class OpenDataReport(Report):
    """What came in of open data and what did not.

    Attributes
    ----------
    what : str
        What was read, such as ``laag lampposts``.
    """

    what: str

    @classmethod
    def of(
        cls, account: Account, what: str, source: str, *, refused_columns: tuple[Refusal, ...] = ()
    ) -> OpenDataReport:
        """Return the report of an account, with its notes."""
        notes = tuple(account.notes)
        return cls(what=what, source=source, account=account, refused_columns=refused_columns, notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {"what": self.what} | self.told_rows()

    def check_limit(self, limit: float) -> None:
        """Stop when a larger share of the rows is refused than may be, or when nothing is left.

        Raises
        ------
        TooManyRefused
        """
        if self.accepted + self.repaired and self.refused_share <= limit:
            return
        rules = self.refused_rules
        why = "; ".join(f"{count.rule.what}: {number(count.rows)}" for count in rules) or "er zijn geen rijen"
        advice = rules[0].rule.advice if rules else "Kijk de bron na."
        raise TooManyRefused(
            f"Van {self.what} zijn {number(self.refused)} van de {number(self.rows)} rijen geweigerd ({why}). "
            f"Er is niets opgeslagen. {advice}",
            self,
        )


def _plain(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule.code,
        "what": count.rule.what,
        "rows": count.rows,
        "first_rows": list(count.first_rows),
        "advice": count.rule.advice,
    }
