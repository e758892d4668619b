# SPDX-License-Identifier: EUPL-1.2
"""An attacker with an integer programme and everything that is out never learns a count under five."""

from __future__ import annotations

import numpy as np
import pandas as pd

from publish.attacker import Told, pinned
from publish.towns import QUARTER, TYPES, areas_of, reports_of
from stip.publish import AREA, BASE, TOWN, State, figures_of, states_of

TOWNS = 1000
_SMALL = 5


def drawn_town(seed: int) -> tuple[dict[str, list[int]], pd.DataFrame, pd.Series]:
    """Give the true counts of a town, its figures, and which neighbourhoods are hidden."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 8))
    counts = {name: rng.poisson(rng.gamma(1.2, 3, n)).tolist() for name in TYPES}
    areas = areas_of(n)
    dwellings = {code: int(rng.choice([0, 5, 40, 400])) for code in areas.frame["area_code"]}
    states = states_of(areas, dwellings, minimum=10)
    reports = reports_of(counts, rng)
    figures = figures_of(
        reports, QUARTER, areas, states, crime_types=TYPES, town=("GM9999", "Stad"), secret=rng.bytes(32)
    )
    return counts, figures, states


def told_of(figures: pd.DataFrame, crime_type: str, exact: list[int] | None = None) -> list[Told]:
    """Give what the figures of one type say; with ``exact``, as they would be without rounding."""
    of_type = figures[figures["crime_type"] == crime_type]
    areas = of_type[of_type["level"] == AREA].reset_index(drop=True)
    told = []
    for part, row in areas.iterrows():
        if row["state"] == State.PUBLISHED:
            told.append(_said((int(part),), row["figure"], None if exact is None else exact[int(part)]))
    total = of_type.loc[of_type["level"] == TOWN, "figure"].iloc[0]
    shown = tuple(int(part) for part in areas.index[areas["state"] == State.PUBLISHED])
    if shown:
        told.append(_said(shown, total, None if exact is None else sum(exact[part] for part in shown)))
    return told


def _said(parts: tuple[int, ...], figure: int, exact: int | None) -> Told:
    if exact is not None:
        return Told(parts, exact, exact)
    return Told(parts, max(figure - BASE + 1, 0), figure + BASE - 1)


def test_no_small_count_is_pinned_in_a_thousand_towns_and_all_are_without_rounding() -> None:
    learned, learned_without, small = 0, 0, 0
    for seed in range(TOWNS):
        counts, figures, _ = drawn_town(seed)
        for name in TYPES:
            true = counts[name]
            found = pinned(len(true), told_of(figures, name))
            learned += sum(count < _SMALL for count in found.values())
            without = pinned(len(true), told_of(figures, name, exact=true))
            assert all(true[part] == count for part, count in without.items())
            learned_without += sum(count < _SMALL for count in without.values())
            small += sum(count < _SMALL for count in true)
    assert small > 2000
    assert learned == 0
    assert learned_without > small / 2


def test_the_attacker_finds_what_a_careless_total_gives_away() -> None:
    parts = [Told((part,), 0, 4) for part in range(4)]
    assert pinned(4, [*parts, Told((0, 1, 2, 3), 16, 24)]) == dict.fromkeys(range(4), 4)
    assert pinned(4, [*parts, Told((0, 1, 2, 3), 11, 19)]) == {}


def test_asking_again_or_in_another_order_gives_the_same_figures() -> None:
    rng = np.random.default_rng(3)
    areas = areas_of(5)
    states = states_of(areas, dict.fromkeys(areas.frame["area_code"], 100), minimum=10)
    reports = reports_of({TYPES[0]: [3, 7, 1, 0, 12], TYPES[1]: [2, 2, 2, 2, 2]}, rng)
    secret = rng.bytes(32)
    asked = [
        figures_of(frame, QUARTER, areas, states, crime_types=TYPES, town=("GM9999", "Stad"), secret=secret)
        for frame in (reports, reports.sample(frac=1, random_state=4).reset_index(drop=True))
    ]
    pd.testing.assert_frame_equal(*asked)


def test_what_is_hidden_is_in_no_total() -> None:
    areas = areas_of(2)
    codes = areas.frame["area_code"].to_list()
    states = states_of(areas, {codes[0]: 100, codes[1]: 4}, minimum=10)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        reports = reports_of({TYPES[0]: [6, 40], TYPES[1]: [0, 0]}, rng)
        figures = figures_of(
            reports, QUARTER, areas, states, crime_types=TYPES, town=("GM9999", "Stad"), secret=rng.bytes(32)
        )
        total = figures[(figures["level"] == TOWN) & (figures["crime_type"] == TYPES[0])]["figure"].iloc[0]
        assert total in (5, 10)


def test_hidden_neighbourhoods_show_nothing_and_unknown_dwellings_hide_all() -> None:
    areas = areas_of(3)
    codes = areas.frame["area_code"].to_list()
    assert states_of(areas, None, minimum=10).eq(State.UNKNOWN_DWELLINGS).all()
    assert states_of(areas, {}, minimum=10).eq(State.UNKNOWN_DWELLINGS).all()
    states = states_of(areas, {codes[0]: 9, codes[1]: 10, codes[2]: 0}, minimum=10)
    assert states.to_list() == [State.FEW_DWELLINGS, State.PUBLISHED, State.PUBLISHED]
    reports = reports_of({TYPES[0]: [8, 8, 8], TYPES[1]: [0, 0, 0]}, np.random.default_rng(0))
    figures = figures_of(
        reports, QUARTER, areas, states, crime_types=TYPES, town=("", "Stad"), secret=bytes(32)
    ).set_index(["area_code", "crime_type"])
    assert figures.loc[codes[0], "figure"].isna().all()
    assert figures.loc[codes[1:], "figure"].notna().all()
