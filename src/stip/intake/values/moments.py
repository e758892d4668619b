# SPDX-License-Identifier: EUPL-1.2
"""Reading dates and times, however they are written."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stip.errors import SettingsError
from stip.intake.values.asking import Asker
from stip.intake.values.date_formats import Order, formats_of, usual_formats
from stip.intake.values.fixed_dates import fixed_form, read_fixed

Mask = npt.NDArray[np.bool_]
Times = npt.NDArray[np.datetime64]

_FIRST, _LAST = np.datetime64("1900-01-01", "us"), np.datetime64("2200-01-01", "us")
_SERIAL = (32_874.0, 73_051.0)  # days since 1899-12-30: 1990 … 2099
_SAMPLE = 2000

_FAST = """
    select a, coalesce(v = '', true) as empty,
        case when a = date_trunc('day', a) and not contains(v, ':')
            then not regexp_full_match(v, '[0-9]{12,14}|.*[ T][0-9]{1,2}\\.[0-9]{2}.*') else false end as whole_day
    from (select trim(v) as v, try_strptime(trim(v), ?) as a from cells)
"""
_TIDY = """
    select regexp_replace(replace(
        regexp_replace(replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(trim(v)),
        '^(ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag),? ', ''),
        '\\s*(uur|u)\\.?$', ''), '\\s+', ' ', 'g'), '(mrt|maart)\\.?', 'mar'), 'mei', 'may'),
        '(jan|feb|mar|apr|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\\.?', '\\1'), 'okt', 'oct'),
        '([0-9])(am|pm)$', '\\1 \\2') as v
    from cells
"""
_OFFSET = """
    select try_cast(v as timestamptz) as a
    from (select case when regexp_matches(v, ':[0-9]{2}([.,][0-9]+)? ?(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)$')
        then regexp_replace(trim(v), '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2') end as v from cells)
"""
_SERIALS = """
    select case when regexp_full_match(trim(v), '[0-9]{5}([.,][0-9]+)?')
        then try_cast(replace(trim(v), ',', '.') as double) end as a
    from cells
