# SPDX-License-Identifier: EUPL-1.2
"""The message that benchmarks draw is the site's, and a step that is too slow is named."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from benchmarks.conftest import benchmark

dots_page = benchmark("dots_page")
dots_tables = benchmark("dots_tables")
write_message = benchmark("dots_message").write_message

KINDS = [{"crime_type": "a", "label": "A", "colour": "#000000", "source": "s", "source_label": "S"}]
AREAS: list[dict[str, str | None]] = [{"code": f"BU{k}", "name": f"{k}", "wijk": None} for k in range(3)]


def message_of(**columns: list[object]) -> bytes:
    usual: dict[str, list[object]] = {
        "x_m": [150_010, 150_000, 150_300],
        "y_m": [450_000, 450_020, 450_100],
        "day": [pd.Timestamp("2026-06-03"), pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-02")],
        "kind": [0, 0, 0],
        "hour": [3, 31, 23],
        "precision_m": [1, 125, 1],
        "area": [2, 0, 0],
    }
    return write_message(pd.DataFrame(usual | columns), KINDS, AREAS)


def read(message: bytes) -> tuple[dict[str, object], dict[str, list[int]]]:
    start = 12 + int.from_bytes(message[8:12], "little")
    header = json.loads(message[12:start])
    columns, at = {}, start
    for name, kind in (("x", "<u2"), ("y", "<u2"), ("day", "<u2"), ("kind", "u1"), ("clock", "u1")):
        columns[name] = np.frombuffer(message, kind, header["n"], at).tolist()
        at += -(-header["n"] * np.dtype(kind).itemsize // 8) * 8
    assert at == len(message)
    assert start % 8 == 0
    return header, columns


def test_dots_stand_by_area_and_each_column_is_whole() -> None:
    header, columns = read(message_of())
    assert header["origin"] == [150_000, 450_000]
    assert header["first_day"] == "2026-06-01"
    assert header["area_offsets"] == [0, 2, 2, 3]
    assert columns == {
        "x": [0, 300, 10],
        "y": [20, 100, 0],
        "day": [0, 1, 2],
        "kind": [0, 0, 0],
        "clock": [(1 << 5) | 31, 23, 3],
    }


def test_a_town_wider_than_65_km_takes_larger_steps() -> None:
    header, columns = read(message_of(x_m=[150_000, 150_000, 350_000]))
    assert header["step_m"] == 4
    assert max(columns["x"]) == 50_000


@pytest.mark.parametrize(("ms", "sentences"), [(12.0, 0), (12.1, 1)])
def test_a_step_above_its_budget_is_named(ms: float, sentences: int) -> None:
    step = {"ours": {"thread_ms": 1.0}}
    slow = dots_page.too_slow(
        [{"n": 200_000, "filter": step, "animation": step, "slider": {"ours": {"thread_ms": ms}}}]
    )
    assert len(slow) == sentences
    assert all("slider at 200,000" in sentence for sentence in slow)


def test_the_page_has_the_marks_between_which_figures_come() -> None:
    text = dots_tables.PAGE.read_text(encoding="utf-8")
    assert text.count(dots_tables.BEGIN) == text.count(dots_tables.END) == 1
    assert text.index(dots_tables.BEGIN) < text.index(dots_tables.END)
