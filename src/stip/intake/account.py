# SPDX-License-Identifier: EUPL-1.2
"""The account of a reading of open data: each row ends in exactly one of accepted, repaired, refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from stip.agreements import Refusal
from stip.errors import TooManyRefused
from stip.intake.report import RuleCount, rule_counts
from stip.intake.rules import Rule
from stip.words import number

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class OpenDataReport:
    """What came in and what did not.

    Attributes
    ----------
    what : str
        What was read, such as ``laag lampposts``.
    source : str
        The agreement it was read under.
    rows, accepted, repaired, refused : int
        ``rows`` is the sum of the other three.
    repairs, refusals : tuple of RuleCount
        By rule. A row with several repairs counts under each of them, a refused row under the first that met it.
    refused_columns : tuple of Refusal
    notes : tuple of str
        Facts about the whole, one Dutch sentence each.
    """

    what: str
    source: str
    rows: int
    accepted: int
    repaired: int
    refused: int
    repairs: tuple[RuleCount, ...] = ()
    refusals: tuple[RuleCount, ...] = ()
    refused_columns: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "what": self.what,
            "source": self.source,
            "rows": self.rows,
            "accepted": self.accepted,
            "repaired": self.repaired,
            "refused": self.refused,
            "refused_rules": [_plain(count) for count in self.refusals],
            "repaired_rules": [_plain(count) for count in self.repairs],
            "refused_columns": [{"heading": one.heading, "why": one.why} for one in self.refused_columns],
            "notes": list(self.notes),
        }

    def check_limit(self, limit: float) -> None:
        """Stop when a larger share of the rows is refused than may be, or when nothing is left.

        Raises
        ------
        TooManyRefused
        """
        expected = sum(count.rows for count in self.refusals if not count.rule.counts)
        if self.accepted + self.repaired and self.refused - expected <= limit * (self.rows - expected):
            return
        why = "; ".join(f"{count.rule.what}: {number(count.rows)}" for count in self.refusals) or "er zijn geen rijen"
        advice = max(self.refusals, key=lambda count: count.rows).rule.advice if self.refusals else "Kijk de bron na."
        raise TooManyRefused(
            f"Van {self.what} zijn {number(self.refused)} van de {number(self.rows)} rijen geweigerd ({why}). "
            f"Er is niets opgeslagen. {advice}",
            self,
        )


class Account:
    """Keeps, while rows are read, what happened to each.

    Parameters
    ----------
    rows : int
    numbers : ndarray of int64, shape (rows,), optional
        What each row is called in the source; 1 … ``rows`` when left out.
    """

    def __init__(self, rows: int, *, numbers: npt.NDArray[np.int64] | None = None) -> None:
        self.rows = rows
        self._numbers = np.arange(1, rows + 1) if numbers is None else numbers
        self.notes: list[str] = []
        self._refused: Mask = np.zeros(rows, dtype=bool)
        self._repairs: dict[Rule, Mask] = {}
        self._refusals: dict[Rule, Mask] = {}

    @property
    def kept(self) -> Mask:
        """Rows that have not been refused."""
        return ~self._refused

    def refuse(self, rows: Mask, rule: Rule) -> None:
        """Refuse these rows, those that were refused already left out."""
        new = rows & ~self._refused
        if new.any():
            self._refusals[rule] = self._refusals.get(rule, np.zeros(self.rows, dtype=bool)) | new
            self._refused |= new

    def repair(self, rows: Mask, rule: Rule) -> None:
        """Note that these rows were mended."""
        if rows.any():
            self._repairs[rule] = self._repairs.get(rule, np.zeros(self.rows, dtype=bool)) | rows

    def note(self, sentence: str) -> None:
        """Add a fact about the whole."""
        self.notes.append(sentence)

    def report(self, what: str, source: str, *, refused_columns: tuple[Refusal, ...] = ()) -> OpenDataReport:
        """Return the account, closed."""
        repaired: Mask = np.zeros(self.rows, dtype=bool)
        for rows in self._repairs.values():
            repaired |= rows
        repaired &= self.kept
        return OpenDataReport(
            what=what,
            source=source,
            rows=self.rows,
            accepted=int((self.kept & ~repaired).sum()),
            repaired=int(repaired.sum()),
            refused=int(self._refused.sum()),
            repairs=self._counts({rule: rows & self.kept for rule, rows in self._repairs.items()}),
            refusals=self._counts(self._refusals),
            refused_columns=refused_columns,
            notes=tuple(self.notes),
        )

    def _counts(self, masks: dict[Rule, Mask]) -> tuple[RuleCount, ...]:
        return rule_counts([(rule, self._numbers[rows]) for rule, rows in masks.items() if rows.any()])


def _plain(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule.code,
        "what": count.rule.what,
        "advice": count.rule.advice,
        "rows": count.rows,
        "first_rows": list(count.first_rows),
    }
