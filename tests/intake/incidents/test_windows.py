# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.intake.accounts.account import Account
from stip.intake.incidents.rules import REFUSED, REPAIRED, account_of
from stip.intake.incidents.windows import WindowRules, Windows, read_windows
from stip.intake.values.moments import Moments

RULES = WindowRules(
    time_zone="UTC",
    received_at=np.datetime64("2026-09-07T06:30", "us"),
    cap=np.timedelta64(168, "h"),
    delay=np.timedelta64(7, "D"),
)


def moments(*texts: str | None, whole_day: bool = False) -> Moments:
    """Return a column; ``?`` is something that could not be read."""
    at = np.array([None if text in {None, "?"} else text for text in texts], dtype="datetime64[us]")
    empty = np.array([text is None for text in texts])
    return Moments(at, empty, ~np.isnat(at) & whole_day, np.zeros(len(at), dtype=bool))


def read(
    begin: Moments, end: Moments | None = None, reported: Moments | None = None, rules: WindowRules = RULES
) -> tuple[Windows, Account]:
    account = account_of(np.arange(len(begin.at), dtype=np.int64))
    return read_windows(begin, end, reported, rules, account), account


def said(account: Account) -> list[set[str]]:
    return [
        {rule.code for place, rule in enumerate(REPAIRED) if int(bits) >> place & 1}
        | ({REFUSED[int(by) - 1].code} if by else set())
        for bits, by in zip(account.repairs, account.refused_by, strict=True)
    ]


def one(begin: str, end: str | None, reported: str | None = None) -> tuple[str, str, str, set[str]]:
    found, account = read(moments(begin), moments(end), moments(reported))
    times = (found.from_at, found.to_at, found.known_at)
    return (*(np.datetime_as_string(at[0], "m") for at in times), said(account)[0])


A, B, R = "2026-09-01T10:00", "2026-09-01T16:00", "2026-09-02T09:00"


@pytest.mark.parametrize(
    ("begin", "end", "reported", "becomes"),
    [
        (A, B, R, (A, B, R, set())),
        (B, A, R, (A, B, R, {"end_before_begin"})),
        (A, None, R, (A, A, R, {"no_end"})),
        (A, "?", R, (A, A, R, {"end_unreadable"})),
        (A, "2026-10-01T16:00", None, (A, "2026-09-07T06:30", "2026-09-07T06:30", {"end_in_future"})),
        (A, B, "2026-09-01T12:00", (A, "2026-09-01T12:00", "2026-09-01T12:00", {"reported_before_end"})),
        (A, B, "2026-08-01T12:00", (A, B, A, {"reported_before_begin"})),
        (A, B, "2027-08-01T12:00", (A, B, "2026-09-07T06:30", {"reported_in_future"})),
        (A, B, "?", (A, B, "2026-09-07T06:30", {"reported_unreadable"})),
        ("2026-08-01T10:00", B, R, ("2026-08-25T16:00", B, R, {"window_cut"})),
    ],
)
def test_what_is_repaired(
    begin: str, end: str | None, reported: str | None, becomes: tuple[str, str, str, set[str]]
) -> None:
    assert one(begin, end, reported) == becomes


@pytest.mark.parametrize(
    ("begin", "rule"), [(None, "no_begin"), ("?", "begin_unreadable"), ("2026-09-07T06:31", "in_future")]
)
def test_what_is_refused(begin: str | None, rule: str) -> None:
    _, account = read(moments(begin), moments(B))
    assert rule in said(account)[0]
    assert not account.kept[0]


def test_without_a_report_it_is_known_after_the_delay_but_never_later_than_received() -> None:
    found, account = read(moments("2026-08-01T10:00", A))
    assert found.known_at.astype("datetime64[m]").astype(str).tolist() == ["2026-08-08T10:00", "2026-09-07T06:30"]
    assert account.accepted == 2


def test_a_day_without_a_time_lasts_the_whole_day() -> None:
    found, account = read(
        moments("2026-09-01", "2026-09-07", whole_day=True), moments("2026-09-02", None, whole_day=True)
    )
    assert found.to_at.astype("datetime64[m]").astype(str).tolist() == ["2026-09-03T00:00", "2026-09-07T06:30"]
    assert said(account) == [{"only_day"}, {"only_day", "no_end"}]
    days = replace(RULES, days_from=True, days_to=True, days_reported=True)
    found, account = read(moments("2026-09-01T00:00"), None, moments("2026-09-02T00:00"), days)
    assert found.to_at[0] == np.datetime64("2026-09-02T00:00")
    assert found.known_at[0] == np.datetime64("2026-09-03T00:00")
    assert said(account) == [set()]


def test_nights_in_which_the_clock_is_moved() -> None:
    rules = replace(RULES, time_zone="Europe/Amsterdam", received_at=np.datetime64("2026-12-01", "us"))
    begin = moments("2026-03-29T02:30", "2026-10-25T02:50", "2026-10-25T02:50")
    end = moments("2026-03-29T04:00", "2026-10-25T02:10", "2026-10-25T02:55")
    found, account = read(begin, end, rules=rules)
    assert said(account) == [{"clock_skipped"}, {"clock_twice"}, {"clock_twice"}]
    # 02:10 after 02:50 can only be the second time that the clock showed it.
    assert (found.to_at - found.from_at).astype("timedelta64[m]").astype(int).tolist() == [60, 20, 5]


moment = st.datetimes(datetime(2026, 8, 1), datetime(2026, 10, 1)).map(lambda at: at.isoformat(timespec="minutes"))
maybe = st.one_of(moment, st.none(), st.just("?"))


@given(st.lists(st.tuples(maybe, maybe, maybe), min_size=1, max_size=20), st.booleans())
def test_what_comes_in_is_in_order(rows: list[tuple[str | None, str | None, str | None]], days: bool) -> None:
    begin, end, reported = (moments(*column, whole_day=days) for column in zip(*rows, strict=True))
    rules = replace(RULES, time_zone="Europe/Amsterdam")
    found, account = read(begin, end, reported, rules)
    kept = account.kept
    assert not np.isnat(found.known_at[kept]).any()
    assert (found.from_at[kept] <= found.to_at[kept]).all()
    assert (found.to_at[kept] - found.from_at[kept] <= RULES.cap).all()
    assert (found.from_at[kept] <= found.known_at[kept]).all()
    assert (found.known_at[kept] <= RULES.received_at).all()
    assert (found.to_at[kept] <= RULES.received_at + np.timedelta64(timedelta(0))).all()
