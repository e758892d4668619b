# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.incident_files import asking, column
from stip.intake.values import numbers
from stip.intake.values.numbers import Numbers, read_numbers


def read(*texts: str | None) -> Numbers:
    asker = asking()
    return read_numbers(asker, column(*texts))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("234010", 234010),
        (" 53,2071730 ", 53.207173),
        ("6.588", 6.588),
        ("-0,5", -0.5),
        ("234.010,5", 234010.5),
        ("234,010.5", 234010.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("234 010,5", 234010.5),
        ("234\u00a0010", 234010),
        ("234'010", 234010),
        ("2.3401e5", 234010),
    ],
)
def test_commas_points_and_thousands(text: str, value: float) -> None:
    assert read(text).value[0] == pytest.approx(value)


@pytest.mark.parametrize("text", ["", None, "onbekend", "nan", "inf", "1,2,3.4.5", "12x", "--1"])
def test_what_is_no_number_is_missing(text: str | None) -> None:
    found = read(text)
    assert np.isnan(found.value[0])
    assert found.empty[0] == (not text)


def test_signs_are_told_and_thousands_doubted() -> None:
    found = read("234.010", "234,010", "6.5884", "234010", "1.234.567")
    assert found.comma.tolist() == [False, True, False, False, False]
    assert found.point.tolist() == [True, False, True, False, True]
    assert found.in_thousands().tolist() == [234010, 234010, 6.5884, 234010, 1234567]


def test_typed_numbers_are_taken_as_they_are() -> None:
    asker = asking()
    found = read_numbers(asker, pa.array([1, None, 3]))
    assert found.value.tolist()[::2] == [1, 3]
    assert found.empty.tolist() == [False, True, False]


@settings(max_examples=40)
@given(st.floats(-400_000, 800_000).map(lambda value: round(value, 4)), st.booleans())
def test_what_is_written_is_read_back(value: float, comma: bool) -> None:
    text = f"{value:.4f}"
    assert read(text.replace(".", ",") if comma else text).value[0] == pytest.approx(value)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=20))
def test_any_text_is_a_finite_number_or_missing(texts: list[str]) -> None:
    assert not np.isinf(read(*texts).value).any()


@given(
    st.lists(
        st.one_of(st.none(), st.from_regex(r"[-+ ]?[0-9]{0,4}[.,]?[0-9]{0,3}(e[0-9])?", fullmatch=True)), max_size=9
    )
)
def test_the_quick_way_answers_what_the_long_way_answers(texts: list[str | None]) -> None:
    column_ = column(*texts)
    quick = numbers._read_plain(column_)
    if quick is None:
        return
    long = asking().ask(numbers._PLAIN, column_)
    np.testing.assert_array_equal(quick.value, long["value"].to_numpy())
    for name in ("empty", "point", "maybe_thousands"):
        filled = quick.empty | ~np.isnan(quick.value)
        np.testing.assert_array_equal(getattr(quick, name)[filled], long[name].to_numpy()[filled])
