# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.outlook import Context, History
from stip.outlook.facts import around, fact_of
from stip.outlook.reasons import Pull, reasons_of
from stip.space import week_number

CUTOFF = week_number(WEEK)
KINDS = ("recent_near", "year_cell", "year_around")


@pytest.fixture
def lit(history: History) -> History:
    """Give the town with the distance to a lamppost for each cell."""
    lamps = np.full((len(history.area), 1), 25.0)
    lamps[5] = 60.0
    return replace(history, context=Context(len(history.area), ("lampposts_distance",), lamps))


def test_the_number_of_a_year_is_the_number_of_reports_in_the_cell(history: History) -> None:
    counted = history.counts("home_burglary", CUTOFF - 52, CUTOFF)
    busiest = int(np.argmax(counted))
    text = fact_of(history, "home_burglary", "year_cell").text(busiest)
    usual = f"{counted.mean():.1f}".replace(".", ",")
    assert text == f"{round(counted[busiest])} meldingen in dit vak in een jaar, gemiddeld {usual}"


def test_around_adds_the_cells_whose_middle_lies_within(history: History) -> None:
    counted = history.counts("home_burglary", CUTOFF - 8, CUTOFF)
    x_m, y_m = history.area.grid.centre(history.area.cells)
    by_hand = [counted[np.hypot(x_m - x, y_m - y) <= 250].sum() for x, y in zip(x_m, y_m, strict=True)]
    assert around(history, counted, 250) == pytest.approx(by_hand, abs=1e-4)


def test_the_usual_number_is_worked_out_once_for_all_cells(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(values: np.ndarray) -> np.floating:
        nonlocal asked
        asked += 1
        return np.mean(values)

    monkeypatch.setattr(np, "nanmean", counted)
    fact = fact_of(history, "home_burglary", "year_cell")
    assert sum(fact.text(cell) is not None for cell in range(len(history.area))) > 5
    assert asked == 1


def test_a_count_no_higher_than_usual_is_no_reason(history: History) -> None:
    counted = history.counts("home_burglary", CUTOFF - 52, CUTOFF)
    quiet = int(np.argmin(counted))
    assert fact_of(history, "home_burglary", "year_cell").text(quiet) is None


def test_surroundings_are_told_beside_those_of_the_town(lit: History) -> None:
    text = fact_of(lit, "home_burglary", "lampposts_distance").text(5)
    assert text == "60 meter tot een lantaarnpaal, gemiddeld 25 meter"


@pytest.mark.parametrize(
    ("feature", "value", "said"),
    [
        ("horeca_count_250m", 12.0, "12 horecazaken binnen 250 meter, gemiddeld 12"),
        ("horeca_count_250m", 1.0, "1 horecazaak binnen 250 meter, gemiddeld 1,0"),
        ("parks_area_share", 0.4, "40 % groen in dit vak, gemiddeld 40 %"),
        ("trees_density_100m", 800.0, "800 bomen per km² binnen 100 meter, gemiddeld 800"),
        ("garage_boxes_distance", 75.0, "75 meter tot garage boxes, gemiddeld 75 meter"),
        ("noise_mean_100m", 55.0, "noise binnen 100 meter: 55, gemiddeld 55"),
    ],
)
def test_each_measure_has_its_words(history: History, feature: str, value: float, said: str) -> None:
    context = Context(len(history.area), (feature,), np.full((len(history.area), 1), value))
    assert fact_of(replace(history, context=context), "home_burglary", feature).text(0) == said


def test_reasons_come_in_order_of_weight_and_never_more_than_three(lit: History) -> None:
    pulls = [
        Pull(kind, np.full(len(lit.area), strength))
        for kind, strength in zip((*KINDS, "lampposts_distance"), (0.1, 0.3, 0.2, 0.4), strict=True)
    ]
    which = np.ones(len(lit.area), dtype=bool)
    found = reasons_of(lit, "home_burglary", pulls, which)
    assert max(len(facts) for facts in found) == 3
    assert all(facts[0].endswith("gemiddeld 25 meter") for facts in found)
    assert all(len(" ".join(facts).split()) <= 60 for facts in found)


def test_no_reason_says_what_causes_what(lit: History) -> None:
    pulls = [Pull(kind, np.ones(len(lit.area))) for kind in (*KINDS, "others_near", "lampposts_distance")]
    found = reasons_of(lit, "home_burglary", pulls, np.ones(len(lit.area), dtype=bool))
    causal = re.compile(r"\b(door|omdat|doordat|vanwege|dus|daardoor|want|oorzaak|zorgt)\b")
    assert not [text for facts in found for text in facts if causal.search(text)]


def test_only_the_cells_asked_for_get_reasons_and_a_slight_pull_is_none(history: History) -> None:
    which = np.zeros(len(history.area), dtype=bool)
    which[int(np.argmax(history.counts("home_burglary", CUTOFF - 52, CUTOFF)))] = True
    strong = Pull("year_cell", np.full(len(history.area), 1.0))
    slight = Pull("year_around", np.full(len(history.area), 0.01))
    found = reasons_of(history, "home_burglary", [strong, slight], which)
    assert [len(facts) for facts in found if facts] == [1]
    assert reasons_of(history, "home_burglary", [], which) == [[]] * len(history.area)
