# SPDX-License-Identifier: EUPL-1.2
"""Whatever looks at incidents asks first whether their source may be used for it, today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from intake.incident_files import COLUMNS, agreement, save, without_end
from stip.agreements import install_shipped, record_pause
from stip.cli.explore_input import ask
from stip.errors import AgreementError, FileError, HistoryError, SettingsError, StipError, WorkspaceError
from stip.intake import export_incidents, read_incident_file
from stip.learn import came_in
from stip.link import address_book, link_workspace
from stip.outlook import make_outlook, read_history
from stip.plan import look_up
from stip.settings import FeatureSettings, LinkSettings
from stip.store import (
    Run,
    Workspace,
    batches,
    publish_batch,
    write_addresses,
    write_areas,
    write_cells,
    write_layer,
    write_text,
)
from stip.week import gather, look_at_week, run_week
from stip.week.gather import _base as base_layers
from store import made

WEEK = "2026-W38"
NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)

Reader = Callable[[Workspace, Path], object]

READERS: dict[str, tuple[Reader, str]] = {
    "intake": (lambda w, p: read_incident_file(w, save(p / "f.csv", "x\n1\n"), "bvh", received_at=NOW), ""),
    "export": (lambda w, p: export_incidents(w, p / "f.xlsx"), "stippenkaart"),
    "link": (lambda w, p: link_workspace(w), ""),
    "explore": (lambda w, p: ask(w.root, None, "", ""), "stippenkaart"),
    "outlook": (lambda w, p: make_outlook(w, WEEK), "vooruitblik"),
    "backtest": (lambda w, p: read_history(w, WEEK), "vooruitblik"),
    "plan": (lambda w, p: look_up(w, WEEK), "weekplan"),
    "week map": (lambda w, p: gather(w, Run(p, {}), Run(p, {})), "stippenkaart"),
    "learn": (lambda w, p: came_in(w, "2026-W36", at=NOW), "evaluatie"),
}
"""Each reader, and the purpose it needs; empty when it serves whatever was agreed."""


@pytest.fixture
def held(workspace: Workspace) -> Workspace:
    """Give a workspace with reports that came in under the agreement bvh."""
    install_shipped(workspace)
    write_areas(workspace, made.areas())
    publish_batch(workspace, made.incidents("b1"), made.manifest("b1"))
    return workspace


def agree(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.agreements / "bvh.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    write_text(path, text.replace(old, new))


@pytest.mark.parametrize("reader", READERS)
def test_a_source_on_hold_is_not_used(held: Workspace, tmp_path: Path, reader: str) -> None:
    record_pause(held, "source:bvh", paused=True, reason="Vraag van de FG.", role="fg", at=NOW)
    with pytest.raises(AgreementError, match=r"De bron ‘Meldingen van de politie.*’ staat op pauze"):
        READERS[reader][0](held, tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_what_came_in_under_an_ended_agreement_is_not_used(held: Workspace, tmp_path: Path, reader: str) -> None:
    past = datetime.now(UTC).date() - timedelta(days=2)
    agree(held, "valid_until = 2028-12-31", f"valid_until = {past}")
    with pytest.raises(AgreementError, match=rf"‘bvh’ liep tot en met {past:%d-%m-%Y}\. Spreek opnieuw af"):
        READERS[reader][0](held, tmp_path)


@pytest.mark.parametrize("reader", [name for name, (_, purpose) in READERS.items() if purpose])
def test_a_purpose_that_was_not_agreed_is_refused(held: Workspace, tmp_path: Path, reader: str) -> None:
    read, purpose = READERS[reader]
    agree(held, f'"{purpose}", ' if purpose != "openbaarmaking" else f', "{purpose}"', "")
    with pytest.raises(AgreementError, match=f"‘bvh’ laat het doel ‘{purpose}’ niet toe. Afgesproken is: "):
        read(held, tmp_path)


ASKED_ELSEWHERE = {
    "publish/coarse.py",  # each page and call that shows it asks before: tests/web/test_pause_table.py walks them
    "publish/door.py",  # asks publish/ready.py, which asks
    "publish/dwellings.py",  # for the privacy officer, also of what stands still; it tells dwellings, no reports
}


def test_every_module_that_reads_what_came_in_asks() -> None:
    source = Path(__file__).resolve().parents[2] / "src" / "stip"
    reads = re.compile(r"\b(read_incidents|read_versions|read_layer|read_addresses|read_features)\(")
    found = {
        path.relative_to(source).as_posix(): any(f"{ask}(" in text for ask in ("check_sources", "check_stage"))
        for path in source.rglob("*.py")
        for text in [path.read_text(encoding="utf-8")]
        if reads.search(text) and path.parent.name != "store"
    }
    assert len(found) > 5
    assert {name for name, asks in found.items() if not asks} == ASKED_ELSEWHERE


def test_an_agreed_source_is_read(held: Workspace, tmp_path: Path) -> None:
    assert export_incidents(held, tmp_path / "f.xlsx") == 5
    write_cells(held, made.cells())
    assert isinstance(came_in(held, "2026-W36", at=NOW), pd.DataFrame)


def points(layer: str, source: str) -> gpd.GeoDataFrame:
    facts = {"layer": [layer], "feature_id": ["1"], "value": [1.0], "category": ["x"], "source": [source]}
    shape = [shapely.Point(125_060, 450_060)]
    day = pd.to_datetime(["2026-01-01"])
    return gpd.GeoDataFrame(facts | {"observed_on": day}, geometry=shape, crs="EPSG:28992")


def with_surroundings(held: Workspace) -> Workspace:
    """Give a workspace with addresses, dwellings, a layer under the map and a feature, each of its own source."""
    without_end(held)
    for name, source in (("dwellings", "bag"), ("roads", "bgt"), ("lamps", "lagen")):
        write_layer(held, points(name, source))
    where = {"street": ["Dam"], "house_number": ["1"], "postcode": [None], "place_name": [None]}
    write_addresses(held, pd.DataFrame(where | {"x_m": [1.0], "y_m": [2.0]}), source="adressen")
    link = LinkSettings(features=(FeatureSettings(layer="lamps", measures=("count",)),))
    town = Workspace(held.root, held.settings.model_copy(update={"link": link}))
    link_workspace(town)
    return town


with_address = agreement(columns={"straat": {"role": "street"}} | {k: v for k, v in COLUMNS.items() if k not in "xy"})

SURROUNDINGS: dict[str, tuple[str, Callable[[Workspace], object]]] = {
    "addresses": ("adressen", lambda w: address_book(w, with_address)),
    "dwellings": ("bag", link_workspace),
    "layer to measure": ("lagen", link_workspace),
    "measured features": ("lagen", lambda w: read_history(w, WEEK)),
    "layer under the map": ("bgt", base_layers),
}


@pytest.mark.parametrize("reader", SURROUNDINGS)
def test_what_lies_around_is_used_only_as_agreed(held: Workspace, reader: str) -> None:
    town = with_surroundings(held)
    source, read = SURROUNDINGS[reader]
    assert read(town) is not None
    record_pause(town, f"source:{source}", paused=True, reason="Vraag van de FG.", role="fg", at=NOW)
    with pytest.raises(AgreementError, match="De bron ‘.*’ staat op pauze"):
        read(town)
    record_pause(town, f"source:{source}", paused=False, reason="Beantwoord.", role="fg", at=NOW + timedelta(hours=1))
    path = town.agreements / f"{source}.toml"
    text = path.read_text(encoding="utf-8")
    write_text(path, re.sub("valid_until = .*", "valid_until = 2026-02-01", text))
    with pytest.raises(AgreementError, match=f"‘{source}’ liep tot en met 01-02-2026"):
        read(town)
    needed = {"dwellings": "stippenkaart", "layer under the map": "stippenkaart"}.get(reader, "vooruitblik")
    write_text(path, re.sub(r"(?m)^purposes = .*", 'purposes = ["evaluatie"]', text))
    if reader != "addresses":  # these serve whatever was agreed
        with pytest.raises(AgreementError, match=f"‘{source}’ laat het doel ‘{needed}’ niet toe"):
            read(town)


def test_what_does_not_say_where_it_came_from_is_not_used(held: Workspace) -> None:
    town = with_surroundings(held)
    for name, read in (("addresses", SURROUNDINGS["addresses"][1]), ("features", lambda w: read_history(w, WEEK))):
        path = town.data / f"{name}.parquet"
        pq.write_table(pq.read_table(path).replace_schema_metadata({"grid_id": town.grid.grid_id}), path)
        with pytest.raises(WorkspaceError, match="niet uit welke bron zij komen"):
            read(town)


@pytest.mark.parametrize("run", [run_week, look_at_week])
def test_a_mistyped_year_of_receipt_destroys_nothing(workspace: Workspace, run: Callable[..., object]) -> None:
    install_shipped(workspace)
    publish_batch(workspace, made.incidents("b1"), made.manifest("b1"))
    with pytest.raises(FileError, match="ligt in de toekomst"):
        run(workspace, received_at=NOW.replace(year=2062))
    assert [manifest["batch_id"] for manifest in batches(workspace)] == ["b1"]


@pytest.mark.parametrize(
    ("week", "error", "what"),
    [
        ("0001-W01", SettingsError, "ligt niet tussen 1900 en 3000"),
        ("9999-W52", SettingsError, "ligt niet tussen 1900 en 3000"),
        ("2030-W01", HistoryError, "te ver om vooruit te zien"),
        ("2020-W01", HistoryError, "nog geen enkele melding bekend"),
    ],
)
def test_a_rehearsal_refuses_a_week_that_cannot_be(
    held: Workspace, week: str, error: type[StipError], what: str
) -> None:
    with pytest.raises(error, match=what):
        look_at_week(held, week, received_at=NOW)


def test_a_rehearsal_refuses_what_an_agreement_does_not_allow_today(held: Workspace) -> None:
    assert look_at_week(held, WEEK, received_at=NOW).week == WEEK
    path = held.agreements / "bvh.toml"
    text = path.read_text(encoding="utf-8")
    past = datetime.now(UTC).date() - timedelta(days=2)
    write_text(path, re.sub(r"valid_until = \S+", f"valid_until = {past}", text))
    for run in (look_at_week, run_week):
        with pytest.raises(AgreementError, match="liep tot en met"):
            run(held, WEEK, received_at=NOW)
    assert len(batches(held)) == 1
