# SPDX-License-Identifier: EUPL-1.2
"""The off switch: what is on hold is shown nowhere, on no page, in no twin, no message of the map and no call."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from stip.agreements import record_pause
from stip.errors import AgreementError
from stip.link import visible_cells
from stip.signals import signals_of
from stip.store import Workspace, read_areas, read_cells, read_decisions
from stip_web.accounts.models import User
from stip_web.oversight.pausing import STOPS
from stip_web.signals.actions import RaiseSignal
from stip_web.street.plan import team_plan
from stip_web.workspaces.clock import now, this_week

WEEK = "2026-W37"
REASON = "proef van de schakelaar"
_AT = f"/vooruitblik/{WEEK.lower()}"
_API = f"/api/v1/weeks/{WEEK}"
SHOWS = {
    "dots": (
        "/kaart",
        "/kaart/lijst",
        "/kaart/lijst.json",
        "/kaart/lijst.csv",
        "/kaart/lijst.geojson",
        "/kaart/grafiek",
        "/kaart/grafiek.json",
        "/kaart/grafiek.csv",
        "/kaart/herkomst",
        "/kaart/vergelijk",
        "/kaart/vergelijk.json",
        "/kaart/vergelijk.csv",
        "/kaart/plek?x=XX&y=YY",
        "/kaart/plek.json?x=XX&y=YY",
        "/kaart/stippen.bin",
        "/kaart/uitvoer",
        *(f"/kaart/uitvoer.{form}" for form in ("csv", "xlsx", "geojson", "gpkg", "png", "pdf")),
        "/gebied/AREA",
        "/api/v1/incidents?limit=1",
        "/api/v1/incidents/counts?groupBy=type",
    ),
    "learn": (
        "/evaluatie",
        "/evaluatie.json",
        "/evaluatie.csv",
        f"/evaluatie/{WEEK.lower()}",
        f"/evaluatie/{WEEK.lower()}.json",
        "/evaluatie/afwijkingen",
        "/evaluatie/afwijkingen.json",
        "/evaluatie/besluit",
        "/evaluatie/besluit.json",
    ),
    "outlook": (
        _AT,
        *(f"{_AT}.{form}" for form in ("json", "csv", "geojson")),
        f"{_AT}/lijst",
        f"{_AT}/vak/CELL",
        f"{_AT}/kaart.svg",
        f"{_AT}/vakken.json",
        f"{_AT}/wijzigingen",
        f"{_AT}/wijzigingen.json",
        f"{_AT}/wijzigingen.csv",
        "/vooruitblik/trackrecord",
        "/vooruitblik/trackrecord.json",
        "/vooruitblik/trackrecord.csv",
        "/vooruitblik/model",
        "/vooruitblik/model.json",
        f"{_API}/outlook",
        f"{_API}/record",
        "/api/v1/weeks/2026-W36/plan",
        f"/weekplan/{WEEK.lower()}/briefing",
    ),
    "street": ("/straat", "/straat/gegevens.json", "/straat/plek/PLACE", "/straat/kaart"),
}
"""Every address that shows incidents, an outlook or a plan."""
OPEN_UNDER_ALL = {
    "analyst": (
        "/signalen",
        "/signalen.json",
        "/signalen/verslag.json",
        "/gegevens",
        "/gegevens/leveringen",
        "/gegevens/leveringen.json",
        "/api/v1/batches",
        "/api/v1/sources",
    ),
    "privacy_officer": ("/toezicht", "/toezicht/pauze", "/toezicht/berichten", "/toezicht/bewaren"),
}


@pytest.mark.parametrize(
    ("group", "role"),
    [*((group, role) for group in ("dots", "outlook") for role in ("analyst", "policy")), ("street", "coordinator")],
)
def test_what_is_on_hold_is_shown_nowhere(
    group: str, role: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    """One town for many addresses, for a copy of it takes long; each that fails is named."""
    workspace, client = Workspace.open(own_site), as_role(role)
    addresses = [_filled(workspace, address) for address in SHOWS[group]]
    before = {address: client.get(address).status_code for address in addresses}
    # Analyst and coordinator come in everywhere; who sees less is kept out of some, before and after.
    kept_out = {address for address, status in before.items() if status != 200}
    assert {before[address] for address in kept_out} <= {403}, before
    assert bool(kept_out) == (role == "policy" and group != "learn"), kept_out
    for hours, what in ((6, "learn"), (4, "source:bvh"), (2, "all")):
        if what == "learn" != group:
            continue
        _put(workspace, what, paused=True, ago=hours)
        after = {address: client.get(address) for address in addresses}
        assert [address for address, answer in after.items() if answer.status_code != 403] == [], what
        for address in set(addresses) - kept_out:
            assert REASON in after[address].content.decode(), f"{address} does not say why"
            assert not after[address].has_header("Content-Disposition"), address
        _put(workspace, what, paused=False, ago=hours - 1)
    assert client.get(addresses[0]).status_code == 200, "what is lifted is shown again"


def test_no_signal_is_raised_on_a_paused_plan_or_found_in_a_paused_outlook(
    as_role: Callable[[str], Client], user_in: Callable[[str], User], own_site: Path
) -> None:
    workspace, coordinator = Workspace.open(own_site), as_role("coordinator")
    place = read_decisions(workspace, "plan").iloc[-1]
    lamp = RaiseSignal(
        user_in("coordinator"), kind="space", category="lamp", week=place["week"], place_id=place["place_id"]
    )
    shutil.rmtree(own_site / "decisions" / "signal", ignore_errors=True)
    assert coordinator.get("/signalen/melden").status_code == 200
    for hours, what in ((6, "plan"), (4, "all")):
        _put(workspace, what, paused=True, ago=hours)
        answer = coordinator.get("/signalen/melden")
        assert answer.status_code == 403 and REASON in answer.content.decode(), what
        with pytest.raises(AgreementError, match=REASON):
            lamp.run()
        assert coordinator.get("/signalen").status_code == 200, "which signals there are may still be read"
        _put(workspace, what, paused=False, ago=hours - 1)
    _put(workspace, "outlook", paused=True, ago=2)
    answer = coordinator.post("/signalen/zoeken")
    assert answer.status_code == 403 and REASON in answer.content.decode()
    assert signals_of(workspace) == []
    _put(workspace, "outlook", paused=False, ago=1)
    lamp.run()
    assert coordinator.post("/signalen/zoeken").status_code == 302
    assert len(signals_of(workspace)) >= 1


def test_what_stays_open_when_all_stands_still_is_named_on_the_button_and_in_the_docs(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    workspace = Workspace.open(own_site)
    _put(workspace, "all", paused=True, ago=1)
    for role, addresses in OPEN_UNDER_ALL.items():
        client = as_role(role)
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    told = (
        as_role("analyst").get("/signalen.json").content.decode()
        + as_role("analyst").get("/signalen").content.decode()
    )
    assert "Niet bezocht" in told and "verwacht" not in told
    assert STOPS["all"] in as_role("privacy_officer").get("/toezicht/pauze").content.decode()
    assert STOPS["all"] in (Path(__file__).parents[2] / "docs/explanation/pause.md").read_text(encoding="utf-8")


def _put(workspace: Workspace, what: str, *, paused: bool, ago: int) -> None:
    """Put it on hold, or lift that, so many hours ago: the clock of a demo stands still, and the last one counts."""
    at = now(workspace) - timedelta(hours=ago)
    record_pause(workspace, what, paused=paused, reason=REASON, role="analist", at=at)


def _filled(workspace: Workspace, address: str) -> str:
    """Put a place, a cell and an area of this town in an address."""
    cells = read_cells(workspace)
    seen = visible_cells(cells, minimum=workspace.settings.dwellings.minimum)["state"] == "shown"
    cell = cells.loc[seen & cells["in_study"].astype(bool), "cell"].to_numpy()[:1]
    x, y = (int(side[0]) + workspace.grid.cell_m // 2 for side in workspace.grid.corner(cell))
    area = next(iter(read_areas(workspace).names()))
    plan = team_plan(workspace, this_week(workspace), "flexteam")
    assert plan is not None
    place = plan.places[0].place.place_id
    cell_name = workspace.grid.name(int(cell[0]))
    for name, value in {"XX": x, "YY": y, "CELL": cell_name, "AREA": area, "PLACE": place}.items():
        address = address.replace(name, str(value))
    return address
