# SPDX-License-Identifier: EUPL-1.2
"""Rounding: unbiased, the same each time, and never so that a part is pinned down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.publish import BASE, bounds_of, draws, report_keys, rounded, total_of
from stip.publish.rounding import SPREAD

SECRET = bytes(range(32))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40), st.integers(0, 2**64 - 1))
def test_a_figure_is_one_of_the_two_multiples_beside_its_count(counts: list[int], key: int) -> None:
    true = np.array(counts)
    figures = rounded(true, draws(np.full(len(counts), key, np.uint64), SECRET))
    assert (figures % BASE == 0).all()
    assert (abs(figures - true) < BASE).all()
    assert (figures[true % BASE == 0] == true[true % BASE == 0]).all()
    low, high = bounds_of(figures)
    assert ((low <= true) & (true <= high)).all()


def test_on_average_a_figure_is_right() -> None:
    rng = np.random.default_rng(1)
    true = rng.integers(0, 30, 200_000)
    figures = rounded(true, draws(rng.integers(0, 2**63, 200_000).astype(np.uint64), SECRET))
    for rest in range(BASE):
        off = (figures - true)[true % BASE == rest]
        assert abs(off.mean()) < 4 * off.std() / np.sqrt(len(off)) + 1e-9


def test_the_same_reports_get_the_same_draw_in_any_order_and_others_another() -> None:
    names = [f"0a1b{number:028x}" for number in range(500)]
    keys = report_keys(names, SECRET)
    assert len(set(keys.tolist())) == 500
    with np.errstate(over="ignore"):
        whole = np.add.reduce(keys, dtype=np.uint64)
        again = np.add.reduce(report_keys(names[::-1], SECRET), dtype=np.uint64)
        without = np.add.reduce(keys[1:], dtype=np.uint64)
    one, same, other = draws(np.array([whole, again, without]), SECRET)
    assert one == same != other
    assert draws(np.array([whole]), b"another secret of 32 bytes......")[0] != one


def test_draws_are_even() -> None:
    drawn = draws(np.arange(100_000, dtype=np.uint64), SECRET)
    tenths = np.bincount((drawn * 10).astype(int), minlength=10)
    assert ((drawn >= 0) & (drawn < 1)).all()
    assert abs(tenths - 10_000).max() < 5 * np.sqrt(9_000)


def test_a_total_that_would_pin_its_parts_goes_to_the_other_side() -> None:
    four = np.zeros(4, np.int64), np.full(4, 4)
    assert total_of(16, 0.0, *four) == 15  # by its draw it would be 20, and then each part is 4
    assert total_of(16, 0.99, *four) == 15
    ones = np.ones(4, np.int64), np.full(4, 9)
    assert total_of(4, 0.99, *ones) == 5  # by its draw 0, and then each part is 1


@given(st.data())
def test_every_part_keeps_at_least_four_possible_counts_whatever_is_drawn(data: st.DataObject) -> None:
    counts = np.array(data.draw(st.lists(st.integers(0, 12), min_size=1, max_size=7)))
    pulls = np.array(data.draw(st.lists(st.floats(0, 0.999), min_size=len(counts), max_size=len(counts))))
    low, high = bounds_of(rounded(counts, pulls))
    total = total_of(int(counts.sum()), data.draw(st.floats(0, 0.999)), low, high)
    assert total % BASE == 0
    assert abs(total - counts.sum()) < BASE
    most_total, least_total = total + BASE - 1, max(total - BASE + 1, 0)
    for part in range(len(counts)):
        others = np.delete(np.arange(len(counts)), part)
        least = max(low[part], least_total - high[others].sum())
        most = min(high[part], most_total - low[others].sum())
        assert most - least >= SPREAD


def test_a_total_has_a_draw_of_its_own() -> None:
    keys = np.arange(2000, dtype=np.uint64)
    apart = draws(keys, SECRET), draws(keys, SECRET, of_totals=True)
    assert abs(np.corrcoef(*apart)[0, 1]) < 0.1


@pytest.mark.parametrize("parts", [2, 3, 4, 5])
def test_the_rule_hardly_moves_totals(parts: int) -> None:
    rng = np.random.default_rng(parts)
    off = []
    for _ in range(20_000):
        counts = rng.poisson(3, parts)
        low, high = bounds_of(rounded(counts, rng.random(parts)))
        off.append(total_of(int(counts.sum()), rng.random(), low, high) - counts.sum())
    assert abs(np.mean(off)) < 4 * np.std(off) / np.sqrt(len(off))
