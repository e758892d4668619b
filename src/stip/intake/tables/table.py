# SPDX-License-Identifier: EUPL-1.2
"""What every kind of file looks like to the rest of intake: headings first, then rows in blocks.

The headings decide which columns are read at all; `SourceTable.blocks` materialises no other column where the format
allows it. Each row of the file comes by exactly once: in a block, or among its broken rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]


def _none() -> Ints:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Block:
    """Some rows of a file.

    Attributes
    ----------
    table : pyarrow.Table
        Wanted columns under the names they were asked by: text, or what the format itself says they are.
    rows : ndarray of int64
        Number of each row of the table, as a spreadsheet shows it.
    ragged, header_again : ndarray of int64
        Numbers of rows that have another number of cells, or repeat the headings.
    done : float
        Share of the file that has been read, 0 … 1.
    """

    table: pa.Table
    rows: Ints
    ragged: Ints = field(default_factory=_none)
    header_again: Ints = field(default_factory=_none)
    done: float = 1.0


class SourceTable(Protocol):
    """A file that holds one table."""

    @property
    def headings(self) -> list[str]:
        """Headings, in the order of the file; geometry stands last, as ``geometry``."""
        ...

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file, in Dutch; complete once the blocks have been read."""
        ...

    @property
    def crs(self) -> str:
        """Reference system that the file itself names, empty when it names none."""
        ...

    def blocks(self, wanted: Mapping[str, int]) -> Iterator[Block]:
        """Yield the rows.

        Parameters
        ----------
        wanted : mapping of str to int
            Name to give to a column, and its place among the headings.
        """
        ...
