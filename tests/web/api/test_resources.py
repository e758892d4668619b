# SPDX-License-Identifier: EUPL-1.2
"""What the other resources tell is what the library holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from django.test import Client

from stip.agreements import agreements_of
from stip.learn import weeks_table
from stip.plan import shown_plan
from stip.publish import BASE, coarse_incidents
from stip.space import week_numbers, week_texts
from stip.store import Workspace, batches, latest_run, layer_names, read_areas, read_cells, read_layer
from stip_web.accounts.permissions import Permission as May
from stip_web.api.resources import areas, layers, outlook, plan, record, sources, weeks
from stip_web.audit.models import AccessLine, ProcessingSpan
from stip_web.workspaces.clock import this_week

WEEK = "2026-W37"
FIXED = "2026-W36"


@pytest.fixture
def workspace(site: Any) -> Workspace:
    return Workspace.open(site)


def test_areas_are_whole(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program().json("/areas")
    areas.Areas.model_validate(body)
    assert {each["properties"]["code"] for each in body["features"]} == set(read_areas(workspace).names())
    assert program().json("/areas", {"bbox": "0,0,1,1"})["features"] == []


def test_layers_say_their_source_and_reference_systems(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program().json("/layers")
    layers.Layers.model_validate(body)
    assert [each["name"] for each in body["layers"]] == layer_names(workspace)
    assert all({"EPSG:28992", "EPSG:4258"} <= set(each["crs"]) for each in body["layers"])


@pytest.mark.parametrize("name", ["trees", "roads", "parks", "ownership"])
def test_a_layer_comes_in_parts(program: Callable[..., Any], workspace: Workspace, name: str) -> None:
    whole = read_layer(workspace, name)
    seen, cursor = 0, None
    while True:
        query = {"limit": 10_000, "crs": "EPSG:28992"} | ({"cursor": cursor} if cursor else {})
        body = program().json(f"/layers/{name}/features", query)
        layers.LayerFeatures.model_validate(body)
        seen += len(body["features"])
        cursor = body["next"]
        if cursor is None:
            break
    assert seen == body["numberMatched"] == len(whole)


def test_weeks_say_what_there_is(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program().json("/weeks")
    weeks.Weeks.model_validate(body)
    assert body["thisWeek"] == this_week(workspace)
    assert [(each["week"], each["plan"], each["record"]) for each in body["weeks"]] == [
        (WEEK, "proposed", "notScored"),
        ("2026-W36", "adopted", "provisional"),
    ]


def test_the_outlook_is_the_frozen_one(program: Callable[..., Any], workspace: Workspace) -> None:
    run = latest_run(workspace, "outlook", WEEK)
    assert run is not None
    body = program().json(f"/weeks/{WEEK}/outlook", {"limit": 10_000})
    outlook.Outlook.model_validate(body)
    assert body["runId"] == run.run_id
    told = {
        (each["properties"]["cell"], kind["crimeType"]): (
            *(pytest.approx(kind[name]) for name in ("expected", "low", "high", "baseline")),
            kind["tier"],
            kind["reasons"],
        )
        for each in body["features"]
        for kind in each["properties"]["types"]
    }
    name = workspace.grid.name
    frozen = {
        (name(row["cell"]), row["crime_type"]): (
            *(row[figure] for figure in ("expected", "low", "high", "baseline")),
            row["tier"],
            list(row["reasons"]),
        )
        for row in run.table("outlook").to_dict("records")
    }
    assert len(told) > 1000
    assert told == {key: frozen[key] for key in told}
    assert {key[0] for key in frozen} == {each["properties"]["cell"] for each in body["features"]}


@pytest.mark.parametrize("role", ["analyst", "policy"])
def test_the_outlook_hides_what_the_page_hides_and_tells_the_same(
    program: Callable[..., Any], as_role: Callable[[str], Client], own_site: Path, role: str
) -> None:
    """One neighbourhood is left with a few homes, so that both rules have something to hide."""
    few = _with_few_dwellings(own_site)
    features = program(role).json(f"/weeks/{WEEK}/outlook", {"limit": 10_000})["features"]
    places = [each["properties"] for each in features]
    key, code = ("cell", "cell") if role == "analyst" else ("areaCode", "code")
    hidden = {each[key] for each in places if each["hidden"]}
    assert hidden
    assert role == "analyst" or few in hidden
    assert all(bool(each["types"]) != each["hidden"] for each in places)
    kinds = {kind["crimeType"] for each in places for kind in each["types"]}
    assert len(kinds) > 2
    for name in sorted(kinds)[:3]:
        twin = as_role(role).get(f"/vooruitblik/{WEEK.lower()}.geojson?soort={name}").json()["features"]
        rows = [each["properties"] for each in twin]
        assert {row[code] for row in rows if row["state"] == "verborgen om privacy"} == hidden
        page = {row[code]: row for row in rows if row[code] not in hidden}
        told = {each[key]: kind for each in places for kind in each["types"] if kind["crimeType"] == name}
        assert page.keys() == told.keys()
        for place, kind in told.items():
            row = page[place]
            assert (row["low"], row["high"]) == (kind["low"], kind["high"])
            assert row["beside"] == pytest.approx(kind["baseline"], abs=0.051)
            if role == "analyst":
                assert row["expected"] == pytest.approx(kind["expected"], abs=0.0001)


def test_who_may_see_fine_dots_finds_no_more_in_the_outlook(program: Callable[..., Any]) -> None:
    asked = (f"/weeks/{WEEK}/outlook", {"limit": 10_000})
    both, without = program("analyst").json(*asked), program("analyst", May.OUTLOOK_READ).json(*asked)
    assert both["features"] == without["features"]


def test_the_outlook_is_by_neighbourhood_when_coarse(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program("policy").json(f"/weeks/{WEEK}/outlook", {"limit": 10_000})
    outlook.Outlook.model_validate(body)
    assert body["precision"] == "areas"
    assert body["overrides"] == []
    assert len(body["features"]) == len(read_areas(workspace).frame)
    assert all(each["properties"]["cell"] is None for each in body["features"])
    run = latest_run(workspace, "outlook", WEEK)
    assert run is not None
    table = run.table("outlook")
    shown = {each["properties"]["areaCode"] for each in body["features"] if not each["properties"]["hidden"]}
    inside = read_cells(workspace).set_index("cell")["area_code"].reindex(table["cell"]).isin(shown).to_numpy()
    added = sum(kind["expected"] for each in body["features"] for kind in each["properties"]["types"])
    assert added == pytest.approx(float(table["expected"][inside].sum()))
    kinds = [kind for each in body["features"] for kind in each["properties"]["types"]]
    assert all(kind["low"] <= kind["high"] for kind in kinds)


def _with_few_dwellings(root: Path) -> str:
    """Leave five homes in one neighbourhood of a town; gives its code."""
    file = root / "data" / "cells.parquet"
    table = pq.read_table(file)
    cells = table.to_pandas()
    code = str(cells.loc[cells["in_study"].astype(bool), "area_code"].dropna().iloc[0])
    rows = (cells["area_code"] == code).to_numpy(bool)
    homes = np.where(rows, 0, cells["dwellings"].fillna(0))
    homes[np.flatnonzero(rows)[0]] = 5
    column = table.schema.get_field_index("dwellings")
    made = pa.array(homes, from_pandas=True).cast(table.schema.field("dwellings").type)
    pq.write_table(table.set_column(column, table.schema.field("dwellings"), made), file)
    return code


@pytest.mark.parametrize("week", [WEEK, FIXED])
def test_the_plan_is_the_one_that_stands(program: Callable[..., Any], workspace: Workspace, week: str) -> None:
    run = latest_run(workspace, "plan", week)
    assert run is not None
    shown = shown_plan(workspace, run)
    body = program().json(f"/weeks/{week}/plan")
    plan.Plan.model_validate(body)
    assert (body["version"], body["status"]) == (shown.version, shown.status)
    assert [each["properties"]["placeId"] for each in body["features"]] == [p.place_id for p in shown.proposal.places]


def test_who_may_see_no_cells_finds_none_in_the_plan(program: Callable[..., Any], workspace: Workspace) -> None:
    fine, coarse = (
        program(role).json(f"/weeks/{FIXED}/plan", {"crs": "EPSG:28992"}) for role in ("analyst", "policy")
    )
    plan.Plan.model_validate(coarse)
    assert (fine["precision"], coarse["precision"]) == ("cells", "areas")
    names = read_areas(workspace).names()
    borders = read_areas(workspace).frame.set_index("area_code").geometry
    assert coarse["features"]
    for exact, rough in zip(fine["features"], coarse["features"], strict=True):
        before, after = exact["properties"], rough["properties"]
        gone = dict.fromkeys(("placeId", "expected", "low", "high", "hours", "visits", "probability"))
        gone |= {name: [] for name in ("cells", "reasons", "when")}
        assert after == before | gone
        assert before["placeId"] and before["cells"] and before["expected"] > 0 and before["high"] is not None
        touched = borders[[code for code, name in names.items() if name in before["areas"]]]
        assert shapely.equals_exact(
            shapely.normalize(shapely.geometry.shape(rough["geometry"])),
            shapely.normalize(touched.union_all()),
            tolerance=0.01,
        )
    assert coarse["why"] == []
    assert program("policy").get(f"/weeks/{WEEK}/plan").status_code == 404  # nobody fixed that one yet
    said = str(coarse)
    assert not [name for each in fine["features"] for name in each["properties"]["cells"] if name in said]


def test_a_look_at_the_plan_is_written_with_who_looked(program: Callable[..., Any]) -> None:
    program("policy").json(f"/weeks/{FIXED}/plan")
    span, line = ProcessingSpan.objects.get(), AccessLine.objects.get()
    assert span.attributes["dpl.core.processing_activity_id"] == "stip:vooruitblik"
    assert (line.actor_name, line.activity, line.trace_id) == ("policy-test", "vooruitblik", span.trace_id)


def test_the_record_is_told_up_to_the_week(program: Callable[..., Any], workspace: Workspace) -> None:
    table = weeks_table(workspace).set_index("week")
    body = program().json(f"/weeks/{WEEK}/record")
    record.Record.model_validate(body)
    assert [each["week"] for each in body["weeks"]] == ["2026-W36", WEEK]
    assert body["weeks"][0]["hits"] == table.loc["2026-W36", "hits"]
    assert body["weeks"][1]["hits"] is None
    assert {line["isOutlook"] for line in body["lines"]} == {True, False}
    earlier = program().json("/weeks/2026-W36/record")
    assert [each["week"] for each in earlier["weeks"]] == ["2026-W36"]


def test_who_sees_no_places_gets_a_record_that_is_the_sum_of_the_map(
    program: Callable[..., Any], workspace: Workspace
) -> None:
    body = program("policy").json("/weeks/2026-W36/record")
    rows = coarse_incidents(workspace)
    rows = rows[rows["crime_type"].isin(workspace.settings.outlook.targets)]  # no outlook is made for the others
    weeks = pd.Series(week_texts(week_numbers(rows["from_at"], workspace.settings.town.time_zone)), index=rows.index)
    (week,) = body["weeks"]
    assert week["reported"] == (weeks == "2026-W36").sum() > 0
    for line in body["lines"]:
        assert line["hits"] % BASE == line["total"] % BASE == 0
    for name in ("reported", "hits", "baselineHits", "bestHits"):
        assert week[name] % BASE == 0


def test_sources_say_how_fresh_they_are(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program().json("/sources")
    sources.Sources.model_validate(body)
    police = next(each for each in body["sources"] if each["source"] == "bvh")
    assert police["batches"] == len(batches(workspace))
    assert police["daysSinceKnown"] < 1
    assert next(each for each in body["sources"] if each["source"] == "incidents")["lastReceivedAt"] is None


def test_batches_are_counts_newest_first(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program().json("/batches", {"limit": 3})
    sources.Batches.model_validate(body)
    newest = [batch["batch_id"] for batch in batches(workspace)][::-1]
    assert [each["batchId"] for each in body["batches"]] == newest[:3]
    rest = program().json("/batches", {"cursor": body["next"]})
    assert [each["batchId"] for each in rest["batches"]] == newest[3:]


def test_agreements_are_readable_for_who_watches(program: Callable[..., Any], workspace: Workspace) -> None:
    body = program("privacy_officer").json("/agreements")
    sources.Agreements.model_validate(body)
    assert [each["source"] for each in body["agreements"]] == list(agreements_of(workspace))
