# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.incident_files import asking
from stip.intake.values.date_formats import Order, formats_of
from stip.intake.values.fixed_dates import fixed_form, read_fixed
from stip.intake.values.moments import MomentReader

FORMS = [form for order in Order for form in formats_of(order) if fixed_form(form)]
pieces = st.sampled_from([*"0123456789", "-", "/", ".", ":", " ", "T"])
near = st.builds(
    lambda day, month, year, hour, sign: f"{day:02d}{sign}{month:02d}{sign}{year:04d} {hour:02d}:30:59",
    *(st.integers(0, 33), st.integers(0, 14), st.integers(1880, 2220), st.integers(0, 25), st.sampled_from("-/.")),
)
noise = st.text(pieces, max_size=20)


def test_formats_of_fixed_width_are_known_and_others_left() -> None:
    assert {"%d-%m-%Y %H:%M:%S", "%Y-%m-%dT%H:%M", "%m/%d/%Y"} <= set(FORMS)
    for form in (
        "%d-%m-%y",
        "%Y%m%d",
        "%d %b %Y",
        "%d-%m-%Y %I:%M %p",
        "%d-%m-%Y, %H:%M",
        "%H:%M %d-%m-%Y",
        "%d-%d-%Y",
    ):
        assert fixed_form(form) is None


def test_only_a_day_is_told_from_midnight() -> None:
    assert [fixed_form(form).whole_day for form in ("%d-%m-%Y", "%d-%m-%Y %H:%M")] == [True, False]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["29-02-2023 10:00:00", "31-04-2024 10:00:00", "01-01-2024 24:00:00", "1-1-2024 10:00:00"]
)
def test_what_is_not_exactly_so_is_left(text: str) -> None:
    form = fixed_form("%d-%m-%Y %H:%M:%S")
    assert form is not None
    assert np.isnat(read_fixed(pa.array([text, None, "29-02-2024 10:00:00"]), form)).tolist() == [True, True, False]


def test_a_part_of_a_column_is_read_like_the_whole() -> None:
    form = fixed_form("%Y-%m-%d")
    assert form is not None
    column = pa.array(["2026-01-01", None, "2026-01-03", "x", "2026-01-05"])
    assert str(read_fixed(column, form).tolist()) == str(
        read_fixed(column[:2], form).tolist() + read_fixed(column[2:], form).tolist()
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(near, noise, st.none()), min_size=1, max_size=20), st.sampled_from(FORMS))
def test_the_quick_way_answers_what_the_long_way_answers(texts: list[str | None], form: str) -> None:
    column = pa.array(texts, pa.string())
    reader = MomentReader(asking(), Order.DAY, declared=form)
    quick, long = reader._read_usual(column, [form]), reader._parse(column, [form])
    for mine, other in zip(quick, long, strict=True):
        np.testing.assert_array_equal(mine, other)
