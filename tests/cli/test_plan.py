# SPDX-License-Identifier: EUPL-1.2
"""``stip plan`` as a stranger meets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from plan.made_town import QUICK, STATED, WEEK, make_town, open_with
from stip.agreements import record_pause
from stip.cli.plan import app
from stip.errors import PlanError, SettingsError
from stip.plan import TYPES_APART
from stip.settings import write_toml
from stip.store import Workspace, latest_run, read_decisions, write_text

WHY = ("--reason", "Kermis op het plein.", "--role", "coordinator")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    town = make_town(np.random.default_rng(5).random((8, 12)), districts=2)
    opened = open_with(workspace, town, plan=QUICK, learn=STATED)
    write_text(opened.root / "stip.toml", write_toml(opened.settings))
    return opened


def stip(workspace: Workspace, *words: str) -> Result:
    # The command's own main turns a refusal into its sentence and exit 1; here it comes as it is.
    result = CliRunner().invoke(app, [*words, "--workspace", str(workspace.root)], env={"COLUMNS": "200"})
    if isinstance(result.exception, (PlanError, SettingsError)):
        raise result.exception
    return result


def facts(workspace: Workspace, *words: str) -> dict:
    result = stip(workspace, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_make_tells_where_how_long_why_and_what_is_left_to_chance(filled):
    told = stip(filled, "make").stdout
    for line in (
        f"Weekplan {WEEK} · Wijk 0",
        "3 plekken, 37,5 van 96,0 uur · voorstel",
        "Deze week Wijk 0",
        "Niet gekozen: Wijk 0",
        "Let op: 58,5 van de 96,0 uur is niet verdeeld.",
        "12,5 uur, 3 bezoeken, praten",
        "meldingen; waarschijnlijk tussen",
        "· feit over vak",
        "[geloot]",
        "· Geloot: de kans op deze plek was 1 op",
        "dat is nagegaan over elke aaneengesloten, compacte plek",
        "Door het lot gekozen: plek 3, uit",
        TYPES_APART,
        "Mensen beslissen.",
        "Stel het vast met: stip plan adopt --week 2026-W37",
    ):
        assert line in told
    assert latest_run(filled, "plan", WEEK) is not None


def test_a_dry_run_writes_nothing(filled):
    told = stip(filled, "make", "--dry-run").stdout
    assert "Er is niets geschreven." in told
    assert latest_run(filled, "plan", WEEK) is None


def test_json_is_only_json(filled):
    plan = facts(filled, "make", "--hours", "30", "--week", WEEK)
    assert plan["hours"] == 30
    assert plan["planned_hours"] <= 30
    assert plan["places"][0]["cells"][0].startswith("E")
    assert plan["places"][0]["kind"] == "talk"
    assert plan["drawn_from"] > 3
    assert "frame" not in plan


def test_from_proposal_to_plan(filled):
    plan = facts(filled, "make")
    assert "voorstel, nog niet vastgesteld" in stip(filled, "show").stdout
    assert facts(filled, "show")["adopted"] is None
    assert facts(filled, "adopt", "--dry-run")["visited"] == 3
    assert "Zou worden vastgesteld" in stip(filled, "adopt", "--dry-run").stdout
    assert read_decisions(filled, "plan").empty
    told = stip(filled, "adopt").stdout
    assert f"Vastgesteld: weekplan {WEEK}, versie 1." in told
    assert "3 plekken, uit voorstel" in told
    assert "vastgesteld, versie 1" in stip(filled, "show").stdout
    shown = facts(filled, "show")
    assert shown["adopted"] == {"version": 1, "places": [place["place_id"] for place in plan["places"]]}


def test_a_plan_says_nothing_of_the_outlook_while_that_is_on_hold(filled, tmp_path):
    plan = facts(filled, "make")
    record_pause(filled, "outlook", paused=True, reason="Wij kijken het na.", role="fg", at=datetime.now(UTC))
    told = stip(filled, "show").stdout
    assert "Verwacht:" not in told and "De vooruitblik staat stil" in told
    assert not [reason for place in plan["places"] for reason in place["reasons"] if reason in told]
    shown = facts(filled, "show")
    assert [place["place_id"] for place in shown["places"]] == [place["place_id"] for place in plan["places"]]
    assert {(place["expected"], place["high"], *place["reasons"]) for place in shown["places"]} == {(None, None)}
    files = ("--csv", str(tmp_path / "p.csv"), "--geojson", str(tmp_path / "p.geojson"))
    assert stip(filled, "export", *files).exit_code == 0
    properties = json.loads((tmp_path / "p.geojson").read_text())["features"][0]["properties"]
    assert (properties["verwacht"], properties["redenen"]) == (None, [])
    assert "nan" not in (tmp_path / "p.csv").read_text()


def test_a_place_can_be_left_out_with_a_reason(filled):
    plan = facts(filled, "make")
    name = plan["places"][0]["place_id"]
    done = facts(filled, "adopt", "--without", f"{name}=De brug is open.")
    assert (done["visited"], done["left_out"]) == (2, 1)
    assert "voorstel; versie 1 staat vast met andere plekken" in stip(filled, "show").stdout
    assert stip(filled, "adopt", "--without", name).exit_code == 2


def test_people_may_want_another_kind_of_visit(filled):
    name = facts(filled, "make")["places"][0]["place_id"]
    facts(filled, "adopt", "--kind", f"{name}=licht")
    assert read_decisions(filled, "plan").set_index("place_id").loc[name, "kind"] == "light"
    assert stip(filled, "adopt", "--kind", f"{name}=bekeuren").exit_code == 2


def test_an_older_proposal_is_adopted_by_its_number(filled):
    first = facts(filled, "make")
    short = facts(filled, "make", "--hours", "20")
    assert f"--run {first['run_id']}" in stip(filled, "make").stdout
    assert facts(filled, "adopt", "--dry-run")["run_id"] == short["run_id"]
    assert facts(filled, "adopt", "--run", first["run_id"])["visited"] == len(first["places"])
    with pytest.raises(PlanError, match="geen voorstel x"):
        stip(filled, "show", "--run", "x")


def test_own_insight_comes_into_the_next_plan(filled):
    place = facts(filled, "make")["places"][0]
    assert "vervalt" in stip(filled, "override", "drop", *place["cells"], *WHY).stdout
    again = facts(filled, "make")
    assert {cell for each in again["places"] for cell in each["cells"]}.isdisjoint(place["cells"])
    told = stip(filled, "override", "add", *place["cells"][:2], *WHY).stdout
    assert "2 vakken" in told
    assert "toegevoegd als eigen plek" in told
    own = [each for each in facts(filled, "make")["places"] if each["origin"] == "person"]
    assert own[0]["cells"] == sorted(place["cells"][:2], key=place["cells"].index)
    assert "[eigen inzicht]" in stip(filled, "make").stdout
    listed = json.loads(stip(filled, "override", "list", "--json").stdout)
    assert [row["kind"] for row in listed] == ["drop", "add"]
    assert {row["role"] for row in listed} == {"coordinator"}
    assert "Kermis op het plein." in stip(filled, "override", "list").stdout


def test_moving_and_lowering(filled):
    place = facts(filled, "make")["places"][0]
    assert "1 vak" in stip(filled, "override", "lower", place["cells"][0], "--type", "bicycle_theft", *WHY).stdout
    dry = stip(filled, "override", "move", place["cells"][0], "--to", place["cells"][1], *WHY, "--dry-run").stdout
    assert "Er is niets geschreven." in dry
    assert len(read_decisions(filled, "override")) == 1
    stip(filled, "override", "move", place["cells"][0], "--to", place["cells"][1], *WHY)
    assert len(read_decisions(filled, "override")) == 2


def test_an_empty_list_says_so(filled):
    assert "niets toegevoegd" in stip(filled, "override", "list").stdout


def test_a_decision_needs_reason_and_role(filled):
    place = facts(filled, "make")["places"][0]
    assert stip(filled, "override", "drop", place["cells"][0], "--role", "lid").exit_code == 2
    with pytest.raises(PlanError, match="Deze rol ken ik niet"):
        stip(filled, "override", "drop", place["cells"][0], "--reason", "Werk.", "--role", "wethouder")
    with pytest.raises(SettingsError, match="is geen vak"):
        stip(filled, "override", "drop", "hier", *WHY)


def test_export_writes_both_files(filled, tmp_path):
    facts(filled, "make")
    table, layer = tmp_path / "plan.csv", tmp_path / "plan.geojson"
    result = stip(filled, "export", "--csv", str(table), "--geojson", str(layer))
    assert "Geschreven:" in result.stdout
    assert table.read_text(encoding="utf-8-sig").startswith("Week;Plek;")
    assert json.loads(layer.read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert facts(filled, "export", "--csv", str(table))["csv"] == str(table)
    assert stip(filled, "export").exit_code == 2


def test_without_outlook_or_plan_the_next_step_is_named(workspace):
    with pytest.raises(PlanError, match="stip outlook run"):
        stip(workspace, "make")
    with pytest.raises(PlanError, match="stip plan make"):
        stip(workspace, "show")
    with pytest.raises(PlanError, match="--week 2026-W37"):
        stip(workspace, "override", "list")
