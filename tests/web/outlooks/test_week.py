# SPDX-License-Identifier: EUPL-1.2
"""The week's page and its list: what each cell says, what stands beside it, what is frozen, what asks for care."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from django.test import Client

from stip.agreements import record_pause
from stip.store import Run, Workspace, latest_run
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.classes import CLASSES, STEPS
from stip_web.outlooks.runs import is_intact
from stip_web.outlooks.sheet import expected_of, sheet_of

from .cells import AT, WEEK, hidden_cells, read, said


@pytest.fixture
def analyst(as_role: Callable[[str], Client]) -> Client:
    return as_role("analyst")


def test_the_newest_week_opens(analyst: Client) -> None:
    assert analyst.get("/vooruitblik")["Location"] == AT


@pytest.mark.parametrize("week", ["2026-w99", "1999-w01", "2026-w20"])
def test_a_week_without_an_outlook_is_not_there(analyst: Client, week: str) -> None:
    assert analyst.get(f"/vooruitblik/{week}").status_code == 404


@pytest.mark.parametrize("kind", ["", "bicycle_theft", "home_burglary"])
def test_every_class_has_a_total_in_the_legend(analyst: Client, town: Workspace, outlook: Run, kind: str) -> None:
    sheet = sheet_of(town, outlook, Choice(crime_type=kind))
    legend = said(read(analyst, f"{AT}?soort={kind}").select_one("section.legend"))
    for each in sheet.classes:
        assert each.kind.name in legend
        assert f"{each.low}–{each.high} meldingen verwacht" in legend
        assert 0 <= each.low <= each.high
    assert sum(each.cells for each in sheet.classes) == len(sheet.squares) - sheet.hidden


@pytest.mark.parametrize("kind", ["", "bicycle_theft", "home_burglary"])
def test_no_sum_holds_what_is_hidden(town: Workspace, outlook: Run, kind: str) -> None:
    sheet = sheet_of(town, outlook, Choice(crime_type=kind))
    shown = sheet.squares[~sheet.squares["hidden"]]
    assert len(shown) < len(sheet.squares)
    for each in sheet.classes:
        rows = shown[shown["class"] == each.kind.number]
        assert each.cells == len(rows)
        assert each.beside == pytest.approx(rows["beside"].sum())
    known = expected_of(town, outlook, sheet.crime_types)
    assert sheet.whole == known.between(np.isin(known.cells, shown["cell"]))
    assert known.between(np.zeros(len(known.cells), dtype=bool)) == (0, 0), "all of a class may be hidden"


def test_an_outlook_older_than_the_settings_is_shown_still(as_role: Callable[[str], Client], own_site: Path) -> None:
    file = own_site / "stip.toml"
    text = file.read_text()
    start = text.index("[crime_types.bicycle_theft]")
    end = text.index("\n[", start)
    file.write_text((text[:start] + text[end + 1 :]).replace('"bicycle_theft",', ""))
    assert "bicycle_theft" not in Workspace.open(own_site).settings.crime_types
    for role, addresses in {
        "analyst": ("", ".json", ".csv", "/lijst", "/kaart.svg", "/vakken.json", "/wijzigingen", "/wijzigen"),
        "policy": ("", ".json"),
    }.items():
        for address in addresses:
            assert as_role(role).get(f"{AT}{address}").status_code == 200, address
    for address in ("trackrecord", "trackrecord.json", "model", "model.json"):
        answer = as_role("analyst").get(f"/vooruitblik/{address}")
        assert answer.status_code == 200, address
        assert "bicycle_theft" in answer.content.decode()


@pytest.mark.parametrize("kind", ["", "bicycle_theft", "home_burglary"])
def test_no_cell_is_without_interval_or_hatch(town: Workspace, outlook: Run, kind: str) -> None:
    squares = sheet_of(town, outlook, Choice(crime_type=kind)).squares
    assert squares["name"].is_unique
    assert len(squares) == outlook.table("outlook")["cell"].nunique()
    interval = squares["low"].notna() & squares["high"].notna() & (squares["low"] <= squares["high"])
    assert (interval | squares["thin"] | squares["hidden"]).all()
    assert squares["thin"].any()


def test_a_type_of_which_little_is_known_is_hatched_whole(town: Workspace, outlook: Run) -> None:
    for kind, facts in outlook.notes["by_type"].items():
        squares = sheet_of(town, outlook, Choice(crime_type=kind)).squares
        shown = squares[~squares["hidden"]]
        if facts["known_reports"] < 200:
            assert shown["thin"].all()
        else:
            assert (shown["thin"] == (52 * shown["expected"] < 1)).all()
    assert min(facts["known_reports"] for facts in outlook.notes["by_type"].values()) < 200
    everything = sheet_of(town, outlook, Choice()).squares
    assert not everything[~everything["hidden"]]["thin"].all()


def test_in_the_list_too_each_cell_says_interval_hatch_or_hidden(analyst: Client) -> None:
    for question in ("?klasse=5", "?soort=home_burglary", "?pagina=27", "?klasse=1&pagina=20"):
        for row in read(analyst, f"{AT}/lijst{question}").select("table.cells tbody tr"):
            text = said(row)
            assert re.search(r"\d+ en \d+|meestal 0|te weinig gegevens|Verborgen om privacy", text), text


def test_the_list_holds_every_cell_of_the_map(analyst: Client) -> None:
    names: list[str] = []
    page = 1
    while True:
        shown = read(analyst, f"{AT}/lijst?pagina={page}")
        names += [str(link["data-cell"]) for link in shown.select("a[data-cell]")]
        if "Volgende" not in shown.select_one("nav[aria-label=Bladeren]").get_text():
            break
        page += 1
    squares = analyst.get(f"{AT}/vakken.json").json()
    assert len(names) == len(set(names)) == len(squares["name"])
    assert set(names) == set(squares["name"])


def test_a_cell_with_few_dwellings_shows_no_figure_anywhere(analyst: Client, town: Workspace) -> None:
    hidden = set(hidden_cells(town))
    assert len(hidden) > 10
    rows = analyst.get(f"{AT}.json").json()["rows"]
    found = [row for row in rows if row["cell"] in hidden]
    assert len(found) == len(hidden)
    for row in found:
        assert row["state"] == "verborgen om privacy"
        assert row["class"] == 1
        assert [row[name] for name in ("expected", "low", "high", "beside", "difference")] == [None] * 5
    name = min(hidden)
    part = said(read(analyst, f"{AT}/vak/{name}?deel=ja"))
    assert "Verborgen om privacy" in part
    assert not any(word in part for word in ("Waarom hier?", "Verwacht", "Klasse", "Meldingen in"))


def test_the_difference_is_one_click_and_is_remembered(analyst: Client) -> None:
    (button,) = read(analyst, AT).select("button[name=verschil]")
    assert (button["value"], button["aria-pressed"]) == ("ja", "false")
    legend = said(read(analyst, f"{AT}?verschil=ja").select_one("section.legend"))
    assert all(each.sign in legend and each.name in legend for each in STEPS)
    assert read(analyst, AT).select_one("button[name=verschil]")["aria-pressed"] == "true"
    assert analyst.get(f"{AT}/vakken.json").json()["difference"] is True
    read(analyst, f"{AT}?verschil=nee")
    assert read(analyst, AT).select_one("button[name=verschil]")["aria-pressed"] == "false"


@pytest.mark.parametrize("name", ["same_season_last_year", "recent_mean", "last_52_weeks", "long_run"])
def test_another_count_can_stand_beside_it(town: Workspace, outlook: Run, name: str) -> None:
    sheet = sheet_of(town, outlook, Choice(beside=name))
    assert sheet.beside.name == name
    assert sheet.beside.note == ""  # counted on the same reports as were frozen
    squares = sheet.squares[~sheet.squares["hidden"]]
    pd.testing.assert_series_equal(
        squares["difference"], squares["expected"] - squares["beside"], check_names=False, atol=1e-12
    )
    assert 0 < squares["beside"].sum() < 2000


def test_the_frozen_count_is_counted_anew_as_it_was_frozen(town: Workspace, outlook: Run) -> None:
    frozen = outlook.table("outlook").groupby("cell")["baseline"].sum()
    from stip_web.outlooks.beside import _READ, _counted
    from stip_web.outlooks.keys import Unchanged

    key = Unchanged(town, *_READ)
    table, prints = _counted(key, WEEK, "last_52_weeks", tuple(outlook.notes["by_type"]), outlook.run_id)
    pd.testing.assert_series_equal(table.sum(axis=1), frozen, check_names=False, rtol=1e-9)
    assert prints == outlook.facts["inputs"]["arrivals"]


def test_the_seal_of_the_frozen_run_is_shown_and_holds(analyst: Client, town: Workspace, outlook: Run) -> None:
    assert outlook.facts["seal"]
    page = said(read(analyst, AT))
    assert f"Zegel {outlook.facts['seal']}" in page
    assert "ongewijzigd sinds het vastleggen" in page
    assert outlook.run_id in page
    assert is_intact(town, outlook)
    assert analyst.get("/vooruitblik/model.json").json()["intact"] is True


def test_a_run_that_was_touched_is_called_so(as_role: Callable[[str], Client], own_site: Path) -> None:
    client = as_role("analyst")
    assert "Niet meer zoals vastgelegd" not in client.get(AT).content.decode()
    run = latest_run(Workspace.open(own_site), "outlook", WEEK)
    assert run is not None
    facts = json.loads((run.folder / "run.json").read_text())
    facts["notes"]["use"] = "baseline"
    (run.folder / "run.json").write_text(json.dumps(facts))
    page = client.get(AT).content.decode()
    assert "Niet meer zoals vastgelegd" in page
    assert "ongewijzigd sinds het vastleggen" not in page
    assert client.get("/vooruitblik/model.json").json()["intact"] is False


def test_warnings_of_the_run_stand_on_every_page_about_it(as_role: Callable[[str], Client], own_site: Path) -> None:
    run = latest_run(Workspace.open(own_site), "outlook", WEEK)
    assert run is not None
    facts = json.loads((run.folder / "run.json").read_text())
    late = "Fietsdiefstal: de laatste melding kwam binnen in 2026-W34, 2 weken eerder dan verwacht."
    facts["notes"]["warnings"] = [late]
    facts["inputs"]["context"] = "0" * 16
    (run.folder / "run.json").write_text(json.dumps(facts))
    for role, addresses in {
        "analyst": (AT, f"{AT}/lijst", f"{AT}/wijzigen", "/vooruitblik/model"),
        "policy": (AT, "/vooruitblik/model"),
    }.items():
        for address in addresses:
            page = as_role(role).get(address).content.decode()
            assert "Te laat binnen" in page
            assert late in page
            assert "De lagen over de omgeving zijn veranderd sinds 2026-w36" in page


def test_what_was_made_of_a_source_on_hold_is_not_shown_either(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    at = datetime.now(UTC)
    record_pause(Workspace.open(own_site), "source:bvh", paused=True, reason="De FG kijkt ernaar.", role="fg", at=at)
    for role, address in (
        ("analyst", AT),
        ("analyst", f"{AT}/kaart.svg"),
        ("analyst", f"{AT}/wijzigingen"),
        ("analyst", f"{AT}/wijzigingen.json"),
        ("analyst", f"{AT}/wijzigingen.csv"),
        ("policy", f"{AT}.json"),
        ("policy", AT),
    ):
        answer = as_role(role).get(address)
        assert answer.status_code == 403
        assert "pauze" in answer.content.decode()


def test_an_outlook_on_hold_is_neither_shown_nor_made(as_role: Callable[[str], Client], own_site: Path) -> None:
    at = datetime.now(UTC)
    record_pause(Workspace.open(own_site), "outlook", paused=True, reason="De FG kijkt ernaar.", role="fg", at=at)
    client = as_role("analyst")
    answer = client.get(AT)
    assert answer.status_code == 403 and "De FG kijkt ernaar." in answer.content.decode()
    answer = client.post("/vooruitblik/maken", {"week": WEEK.lower()})
    assert answer.status_code == 400
    assert "De FG kijkt ernaar." in answer.content.decode()


def test_twins_say_the_same(analyst: Client) -> None:
    question = "?soort=vandalism&ernaast=recent_mean"
    as_json = analyst.get(f"{AT}.json{question}").json()
    text = analyst.get(f"{AT}.csv{question}").content.decode("utf-8-sig")
    shapes = analyst.get(f"{AT}.geojson{question}").json()
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    table = [row for row in rows if not row[0].startswith("#")]
    assert len(table) - 1 == len(as_json["rows"]) == len(shapes["features"])
    assert [row[0] for row in table[1:6]] == [row["cell"] for row in as_json["rows"][:5]]
    assert as_json["facts"]["soorten"] == "Vernieling"
    assert as_json["facts"]["ernaast"] == "de laatste 8 weken"
    assert as_json["facts"]["zegel"]
    lon, lat = shapes["features"][0]["geometry"]["coordinates"][0][0]
    assert 3 < lon < 8 and 50 < lat < 54


def test_without_scripts_the_page_is_whole(analyst: Client) -> None:
    page = read(analyst, AT)
    (image,) = page.select("#kaart img")
    assert image["alt"]
    drawing = analyst.get(str(image["src"]))
    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.count(b"<rect") > 20
    assert b"style=" not in drawing.content
    assert page.select("table.cells tbody tr")
    assert "Hoe vaak klopte het?" in said(page)
    assert page.select("form#kies button")
    assert page.select("[style], script:not([src]), style") == []


def test_a_class_shows_by_more_than_colour(analyst: Client) -> None:
    import xml.etree.ElementTree as ElementTree

    drawing = ElementTree.fromstring(analyst.get(f"{AT}/kaart.svg").content)  # noqa: S314 - our own
    sizes: dict[str, set[str]] = {}
    for each in drawing.iter("{http://www.w3.org/2000/svg}rect"):
        if each.get("x"):
            colour = each.get("stroke") or each.get("fill")  # a hatched square has its colour as its edge
            sizes.setdefault(str(colour), set()).add(str(each.get("width")))
    assert len(sizes) == len(CLASSES) - 1
    assert all(len(each) == 1 for each in sizes.values())
    assert len({next(iter(each)) for each in sizes.values()}) == len(sizes)


def test_the_plan_says_what_it_goes_by(analyst: Client) -> None:
    assert "Het weekplan gaat uit van" in said(read(analyst, AT))
