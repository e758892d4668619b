# SPDX-License-Identifier: EUPL-1.2
"""Reading numbers with decimal commas or points, and with signs between thousands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stip.intake.values.asking import Asker

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_THOUSANDS = r"\A-?[0-9]{1,3}[.][0-9]{3}\z"
_PLAIN = """
    select
        try_cast(v as double) as value,
        coalesce(v = '', true) as empty,
        coalesce(contains(v, '.'), false) as point,
        case when contains(v, '.') then regexp_full_match(v, '-?[0-9]{1,3}[.][0-9]{3}')
            else false end as maybe_thousands
    from (select trim(v) as v from cells)
"""
_READ = """
    with bare as (
        select coalesce(v, '') as v, contains(v, ',') as comma, contains(v, '.') as point from (
            select translate(v, chr(160) || chr(8239) || ' ''`’', '') as v from cells)
    )
    select
        try_cast(case
            when comma and point and strpos(reverse(v), ',') < strpos(reverse(v), '.')
                then replace(replace(v, '.', ''), ',', '.')
            when comma and point then replace(v, ',', '')
            when comma and length(v) - length(replace(v, ',', '')) > 1 then replace(v, ',', '')
            when point and length(v) - length(replace(v, '.', '')) > 1 then replace(v, '.', '')
            when comma then replace(v, ',', '.')
            else v end as double) as value,
        v = '' as empty,
        coalesce(comma, false) as comma,
        coalesce(point, false) as point,
        coalesce((comma or point) and regexp_full_match(v, '-?[0-9]{1,3}[.,][0-9]{3}'), false) as maybe_thousands
    from bare
"""


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    value : ndarray of float, shape (n,)
        NaN where none could be read.
    empty, comma, point : ndarray of bool, shape (n,)
        Nothing was filled in; the text held a comma; a point.
    maybe_thousands : ndarray of bool, shape (n,)
        As in ``234.010``: the sign may part thousands, and then the value is a thousand times as large.
    """

    value: Floats
    empty: Mask
    comma: Mask
    point: Mask
    maybe_thousands: Mask

    def in_thousands(self) -> Floats:
        """Return the values with every doubtful sign read as one between thousands."""
        return np.where(self.maybe_thousands, self.value * 1000, self.value)


def read_numbers(asker: Asker, column: pa.Array) -> Numbers:
    """Read a column of text or numbers."""
    if not pa.types.is_string(column.type):
        value = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        none = np.zeros(len(value), dtype=bool)
        return Numbers(_finite(value), np.isnan(value), none, none, none)
    quick = _read_plain(column)
    if quick is not None:
        return quick
    table = asker.ask(_PLAIN, column)
    columns = {name: table[name].to_numpy().copy() for name in table.column_names}
    columns["comma"] = np.zeros(len(column), dtype=bool)
    left = np.flatnonzero(np.isnan(columns["value"]) & ~columns["empty"])
    if len(left):
        others = asker.ask(_READ, column.take(pa.array(left)))
        for name in others.column_names:
            columns[name][left] = others[name].to_numpy()
    columns["value"] = _finite(columns["value"])
    return Numbers(**columns)


def _read_plain(column: pa.Array) -> Numbers | None:
    """Read a column in which every text is a number with at most a point in it, or empty; None for any other."""
    filled = pc.if_else(pc.equal(pc.binary_length(column), 0), None, column)
    try:
        value = filled.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None  # the message may quote a value
    empty = filled.is_null().to_numpy(zero_copy_only=False)
    point = pc.match_substring(column, ".").fill_null(False).to_numpy(zero_copy_only=False)
    maybe = np.zeros(len(column), dtype=bool)
    if point.any():
        maybe = pc.match_substring_regex(column, _THOUSANDS).fill_null(False).to_numpy(zero_copy_only=False)
    return Numbers(_finite(value), empty, np.zeros(len(column), dtype=bool), point, maybe)


def _finite(value: npt.NDArray[np.float64]) -> Floats:
    return np.where(np.isfinite(value), value, np.nan)
