# SPDX-License-Identifier: EUPL-1.2
"""The verdict on each row of a file: accepted, repaired, or refused by one rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.intake.rules import REFUSED, REPAIRED, Rule, refusal, repair_bit

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Verdicts:
    """What became of rows.

    Attributes
    ----------
    rows : ndarray of int64, shape (n,)
        Their numbers, as a spreadsheet shows them.
    refused_by : ndarray of uint8, shape (n,)
        Number of the rule, 0 when not refused.
    repairs : ndarray of uint32, shape (n,)
        A bit for each repair.
    """

    rows: Ints
    refused_by: npt.NDArray[np.uint8]
    repairs: npt.NDArray[np.uint32]

    @classmethod
    def none_yet(cls, rows: Ints) -> Verdicts:
        """Return verdicts that accept every row, to be marked."""
        return cls(rows, np.zeros(len(rows), dtype=np.uint8), np.zeros(len(rows), dtype=np.uint32))

    @classmethod
    def all_refused(cls, rows: Ints, code: str) -> Verdicts:
        """Return verdicts that refuse every row by one rule."""
        verdicts = cls.none_yet(rows)
        verdicts.refuse(np.ones(len(rows), dtype=bool), code)
        return verdicts

    @classmethod
    def joined(cls, parts: list[Verdicts]) -> Verdicts:
        """Return all verdicts in the order of the rows."""
        if not parts:
            return cls.none_yet(np.empty(0, dtype=np.int64))
        rows = np.concatenate([part.rows for part in parts])
        order = np.argsort(rows, kind="stable")
        return cls(
            rows[order],
            np.concatenate([part.refused_by for part in parts])[order],
            np.concatenate([part.repairs for part in parts])[order],
        )

    def refuse(self, mask: Mask, code: str) -> None:
        """Mark rows as refused, unless a rule before did."""
        self.refused_by[mask & (self.refused_by == 0)] = refusal(code)

    def repair(self, mask: Mask, code: str) -> None:
        """Mark rows as repaired."""
        self.repairs[mask] |= np.uint32(repair_bit(code))

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
        return int(np.count_nonzero(~self.kept))

    def refused_per_rule(self) -> list[tuple[Rule, Ints]]:
        """Return each rule that refused rows, with the numbers of these."""
        met = np.bincount(self.refused_by, minlength=len(REFUSED) + 1)
        return [
            (rule, self.rows[self.refused_by == place]) for place, rule in enumerate(REFUSED, start=1) if met[place]
        ]

    def repaired_per_rule(self) -> list[tuple[Rule, Ints]]:
        """Return each rule that repaired rows that come in, with the numbers of these."""
        met = int(np.bitwise_or.reduce(self.repairs, initial=0))
        found = [
            (rule, self.rows[self.kept & (self.repairs & np.uint32(1 << place) > 0)])
            for place, rule in enumerate(REPAIRED)
            if met & 1 << place
        ]
        return [(rule, rows) for rule, rows in found if len(rows)]
