# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.incident_files import asking, column
from stip.errors import SettingsError
from stip.intake.values.date_formats import Order
from stip.intake.values.moments import MomentReader, Moments, first_distinct


def read(*texts: str | None, order: Order = Order.DAY, declared: str = "") -> Moments:
    asker = asking()
    reader = MomentReader(asker, order, declared=declared)
    reader.learn(column(*texts))
    return reader.read(column(*texts))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("16-09-2017 02:30:00", "2017-09-16T02:30"),
        ("6-9-2017 2:30", "2017-09-06T02:30"),
        (" 16/09/2017 02:30 ", "2017-09-16T02:30"),
        ("16.09.2017 14.30", "2017-09-16T14:30"),
        ("16-09-17 02:30", "2017-09-16T02:30"),
        ("16-09-2017, 02:30", "2017-09-16T02:30"),
        ("za 16 sep 2017 02:30 uur", "2017-09-16T02:30"),
        ("3 mei 2017 14:30u", "2017-05-03T14:30"),
        ("3 maart 2017 14:30", "2017-03-03T14:30"),
        ("2 oktober 2019 10:00", "2019-10-02T10:00"),
        ("2017-09-16T02:30:15", "2017-09-16T02:30:15"),
        ("2017-09-16 02:30:15.250", "2017-09-16T02:30:15.250"),
        ("201709160230", "2017-09-16T02:30"),
        ("20170916 02:30", "2017-09-16T02:30"),
        ("42994,104166667", "2017-09-16T02:30"),
    ],
)
def test_day_first_and_ways_without_doubt(text: str, at: str) -> None:
    found = read(text)
    assert (found.at[0], found.whole_day[0], found.utc[0]) == (np.datetime64(at, "us"), False, False)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("01/06/2001 10:35:00 AM", "2001-01-06T10:35"),
        ("1/6/2001 12:05 AM", "2001-01-06T00:05"),
        ("1/6/2001 12:05 pm", "2001-01-06T12:05"),
        ("1/6/01 1:35PM", "2001-01-06T13:35"),
        ("Sep 16, 2017 02:30", "2017-09-16T02:30"),
    ],
)
def test_month_first(text: str, at: str) -> None:
    assert read(text, order=Order.MONTH).at[0] == np.datetime64(at, "us")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2017-09-16T02:30:00Z", "2017-09-16T02:30"),
        ("2017-09-16 02:30:00+02:00", "2017-09-16T00:30"),
        ("2017-09-16T02:30:00.5+0200", "2017-09-16T00:30:00.5"),
    ],
)
def test_a_distance_to_utc_is_kept(text: str, at: str) -> None:
    found = read(text)
    assert (found.at[0], found.utc[0]) == (np.datetime64(at, "us"), True)


@pytest.mark.parametrize("text", ["16-09-2017", "2017-09-16", "16 september 2017", "20170916", "42994"])
def test_a_day_without_a_time_is_a_whole_day(text: str) -> None:
    found = read(text)
    assert (found.at[0], found.whole_day[0]) == (np.datetime64("2017-09-16", "us"), True)


@pytest.mark.parametrize(
    "text", ["31-02-2017 10:00", "2017", "gisteren", "16-09-0017", "12-31-2017", "16-09-2017 25:00", "x", "999999"]
)
def test_what_is_no_moment_is_unreadable_and_nothing_is_empty(text: str) -> None:
    found = read(text, None, "  ", "16-09-2017 02:30")
    assert found.unreadable.tolist() == [True, False, False, False]
    assert found.empty.tolist() == [False, True, True, False]


def test_midnight_with_a_time_is_no_whole_day() -> None:
    assert read("16-09-2017 00:00:00", "201709160000").whole_day.tolist() == [False, False]


def test_a_declared_form_goes_first() -> None:
    assert read("01-02-03 10:00", declared="%y-%m-%d %H:%M").at[0] == np.datetime64("2001-02-03T10:00", "us")


def test_a_declared_form_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="date_format"):
        read("01-02-2003", declared="%Q!")


@pytest.mark.parametrize(
    "typed",
    [
        pa.array([datetime(2017, 9, 16, 2, 30), None], pa.timestamp("ms")),
        pa.array([datetime(2017, 9, 16, 2, 30), None], pa.timestamp("ns")),
    ],
)
def test_typed_moments_are_taken_as_they_are(typed: pa.Array) -> None:
    asker = asking()
    found = MomentReader(asker, Order.DAY).read(typed)
    assert found.at[0] == np.datetime64("2017-09-16T02:30", "us")
    assert (found.empty.tolist(), found.utc.tolist()) == ([False, True], [False, False])


def test_typed_days_and_zones() -> None:
    asker = asking()
    reader = MomentReader(asker, Order.DAY)
    aware = reader.read(pa.array([datetime(2017, 9, 16, 2, 30, tzinfo=UTC)], pa.timestamp("us", "Europe/Amsterdam")))
    days = reader.read(pa.array([date(2017, 9, 16)], pa.date32()))
    assert (aware.at[0], aware.utc[0]) == (np.datetime64("2017-09-16T02:30", "us"), True)
    assert (days.at[0], days.whole_day[0]) == (np.datetime64("2017-09-16", "us"), True)


@settings(max_examples=40)
@given(
    st.lists(
        st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31)).map(lambda at: at.replace(microsecond=0)),
        min_size=1,
    ),
    st.sampled_from(["%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %I:%M:%S %p"]),
)
def test_what_is_written_is_read_back(moments: list[datetime], form: str) -> None:
    found = read(*(moment.strftime(form) for moment in moments))
    assert found.at.tolist() == moments


@settings(max_examples=25)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_text_is_empty_read_or_unreadable(texts: list[str]) -> None:
    found = read(*texts)
    state = found.empty.astype(int) + found.unreadable + ~np.isnat(found.at)
    assert state.tolist() == [1] * len(texts)


@settings(max_examples=50, deadline=None)
@example([0] * 100 + [1, 2], 3)
@given(st.lists(st.integers(0, 40), max_size=400), st.integers(1, 30))
def test_the_first_different_values_are_those_of_the_whole_column(values: list[int], most: int) -> None:
    whole = pa.array(values, pa.int64())
    assert first_distinct(whole, most).equals(whole.unique()[:most])
