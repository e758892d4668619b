# SPDX-License-Identifier: EUPL-1.2
"""Figures of open data: decimals either way, and *not known* is never a number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.intake.values.figures import read_figures


def read(*cells: Any) -> list[float]:
    return [float(value) for value in read_figures(pd.Series(list(cells), dtype=object)).value]


def test_decimal_comma_and_point_go_together() -> None:
    assert read("53,2", "53.2", " 8 ", "-0,5", "1.284,5", "1,284.5") == [53.2, 53.2, 8, -0.5, 1284.5, 1284.5]


@pytest.mark.parametrize(
    "sign", [-99997, -99995, -99991, -99998.0, "-99997", "geheim", "GEHEIM ", ".", "x", "n.v.t."]
)
def test_signs_of_not_known_are_missing(sign: Any) -> None:
    figures = read_figures(pd.Series([sign, 5], dtype=object))
    assert np.isnan(figures.value[0])
    assert figures.special.tolist() == [True, False]
    assert not figures.wrong.any()


@pytest.mark.parametrize("cell", ["veel", "12 stuks", "1-2", "inf"])
def test_what_is_no_number_is_wrong(cell: str) -> None:
    figures = read_figures(pd.Series([cell]))
    assert np.isnan(figures.value[0])
    assert figures.wrong.tolist() == [True]


@pytest.mark.parametrize("cell", [None, "", "   ", float("nan"), pd.NA])
def test_an_empty_cell_is_neither(cell: Any) -> None:
    figures = read_figures(pd.Series(["1", cell], dtype=object))
    assert np.isnan(figures.value[1])
    assert not figures.special.any()
    assert not figures.wrong.any()


CELLS = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=8), st.booleans())


@settings(max_examples=40)
@given(st.lists(CELLS, max_size=10))
def test_each_cell_is_at_most_one_thing(cells: list[Any]) -> None:
    figures = read_figures(pd.Series(cells, dtype=object))
    assert not (figures.special & figures.wrong).any()
    assert np.isnan(figures.value[figures.special | figures.wrong]).all()
    assert not np.isinf(figures.value).any()
    assert not ((figures.value >= -99999) & (figures.value <= -99990)).any()
