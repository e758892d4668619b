# SPDX-License-Identifier: EUPL-1.2
"""Whether day or month comes first, decided over whole columns and never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stip.errors import FileError
from stip.intake.values.asking import Asker
from stip.intake.values.date_formats import Order
from stip.intake.values.moments import MomentReader
from stip.words import number

_CLEAR = 4  # one order must fit so many times as many dates as the other


@dataclass(frozen=True)
class Evidence:
    """What dates say about the order.

    Attributes
    ----------
    only_day, only_month : int
        Dates that can be read in one order only.
    differing : int
        Dates that mean another day in each order.
    late_day, late_month : int
        Dates that would lie after the file was received, in each order.
    """

    only_day: int = 0
    only_month: int = 0
    differing: int = 0
    late_day: int = 0
    late_month: int = 0

    def order(self) -> Order | None:
        """Return the order, or None when both fit all dates.

        A date that only fits one order decides. Else an order in which dates would lie in the future, while in the
        other none does, is wrong.
        """
        if self.only_day or self.only_month:
            return Order.DAY if self.only_day >= self.only_month else Order.MONTH
        if not self.differing or (self.late_month and not self.late_day):
            return Order.DAY
        return Order.MONTH if self.late_day and not self.late_month else None

    @property
    def mixed(self) -> bool:
        """Whether both orders stand in the file."""
        few, many = sorted((self.only_day, self.only_month))
        return few * _CLEAR > many

    def said(self, order: Order) -> str:
        """Return how the order was found, in Dutch."""
        decisive = self.only_day if order is Order.DAY else self.only_month
        if decisive:
            return f"Datums: {order}; {number(decisive)} datums zijn niet anders te lezen."
        if self.differing:
            return f"Datums: {order}; andersom zouden er datums in de toekomst liggen."
        return "Datums: dag en maand zijn nergens te verwisselen."


def weigh(asker: Asker, columns: Sequence[pa.Array], *, latest: np.datetime64) -> Evidence:
    """Read columns in both orders and compare.

    Parameters
    ----------
    columns : sequence of pyarrow.Array
        Only text counts.
    latest : datetime64
        No date can be later, in local time.
    """
    total = np.zeros(5, dtype=np.int64)
    for column in columns:
        if not pa.types.is_string(column.type):
            continue
        at = {}
        for order in Order:
            reader = MomentReader(asker, order)
            reader.learn(column)
            at[order] = reader.read(column).at
        day, month = at[Order.DAY], at[Order.MONTH]
        has_day, has_month = ~np.isnat(day), ~np.isnat(month)
        differs = has_day & has_month & (day != month)
        total += [
            np.count_nonzero(has_day & ~has_month),
            np.count_nonzero(has_month & ~has_day),
            np.count_nonzero(differs),
            np.count_nonzero(differs & (day > latest)),
            np.count_nonzero(differs & (month > latest)),
        ]
    return Evidence(*(int(count) for count in total))


def refuse_mixed(evidence: Evidence, name: str) -> None:
    """Refuse a file in which the order changes.

    Raises
    ------
    FileError
    """
    if evidence.mixed:
        raise FileError(
            f"In {name} staat bij {number(evidence.only_day)} datums de dag vooraan en bij "
            f"{number(evidence.only_month)} de maand. Vraag een bestand met één schrijfwijze."
        )


def undecided(name: str, headings: Sequence[str]) -> FileError:
    """Return the refusal of a file in which both orders fit every date."""
    which = " en ".join(f"‘{heading}’" for heading in headings)
    return FileError(
        f"De datums in {name} zijn op twee manieren te lezen: dag-maand of maand-dag, en beide passen. Zet in de "
        f'afspraak bij {which} hoe ze geschreven zijn, zoals date_format = "%d-%m-%Y %H:%M:%S".'
    )
