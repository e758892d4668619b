# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from outlook.conftest import WEEK, make_town, town_area
from outlook.conftest import incidents as drawn
from stip.cli.app import app as stip
from stip.cli.outlook import app
from stip.errors import AgreementError, HistoryError, SettingsError, WorkspaceError
from stip.store import SCORE, Workspace, conform

RUN = CliRunner()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    area = town_area()
    return make_town(tmp_path_factory.mktemp("cli") / "town", area, drawn(area))


def ask(*words: str, town: Workspace) -> str:
    answer = RUN.invoke(app, [*words, "--workspace", str(town.root)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_run_then_show_tell_the_same(town: Workspace) -> None:
    made = ask("run", "--week", WEEK, town=town)
    shown = ask("show", "--week", WEEK, town=town)
    assert shown == made
    assert "Proefstad" in made
    assert "7 september 2026" in made
    assert "geen grond om iemand te controleren" in " ".join(made.split())
    for forbidden in ("hotspot", "voorspel", "risicogebied"):
        assert forbidden not in made.lower()


def test_json_holds_the_top_with_reasons_and_the_record(town: Workspace) -> None:
    answer = json.loads(ask("run", "--week", WEEK, "--json", town=town))
    assert answer["week"] == WEEK
    assert {row["tier"] for row in answer["top"]} == {1, 3}
    assert answer["top"][0]["name"].startswith("E")
    assert answer["top"][0]["reasons"]
    assert {line["model"] for line in answer["record"]} >= {"blend", "last_52_weeks"}


def test_without_a_week_it_is_the_one_after_the_last_report(town: Workspace) -> None:
    answer = json.loads(ask("run", "--json", town=town))
    assert answer["week"] > WEEK


def test_models_lists_every_name_with_a_label() -> None:
    answer = RUN.invoke(app, ["models", "--json"])
    names = {line["name"]: line["label"] for line in json.loads(answer.stdout)}
    assert {"blend", "long_run", "last_52_weeks", "kde", "kde_narrow", "prospective_hot_spot"} <= set(names)
    assert all(names.values())


def test_backtest_shows_models_beside_each_other_and_writes_rows(town: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    words = ("backtest", "--weeks", "6", "--until", WEEK, "--models", "blend,long_run", "--csv", str(file))
    shown = " ".join(ask(*words, town=town).split())
    assert "in 6 weken" in shown
    assert "PAI" in shown
    rows = pd.read_csv(file, parse_dates=["cutoff"])
    conform(rows, SCORE)
    assert set(rows["model"]) == {"blend", "long_run", "last_52_weeks"}  # never without its baseline


def test_backtest_as_json_gives_figures_and_differences(town: Workspace) -> None:
    words = ("backtest", "--weeks", "4", "--until", WEEK, "--models", "blend,long_run", "--json")
    answer = json.loads(ask(*words, town=town))
    assert {line["model"] for line in answer["summary"]} == {"blend", "long_run", "last_52_weeks"}
    assert all(line["ratio_low"] <= line["ratio"] <= line["ratio_high"] for line in answer["compare"])
    assert all(line["pai_low"] <= line["pai"] <= line["pai_high"] for line in answer["summary"])
    assert (answer["coverage"], {line["calibration"] for line in answer["summary"]}) == ([], {None})


def test_backtest_says_how_sure_and_whether_intervals_held(town: Workspace) -> None:
    words = ("backtest", "--until", WEEK, "--models", "last_52_weeks")
    shown = " ".join(ask(*words, "--weeks", "26", town=town).split())
    assert "met 95 % zekerheid tussen" in shown
    assert "gaat over de 20 van 26 weken die definitief zijn" in shown
    assert "interval van 80 %" in shown and "de hele gemeente" in shown
    few = " ".join(ask(*words, "--weeks", "4", town=town).split())
    assert "Geen van deze weken is definitief" in few
    assert "neem --weeks 26 of meer" in few


def test_backtest_can_guard_against_looking_ahead(town: Workspace) -> None:
    shown = ask("backtest", "--weeks", "2", "--until", WEEK, "--models", "long_run", "--guard", town=town)
    assert "in 2 weken" in " ".join(shown.split())


def test_what_is_not_there_is_said(town: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="stip outlook run"):
        RUN.invoke(app, ["show", "--week", "2020-W01", "-w", str(town.root)], catch_exceptions=False)
    with pytest.raises(AgreementError, match="‘piracy’"):
        RUN.invoke(app, ["backtest", "--type", "piracy", "-w", str(town.root)], catch_exceptions=False)


@pytest.mark.parametrize("words", [("outlook", "run"), ("outlook", "backtest"), ("week",)])
def test_a_target_without_reports_is_refused_by_every_command(words: tuple[str, ...], tmp_path: Path) -> None:
    area = town_area()
    bicycles = make_town(tmp_path / "town", area, drawn(area, crime_type="bicycle_theft", weeks=20))
    week = ("--until" if "backtest" in words else "--week", WEEK)
    with pytest.raises(HistoryError, match=r"geen meldingen van Woninginbraak .* Wel van Fietsdiefstal"):
        RUN.invoke(stip, [*words, *week, "--workspace", str(bicycles.root)], catch_exceptions=False)


def test_backtest_by_district_shows_each_and_compares_none_of_too_few(town: Workspace) -> None:
    words = ("backtest", "--until", WEEK, "--models", "long_run", "--by", "district")
    shown = " ".join(ask(*words, "--weeks", "6", town=town).split())
    assert "Wijk 0" in shown
    assert "ving meer dan" in shown
    assert "niets over de mensen in een wijk" in shown
    few = " ".join(ask(*words, "--weeks", "1", town=town).split())
    assert "Te weinig om te vergelijken, minder dan 30 meldingen: Wijk 0." in few
    answer = json.loads(ask(*words, "--weeks", "1", "--json", town=town))
    assert {line["own_rate"] for line in answer["districts"]} == {None}
    assert {line["compared"] for line in answer["spread"]} == {0}


def test_backtest_of_the_baseline_alone_is_compared_with_nothing(town: Workspace) -> None:
    words = ("backtest", "--until", WEEK, "--models", "last_52_weeks", "--weeks", "6")
    shown = " ".join(ask(*words, "--by", "district", town=town).split())
    assert "Wijk 0" in shown
    assert "ving meer dan" not in shown
    assert "PAI" in ask(*words, town=town)


def test_all_towns_of_a_folder_get_their_outlook_and_one_that_cannot_is_told(tmp_path: Path, town: Workspace) -> None:
    for name in ("aa", "bb"):
        shutil.copytree(town.root, tmp_path / "land" / name)
    (tmp_path / "land" / "bb" / "data" / "cells.parquet").unlink()
    words = ["outlook", "run", "--all", str(tmp_path / "land"), "--week", WEEK, "--workers", "1"]
    answer = RUN.invoke(stip, [*words, "--json"])
    assert answer.exit_code == 1
    found = {line["town"]: line for line in json.loads(answer.stdout)}
    assert found["aa"]["outcome"] in ("made", "found") and found["aa"]["run_id"]
    assert found["bb"]["outcome"] == "failed" and "stip link" in found["bb"]["why"]
    shutil.rmtree(tmp_path / "land" / "bb")
    shown = RUN.invoke(stip, words)
    assert shown.exit_code == 0
    assert "was er al" in shown.stdout and found["aa"]["run_id"] in shown.stdout


def test_a_cluster_without_a_folder_of_towns_is_refused(town: Workspace) -> None:
    with pytest.raises(SettingsError, match="--all"):
        RUN.invoke(
            stip,
            ["outlook", "run", "--workspace", str(town.root), "--cluster", "tcp://127.0.0.1:9"],
            catch_exceptions=False,
        )
