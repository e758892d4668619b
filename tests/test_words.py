# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stip.words import day, number, share, times


@given(st.integers(-(10**9), 10**9))
def test_numbers_read_back(value: int) -> None:
    assert int(number(value).replace(".", "")) == value


def test_dutch_marks() -> None:
    assert number(1284.55, 1) == "1.284,5"
    assert number(-0.25, 2) == "-0,25"
    assert day(date(2026, 3, 1), year=False) == "1 maart"


def test_a_ratio_that_is_not_one_does_not_look_like_one() -> None:
    assert [times(ratio) for ratio in (1.784, 0.996, 1.0004, 1.0)] == ["1,78", "0,996", "1,0004", "1,00"]


def test_percentages_only_from_thirty() -> None:
    assert share(10, 29) == "10 van 29"
    assert share(15, 30) == "50 %"
    assert share(0, 0) == "0 van 0"
