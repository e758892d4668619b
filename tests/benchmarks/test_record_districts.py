# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pandas as pd

from benchmarks.conftest import benchmark

record_districts = benchmark("record_districts")

_CAUGHT = {"WK1": (50, 20), "WK2": (30, 30), "WK3": (5, 25), "WK4": (1, 1)}


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "crime_type": "burglary", "week": f"w{week}", "model": model, "district": district,
                "area_share": 0.03, "cells": 100, "total": 2.0 if district == "WK4" else 25.0, "expected": 25.0,
                "own_hits": caught[place] / 4, "town_hits": caught[place] / 4, "town_cells": 3.0,
            }
            for week in range(4)
            for district, caught in _CAUGHT.items()
            for place, model in enumerate(("blend", "long_run"))
        ]
    )  # fmt: skip


def made(table: pd.DataFrame) -> dict[str, object]:
    return record_districts.districts_of(table, "blend", ("long_run",), {"WK1": "Oost"}, seed=1)


def test_the_page_tells_the_worst_the_middle_the_best_and_who_did_better() -> None:
    found = made(rows())
    text = "\n".join(record_districts.section({"by_district": found}, str.upper))
    assert "| worst: WK3 | 5 of 100 | 0.05 | 25 |" in text
    assert "| middle: WK2 | 30 of 100 | 0.30 | 30 |" in text
    assert "| best: Oost | 50 of 100 | 0.50 | 20 |" in text
    assert "Of 4 districts 3 had 30 incidents or more; the other 1 had too few to compare" in text
    assert "*LONG_RUN* caught more in 1 (surely in 1; the outlook surely in 1)" in text
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_with_too_few_incidents_the_page_says_nothing_about_the_spread() -> None:
    few = rows().assign(total=1.0)
    (text,) = record_districts.section({"by_district": made(few)}, str)
    assert "0 of the 4 districts" in text
    assert "nothing is said" in text


def test_the_terminal_tells_the_same_of_districts_in_one_line() -> None:
    (line,) = record_districts.in_lines(made(rows()))
    assert "3 of 4 had 30 incidents or more" in line
    assert "0.05 (worst), 0.30 (middle), 0.50 (best)" in line
    assert "long_run caught more in 1 (surely in 1; the outlook surely in 1)" in line
    (few,) = record_districts.in_lines(made(rows().assign(total=1.0)))
    assert few == "  by district: 0 of 4 had 30 incidents or more: too few to compare"