"""


@dataclass(frozen=True)
class Moments:
    """A column of moments, as the file has them.

    Attributes
    ----------
    at : ndarray of datetime64[us], shape (n,)
        Local time, or UTC where ``utc``; NaT where nothing could be read.
    empty, whole_day, utc : ndarray of bool, shape (n,)
        Nothing was filled in; only a day was; the text said how far from UTC it is.
    """

    at: Times
    empty: Mask
    whole_day: Mask
    utc: Mask

    @property
    def unreadable(self) -> Mask:
        """Where something is filled in that is no moment."""
        return np.isnat(self.at) & ~self.empty


class MomentReader:
    """Reads columns of one order of day and month.

    Parameters
    ----------
    asker : Asker
    order : Order
    declared : str
        Format that the agreement names, tried first; empty when it names none.
    """

    def __init__(self, asker: Asker, order: Order, *, declared: str = "") -> None:
        self._asker = asker
        self._order = order
        self._all = [*([declared] if declared else []), *formats_of(order)]
        self._usual: list[str] = [declared] if declared else []

    def learn(self, column: pa.Array) -> None:
        """Find out which formats a column uses, so that these are tried first."""
        if not pa.types.is_string(column.type):
            return
        sample = first_distinct(column.drop_null(), _SAMPLE).to_pylist()
        self._usual = list(dict.fromkeys([*self._usual, *usual_formats(sample, self._order)]))

    def read(self, column: pa.Array) -> Moments:
        """Read a column of text, moments, days or Excel's day numbers."""
        if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
            return _typed(column)
        if not pa.types.is_string(column.type):
            column = column.cast(pa.string())
        at, empty, whole_day = self._read_usual(column, self._usual or self._all)
        utc = np.zeros(len(at), dtype=bool)
        self._read_rest(column, at, empty, whole_day, utc)
        return Moments(at, empty, whole_day & ~np.isnat(at), utc)

    def _read_usual(self, column: pa.Array, formats: list[str]) -> tuple[Times, Mask, Mask]:
        """Read by the usual formats: the first, when its width is fixed, without asking."""
        form = fixed_form(formats[0])
        if form is None:
            return self._parse(column, formats)
        at = read_fixed(column, form)
        whole_day = np.full(len(at), form.whole_day)
        empty = np.zeros(len(at), dtype=bool)
        left = np.flatnonzero(np.isnat(at))
        if len(left):
            at[left], empty[left], whole_day[left] = self._parse(column.take(pa.array(left)), formats)
        return at, empty, whole_day

    def _read_rest(self, column: pa.Array, at: Times, empty: Mask, whole_day: Mask, utc: Mask) -> None:
        """Try every other way on what is left, filling the arrays."""
        left = np.flatnonzero(np.isnat(at) & ~empty)
        if not len(left):
            return
        texts = column.take(pa.array(left))
        at[left], _, whole_day[left] = self._parse(self._asker.ask(_TIDY, texts)["v"].combine_chunks(), self._all)
        left = left[np.isnat(at[left])]
        if not len(left):
            return
        texts = column.take(pa.array(left))
        at[left] = _sensible(_times(self._asker.ask(_OFFSET, texts)["a"]))
        utc[left] = ~np.isnat(at[left])
        days = self._asker.ask(_SERIALS, texts)["a"].to_numpy()
        fits = (days >= _SERIAL[0]) & (days < _SERIAL[1])
        at[left[fits]] = _from_serial(days[fits])
        whole_day[left[fits]] = days[fits] == np.floor(days[fits])

    def _parse(self, column: pa.Array, formats: list[str]) -> tuple[Times, Mask, Mask]:
        try:
            table = self._asker.ask(_FAST, column, formats)
        except duckdb.InvalidInputException:
            raise SettingsError(
                f"De schrijfwijze ‘{self._all[0]}’ (date_format in de afspraak) klopt niet. Schrijf bijvoorbeeld "
                "%d-%m-%Y %H:%M:%S."
            ) from None
        empty, whole_day = (table[name].to_numpy() for name in ("empty", "whole_day"))
        return _sensible(_times(table["a"])), empty.copy(), whole_day.copy()


def _typed(column: pa.Array) -> Moments:
    empty = column.is_null().to_numpy(zero_copy_only=False)
    aware = pa.types.is_timestamp(column.type) and column.type.tz is not None
    at = _sensible(_times(column))
    whole_day = np.full(len(at), pa.types.is_date(column.type)) & ~np.isnat(at)
    return Moments(at, empty, whole_day, np.full(len(at), aware))


def _times(column: pa.Array | pa.ChunkedArray) -> Times:
    zone = column.type.tz if pa.types.is_timestamp(column.type) else None
    plain = pc.cast(column, pa.timestamp("us", tz=zone), safe=False)
    return plain.to_numpy().astype("datetime64[us]") if isinstance(plain, pa.ChunkedArray) else _chunk_times(plain)


def _chunk_times(column: pa.Array) -> Times:
    return column.to_numpy(zero_copy_only=False).astype("datetime64[us]")


def _sensible(at: Times) -> Times:
    at = at.copy()
    at[~((at >= _FIRST) & (at < _LAST))] = np.datetime64("NaT")
    return at


def _from_serial(days: npt.NDArray[np.float64]) -> Times:
    seconds = np.round(days * 86_400).astype("timedelta64[s]")
    return (np.datetime64("1899-12-30", "s") + seconds).astype("datetime64[us]")


def first_distinct(column: pa.Array, most: int) -> pa.Array:
    """Return the first so many different values of a column, without looking further than it takes."""
    size = 2 * most
    while len(found := column[:size].unique()) < most and size < len(column):
        size *= 4
    return found[:most]
