# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK
from stip.outlook import History
from stip.outlook.verdict import VERDICT_WEEKS, judged_weeks, verdict_on, warnings_of
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


def test_a_clear_gain_on_everything_is_called_better() -> None:
    found = judge(record([9, 8, 9, 10] * 3, [5, 4, 5, 5] * 3, [4] * 12))
    assert found["use"] == "model"
    assert found["certainty"] > 0.999
    assert found["text"].startswith(
        "Woninginbraak: in de 12 weken t/m week 12 van 2026 vielen 108 van de 240 meldingen"
    )
    assert "‘de laatste 52 weken’ het meest: 57." in found["text"]
    assert "De vooruitblik deed het beter dan alles wat ernaast staat." in found["text"]
    assert found["text"].endswith("Het volgende oordeel komt na week 24 van 2026.")


def test_better_than_one_but_not_than_the_best_is_not_called_better() -> None:
    found = judge(record([9, 8, 9, 10] * 3, [5, 4, 5, 5] * 3, [9, 10, 9, 8] * 3))
    assert found["best"] == "long_run" and found["best_hits"] == 108
    assert "‘alle meldingen tot nu toe’ het meest: 108." in found["text"]
    assert "Dat verschil kan toeval zijn." in found["text"]
    assert "beter" not in found["text"]


def test_a_clear_loss_turns_the_plan_to_the_baseline_and_says_so_by_its_one_name() -> None:
    found = judge(record([4] * 12, [6, 5, 7, 6] * 3, [4] * 12))
    assert found["use"] == "baseline"
    assert "ving minder dan ‘de laatste 52 weken’ (72); het plan gaat daarom daarvan uit" in found["text"]
    assert "gewone" not in found["text"]


def test_a_clear_loss_to_another_than_the_baseline_is_said_too() -> None:
    found = judge(record([6, 4] * 6, [5, 5] * 6, [9, 8, 10] * 4))
    assert found["use"] == "model"
    assert "De vooruitblik deed het slechter dan ‘alle meldingen tot nu toe’." in found["text"]


def test_a_small_difference_may_be_chance() -> None:
    found = judge(record([6, 4] * 6, [5, 5] * 6, [4] * 12))
    assert found["use"] == "model"
    assert "Dat verschil kan toeval zijn." in found["text"]


def test_few_incidents_are_not_judged() -> None:
    found = judge(record([0] * 12, [1] * 12, [0] * 12, total=2.0))
    assert found["use"] == "model"
    assert "te weinig" in found["text"]


@pytest.mark.parametrize("weeks", [0, 11])
def test_without_a_whole_block_it_says_so(weeks: int) -> None:
    columns = ["model", "crime_type", "week", "area_share", "hits", "total"]
    found = judge(record([9.0] * weeks, [1.0] * weeks, [1.0] * weeks).reindex(columns=columns))
    assert found["use"] == "model"
    assert "nog geen blok van 12 weken" in found["text"]


def test_weeks_that_were_not_delivered_are_left_out_and_named() -> None:
    whole = record([6] * 12, [5] * 12, [4] * 12)
    untold = (week_number("2026-W05"), week_number("2026-W12"))
    kept = whole[~whole["week"].isin(["2026-W05", "2026-W12"])]
    found = verdict_on(kept, "home_burglary", OutlookSettings(), "Woninginbraak", untold=untold, final_after_weeks=6)
    assert (found["weeks"], found["hits"]) == (10, 60)
    assert "in de 10 weken t/m week 12 van 2026" in found["text"]
    assert "Van week 5 van 2026, week 12 van 2026 kwam geen bestand; dat telt niet mee." in found["text"]
    assert found["text"].endswith("Het volgende oordeel komt na week 30 van 2026.")
    most = tuple(week_number(f"2026-W{week:02d}") for week in range(1, 8))
    found = verdict_on(whole[whole["week"] > "2026-W07"], "home_burglary", OutlookSettings(), "Inbraak", untold=most)
    assert (found["use"], found["text"]) == (
        "model",
        "Inbraak: van te veel weken kwam geen bestand om de vooruitblik aan te toetsen.",
    )


def test_a_block_is_judged_once_however_often_one_looks() -> None:
    blocks = [judged_weeks(week, final_after_weeks=6) for week in range(CUTOFF, CUTOFF + 52)]
    assert len(set(blocks)) in (5, 6)
    assert all(
        len(block) == VERDICT_WEEKS and week - block[-1] > 6 for week, block in enumerate(blocks, start=CUTOFF)
    )  # all final
    ordered = sorted(set(blocks), key=lambda block: block.start)
    assert all(one.stop == other.start for one, other in pairwise(ordered))


def test_over_a_year_of_looking_every_week_chance_is_hardly_ever_called_a_difference() -> None:
    draw = np.random.default_rng(11)
    years, called = 400, 0
    for _ in range(years):
        for _ in range(4):  # blocks in a year
            both = draw.poisson(18 * 0.2, 12)
            sides = [both + draw.poisson(18 * 0.08, 12) for _ in range(3)]
            text = judge(record(*[side.astype(float).tolist() for side in sides], total=18.0))["text"]
            if "deed het beter" in text:
                called += 1
                break
    assert called / years < 0.05


def test_a_full_history_asks_for_no_care(history: History) -> None:
    assert warnings_of(history, LABELS) == []


@pytest.mark.parametrize(("weeks", "said"), [(1, "1 week eerder"), (4, "4 weken eerder")])
def test_late_reports_are_told(history: History, weeks: int, said: str) -> None:
    stopped = replace(history.as_known(CUTOFF - weeks), cutoff_week=CUTOFF)
    assert any(said in line for line in warnings_of(stopped, LABELS))


def test_a_week_in_which_nothing_came_in_is_told(history: History) -> None:
    gapped = replace(history, undelivered=((CUTOFF - 60, CUTOFF - 3),))
    (line,) = warnings_of(gapped, LABELS)
    assert line.startswith("Woninginbraak: in week 34 van 2026 kwam niets binnen")
    assert "telt niet als rustig" in line


def test_reports_that_point_at_no_cell_are_told(history: History) -> None:
    (line,) = warnings_of(replace(history, coarse_known_week=history.known_week[:40]), LABELS)
    assert line.startswith("Een deel van de meldingen is minder precies bekend dan een vak van 125 meter")
    assert "40" not in line


def test_a_thin_or_short_history_is_told(history: History) -> None:
    few = np.arange(len(history)) < 150
    thin = replace(
        history,
        **{name: getattr(history, name)[few] for name in ("cell_index", "type_index", "occurred_week", "known_week")},
        weight=history.weight[few],
    )
    assert any("minder dan 200 meldingen bekend" in line for line in warnings_of(thin, LABELS))
    short = replace(history, occurred_week=history.occurred_week.clip(min=CUTOFF - 40))
    assert any("40 weken bekend" in line for line in warnings_of(short, LABELS))
