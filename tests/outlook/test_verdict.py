# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK
from stip.outlook import History
from stip.outlook.verdict import verdict_on, warnings_of
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)
LABELS = {"home_burglary": "Woninginbraak"}


def record(model: list[float], baseline: list[float], long_run: list[float], total: float = 20.0) -> pd.DataFrame:
    named = {"blend": model, "last_52_weeks": baseline, "long_run": long_run}
    return pd.DataFrame(
        {
            "model": name, "crime_type": "home_burglary", "week": f"2026-W{week:02d}", "area_share": 0.03,
            "hits": hits, "total": total,
        }
        for name, series in named.items()
        for week, hits in enumerate(series, start=1)
    )  # fmt: skip


def judge(rows: pd.DataFrame) -> dict:
    return verdict_on(rows, "home_burglary", OutlookSettings(), "Woninginbraak")


def test_a_clear_gain_is_called_better() -> None:
    found = judge(record([9, 8, 9, 10] * 3, [5, 4, 5, 5] * 3, [4] * 12))
    assert found["use"] == "model"
    assert found["certainty"] == 1
    assert found["text"].startswith("Woninginbraak: in 12 weken vielen 108 van de 240 meldingen")
    assert found["text"].endswith("De vooruitblik deed het beter.")


def test_a_clear_loss_turns_the_plan_to_the_baseline_and_says_so() -> None:
    found = judge(record([4] * 12, [6, 5, 7, 6] * 3, [4] * 12))
    assert found["use"] == "baseline"
    assert "het plan gaat daarom uit van de gewone telling" in found["text"]


def test_a_small_difference_may_be_chance() -> None:
    found = judge(record([6, 4] * 6, [5, 5] * 6, [4] * 12))
    assert found["use"] == "model"
    assert found["text"].endswith("kan toeval zijn.")


def test_another_baseline_that_caught_most_is_named() -> None:
    found = judge(record([6, 4] * 6, [5, 5] * 6, [7] * 12))
    assert found["text"].endswith("Het meest viel in die van ‘alle meldingen tot nu toe’: 84.")


def test_few_incidents_are_not_judged() -> None:
    found = judge(record([0] * 12, [1] * 12, [0] * 12, total=2.0))
    assert found["use"] == "model"
    assert "te weinig" in found["text"]


def test_without_a_record_it_says_so() -> None:
    found = judge(record([], [], []).reindex(columns=["model", "crime_type", "week", "area_share", "hits", "total"]))
    assert found["use"] == "model"
    assert "nog geen overzicht" in found["text"]


def test_a_full_history_asks_for_no_care(history: History) -> None:
    assert warnings_of(history, LABELS) == []


@pytest.mark.parametrize(("weeks", "said"), [(1, "1 week eerder"), (4, "4 weken eerder")])
def test_late_reports_are_told(history: History, weeks: int, said: str) -> None:
    stopped = replace(history.as_known(CUTOFF - weeks), cutoff_week=CUTOFF)
    assert any(said in line for line in warnings_of(stopped, LABELS))


def test_a_week_in_which_nothing_came_in_is_told(history: History) -> None:
    gapped = replace(history, undelivered=((CUTOFF - 60, CUTOFF - 3),))
    (line,) = warnings_of(gapped, LABELS)
    assert line.startswith("Woninginbraak: in 2026-W34 kwam niets binnen")
    assert "telt niet als rustig" in line


def test_reports_that_point_at_no_cell_are_told(history: History) -> None:
    (line,) = warnings_of(replace(history, coarse_known_week=history.known_week[:40]), LABELS)
    assert line.startswith("40 meldingen zijn minder precies bekend dan een vak van 125 meter")


def test_a_thin_or_short_history_is_told(history: History) -> None:
    few = np.arange(len(history)) < 150
    thin = replace(
        history,
        **{name: getattr(history, name)[few] for name in ("cell_index", "type_index", "occurred_week", "known_week")},
        weight=history.weight[few],
    )
    assert any("maar 150 meldingen" in line or "maar 14" in line for line in warnings_of(thin, LABELS))
    short = replace(history, occurred_week=history.occurred_week.clip(min=CUTOFF - 40))
    assert any("40 weken bekend" in line for line in warnings_of(short, LABELS))
