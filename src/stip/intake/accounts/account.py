# SPDX-License-Identifier: EUPL-1.2
"""The account of rows: each ends in exactly one of accepted, repaired and refused, whatever it was read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.intake.accounts.rule import Rule

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_SHOWN_ROWS = 5


@dataclass(frozen=True)
class RuleCount:
    """How many rows met a rule, and the numbers of the first few."""

    rule: Rule
    rows: int
    first_rows: tuple[int, ...]


class Account:
    """Keeps, while rows are read, what happened to each.

    Parameters
    ----------
    rows : int
    numbers : ndarray of int64, shape (rows,), optional
        What each row is called in the source; 1 … ``rows`` when left out.
    refusals, repairs : sequence of Rule
        Rules in the order in which equal counts are told; others follow as they are met.

    Attributes
    ----------
    refused_by : ndarray of uint8, shape (rows,)
        Number of the rule that refused the row, 0 when none did.
    repairs : ndarray of uint32, shape (rows,)
        A bit for each repair.
    notes : list of str
        Facts about the whole, one Dutch sentence each.
    """

    def __init__(
        self,
        rows: int,
        *,
        numbers: Ints | None = None,
        refusals: Sequence[Rule] = (),
        repairs: Sequence[Rule] = (),
    ) -> None:
        self.numbers: Ints = np.arange(1, rows + 1) if numbers is None else numbers
        self.refused_by: npt.NDArray[np.uint8] = np.zeros(rows, dtype=np.uint8)
        self.repairs: npt.NDArray[np.uint32] = np.zeros(rows, dtype=np.uint32)
        self.notes: list[str] = []
        self._refusals, self._repairs = list(refusals), list(repairs)

    @classmethod
    def joined(cls, parts: Sequence[Account]) -> Account:
        """Return the account of all rows, in the order of their numbers."""
        refusals = list(dict.fromkeys(rule for part in parts for rule in part._refusals))
        repairs = list(dict.fromkeys(rule for part in parts for rule in part._repairs))
        numbers = np.concatenate([np.empty(0, dtype=np.int64), *(part.numbers for part in parts)])
        order = np.argsort(numbers, kind="stable")
        whole = cls(len(numbers), numbers=numbers[order], refusals=refusals, repairs=repairs)
        if parts:
            whole.refused_by = np.concatenate([part._refused_as(refusals) for part in parts])[order]
            whole.repairs = np.concatenate([part._repaired_as(repairs) for part in parts])[order]
        whole.notes = [note for part in parts for note in part.notes]
        return whole

    def refuse(self, rows: Mask, rule: Rule) -> None:
        """Refuse these rows, those that a rule before refused left out."""
        new = rows & (self.refused_by == 0)
        if new.any():
            self.refused_by[new] = _place(self._refusals, rule) + 1

    def repair(self, rows: Mask, rule: Rule) -> None:
        """Note that these rows were mended; of those that are refused it is not told."""
        if rows.any():
            self.repairs[rows] |= np.uint32(1 << _place(self._repairs, rule))

    def note(self, sentence: str) -> None:
        """Add a fact about the whole."""
        self.notes.append(sentence)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    @property
    def kept(self) -> Mask:
        """Which rows come in."""
        return self.refused_by == 0

    @property
    def accepted(self) -> int:
        """How many rows come in as they are."""
        return int(np.count_nonzero(self.kept & (self.repairs == 0)))

    @property
    def repaired(self) -> int:
        """How many rows come in after a repair."""
        return int(np.count_nonzero(self.kept & (self.repairs != 0)))

    @property
    def refused(self) -> int:
        """How many rows do not come in."""
        return int(np.count_nonzero(self.refused_by))

    def refused_rules(self) -> tuple[RuleCount, ...]:
        """Return the rules that refused rows, the commonest first; a row counts under the first that met it."""
        met = np.bincount(self.refused_by, minlength=len(self._refusals) + 1)[1:]
        found = [(place, rule) for place, rule in enumerate(self._refusals, start=1) if met[place - 1]]
        return _counts([(rule, self.numbers[self.refused_by == place]) for place, rule in found])

    def repaired_rules(self) -> tuple[RuleCount, ...]:
        """Return the rules that repaired rows that come in; a row with several repairs counts under each of them."""
        kept = self.kept
        met = int(np.bitwise_or.reduce(self.repairs, initial=0))
        found = [(np.uint32(1 << place), rule) for place, rule in enumerate(self._repairs) if met >> place & 1]
        counted = [(rule, self.numbers[kept & (self.repairs & bit > 0)]) for bit, rule in found]
        return _counts([(rule, rows) for rule, rows in counted if len(rows)])

    def refusals(self) -> tuple[Ints, list[Rule]]:
        """Return the numbers of the refused rows, and the rule of each."""
        rows = np.flatnonzero(self.refused_by)
        return self.numbers[rows], [self._refusals[place - 1] for place in self.refused_by[rows]]

    def _refused_as(self, rules: list[Rule]) -> npt.NDArray[np.uint8]:
        if self._refusals == rules[: len(self._refusals)]:
            return self.refused_by
        places = [0, *(rules.index(rule) + 1 for rule in self._refusals)]
        return np.array(places, dtype=np.uint8)[self.refused_by]

    def _repaired_as(self, rules: list[Rule]) -> npt.NDArray[np.uint32]:
        if self._repairs == rules[: len(self._repairs)]:
            return self.repairs
        moved = np.zeros_like(self.repairs)
        for place, rule in enumerate(self._repairs):
            moved[self.repairs & np.uint32(1 << place) > 0] |= np.uint32(1 << rules.index(rule))
        return moved


def _place(rules: list[Rule], rule: Rule) -> int:
    if rule not in rules:
        rules.append(rule)
    return rules.index(rule)


def _counts(found: list[tuple[Rule, Ints]]) -> tuple[RuleCount, ...]:
    counts = [RuleCount(rule, len(rows), tuple(int(row) for row in rows[:_SHOWN_ROWS])) for rule, rows in found]
    return tuple(sorted(counts, key=lambda count: -count.rows))
