# SPDX-License-Identifier: EUPL-1.2
"""The off switch as one table: what is on hold × each door. A door that is not named as closed must stay open."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from stip.agreements import check_stage, record_pause
from stip.cli.app import app
from stip.errors import AgreementError
from stip.link import visible_cells
from stip.publish import evaluation_stands_still, open_quarters, propose, published_pauses, stands_still
from stip.store import Workspace, incident_sources, read_areas, read_cells
from stip_web.street.plan import team_plan
from stip_web.workspaces.clock import now, this_week

WEEK = "2026-W37"
REASON = "proef van de schakelaar"
_AT, _API = f"/vooruitblik/{WEEK.lower()}", f"/api/v1/weeks/{WEEK}"

DOTS = {
    "map": "/kaart",
    "list": "/kaart/lijst",
    "list twin": "/kaart/lijst.json",
    "dots message": "/kaart/stippen.bin",
    "place": "/kaart/plek.json?x=XX&y=YY",
    "export": "/kaart/uitvoer.csv",
    "area": "/gebied/AREA",
    "api incidents": "/api/v1/incidents?limit=1",
    "api counts": "/api/v1/incidents/counts?groupBy=type",
}
OUTLOOK = {
    "outlook": _AT,
    "outlook twin": f"{_AT}.json",
    "outlook squares": f"{_AT}/vakken.json",
    "outlook drawing": f"{_AT}/kaart.svg",
    "outlook changes": f"{_AT}/wijzigingen.json",
    "outlook model": "/vooruitblik/model",
    "why here": f"{_AT}/vak/CELL",
    "api outlook": f"{_API}/outlook",
}
RECORD = {
    "track record": "/vooruitblik/trackrecord",
    "track record twin": "/vooruitblik/trackrecord.json",
    "api record": f"{_API}/record",
}
PLAN = {
    "plan": "/weekplan/2026-w36",
    "plan twin": "/weekplan/2026-w36.json",
    "briefing": "/weekplan/2026-w36/briefing",
    "phone": "/straat",
    "phone data": "/straat/gegevens.json",
    "phone place": "/straat/plek/PLACE",
    "api plan": "/api/v1/weeks/2026-W36/plan",
    "raise a signal": "/signalen/melden",
}
LEARN = {
    "evaluation": "/evaluatie",
    "evaluation twin": "/evaluatie.json",
    "evaluation week": f"/evaluatie/{WEEK.lower()}",
    "who was right": "/evaluatie/afwijkingen.json",
    "course": "/evaluatie/besluit",
}
ALWAYS = {
    "home": "/",
    "signals": "/signalen",
    "own log": "/beheer/mijn-inzage",
    "api weeks": "/api/v1/weeks",
}
HOME = {
    "outlook on home": "Verwacht in de hele gemeente",
    "plan on home": "plekken in ",
    "record on home": "Meldingen in de hoogste 3 %",
}
"""What the first page tells of a stage, and a word by which that is known."""
COMMANDS = {
    "cli explore": ("explore", "counts", "--from", "2026-W30", "--to", "2026-W32"),
    "cli outlook": ("outlook", "show"),
    "cli plan": ("plan", "show"),
    "cli evaluation": ("learn", "weeks"),
    "cli ranking": ("learn", "ranking"),
    "cli public figures": ("publish", "show"),
    "cli link": ("link", "--dry-run"),
    "cli agreements": ("agreements", "check"),
}
OTHER = {"proposal", "public process", "public evaluation"}
EVERY = {*DOTS, *OUTLOOK, *RECORD, *PLAN, *LEARN, *ALWAYS, *HOME, *COMMANDS, *OTHER}

CLOSED = {
    "source:bvh": {*DOTS, *OUTLOOK, *RECORD, *PLAN, *LEARN, *HOME}
    | {"cli explore", "cli outlook", "cli plan", "cli evaluation", "cli ranking", "cli link", "proposal"},
    "link": {"cli link"},
    "outlook": {*OUTLOOK, *RECORD, "outlook on home", "cli outlook"},
    "plan": {*PLAN, "plan on home", "cli plan"},
    "learn": {*LEARN, *RECORD, "record on home", "cli evaluation", "cli ranking"} | {"public evaluation"},
    "publish": {"cli public figures", "proposal", "public process", "public evaluation"},
    "all": EVERY - {*ALWAYS, "cli agreements"},
}
"""Which doors each pause closes. What is left of a row must still answer."""


@pytest.fixture
def doors(as_role: Callable[[str], Client], own_site: Path) -> Callable[[], set[str]]:
    """Give what tells which doors are closed now; a page that is closed says why."""
    workspace, client = Workspace.open(own_site), as_role("coordinator")
    pages = {name: _filled(workspace, address) for name, address in
             (DOTS | OUTLOOK | RECORD | PLAN | LEARN | ALWAYS).items()}  # fmt: skip
    quarter = open_quarters(workspace, at=now(workspace))[0]

    def closed() -> set[str]:
        home = client.get("/").content.decode()
        found = {name for name, word in HOME.items() if word not in home}
        for name, address in pages.items():
            answer = client.get(address)
            if answer.status_code == 200:
                continue
            assert answer.status_code == 403, (name, answer.status_code)
            assert REASON in answer.content.decode(), f"{name} does not say why"
            assert not answer.has_header("Content-Disposition"), name
            found.add(name)
        for name, words in COMMANDS.items():
            told = CliRunner().invoke(app, [*words, "--workspace", str(workspace.root)])
            if isinstance(told.exception, AgreementError):
                assert REASON in str(told.exception) and not told.stdout.strip(), name
                found.add(name)
            else:
                assert told.exit_code == 0 or isinstance(told.exception, SystemExit), (name, told.exception)
        try:
            propose(workspace, quarter, at=now(workspace))
        except AgreementError as error:
            assert REASON in str(error) or "mag nu niet" in str(error)
            found.add("proposal")
        if stands_still(workspace.root / "published"):
            found.add("public process")
        if evaluation_stands_still(workspace.root / "published"):
            found.add("public evaluation")
        return found

    return closed


def test_each_pause_closes_its_doors_and_no_others(doors: Callable[[], set[str]], own_site: Path) -> None:
    """One town for the whole table, for a copy of it takes long; each row that fails is named."""
    workspace = Workspace.open(own_site)
    assert doors() == set(), "before anything is on hold"
    for what, closed in CLOSED.items():
        _put(workspace, what, paused=True)
        found = doors()
        assert found == closed, (what, "open:", closed - found, "closed:", found - closed)
        told = published_pauses(own_site / "published")
        assert [row["name"] for row in told] == [what.removeprefix("source:")]
        assert REASON not in json.dumps(told)
        _put(workspace, what, paused=False)
        assert published_pauses(own_site / "published") == []
    assert doors() == set(), "what is lifted is shown again"


def test_a_stage_is_made_of_every_source_of_reports(own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    (source,) = incident_sources(workspace)
    check_stage(workspace, "outlook", on=date(2026, 9, 7))
    _put(workspace, f"source:{source}", paused=True)
    for stage in ("outlook", "plan", "learn", "publish"):
        with pytest.raises(AgreementError, match=REASON):
            check_stage(workspace, stage, on=date(2026, 9, 7))


def _put(workspace: Workspace, what: str, *, paused: bool) -> None:
    record_pause(workspace, what, paused=paused, reason=REASON, role="fg", at=now(workspace))


def _filled(workspace: Workspace, address: str) -> str:
    """Put a place, a cell and an area of this town in an address."""
    cells = read_cells(workspace)
    seen = visible_cells(cells, minimum=workspace.settings.dwellings.minimum)["state"] == "shown"
    cell = cells.loc[seen & cells["in_study"].astype(bool), "cell"].to_numpy()[:1]
    x, y = (int(side[0]) + workspace.grid.cell_m // 2 for side in workspace.grid.corner(cell))
    plan = team_plan(workspace, this_week(workspace), "flexteam")
    assert plan is not None
    named = {
        "XX": x,
        "YY": y,
        "CELL": workspace.grid.name(int(cell[0])),
        "AREA": next(iter(read_areas(workspace).names())),
        "PLACE": plan.places[0].place.place_id,
    }
    for name, value in named.items():
        address = address.replace(name, str(value))
    return address
