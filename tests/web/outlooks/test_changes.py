# SPDX-License-Identifier: EUPL-1.2
"""What people change on top of an outlook: with a reason, without a name, and the frozen run stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from stip.plan import make_plan, proposal_of
from stip.store import Run, Workspace, latest_run, read_decisions
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.outlooks.actions import ChangeOutlook, WithdrawChange
from stip_web.outlooks.changes import changes_of
from stip_web.outlooks.tasks import remake

from .cells import AT, WEEK, beside_of, read, said, shown_cells

FAIR = "Zaterdag is er kermis op het plein."


@pytest.fixture
def own(own_site: Path) -> Workspace:
    return Workspace.open(own_site)


@pytest.fixture
def places(own: Workspace, outlook: Run) -> list[str]:
    return shown_cells(own, outlook)


def post(client: Client, **fields: str) -> object:
    return client.post(f"{AT}/wijzigen", {"kind": "add", "reason": FAIR, "crime_type": "", "to_cells": ""} | fields)


def test_the_whole_way_of_a_change(
    as_role: Callable[[str], Client], own: Workspace, places: list[str], outlook: Run
) -> None:
    client = as_role("analyst")
    before = client.get(f"{AT}.json").json()["rows"]
    place = places[0]
    form = read(client, f"{AT}/wijzigen?vak={place}")
    assert form.select_one("[name=cells]")["value"] == place
    assert post(client, kind="drop", cells=place, reason="De werkzaamheden zijn klaar.").status_code == 302

    row = read_decisions(own, "override", week=WEEK).iloc[0]
    assert (row["kind"], row["role"], row["reason"]) == ("drop", "analist", "De werkzaamheden zijn klaar.")
    assert [own.grid.name(int(cell)) for cell in row["cells"]] == [place]
    assert latest_run(own, "outlook", WEEK).intact()

    after = client.get(f"{AT}.json").json()["rows"]
    same = ("cell", "class", "expected", "low", "high", "beside", "state")
    assert [[each[name] for name in same] for each in after] == [[each[name] for name in same] for each in before]
    changed = {each["cell"]: each["changed"] for each in after if each["changed"]}
    assert changed == {place: "vervallen: De werkzaamheden zijn klaar. (analist)"}

    assert client.get(f"{AT}/vakken.json").json()["marks"] == {place: "×"}
    assert ">×</text>" in client.get(f"{AT}/kaart.svg").content.decode()
    assert "vervallen" in said(read(client, AT).select_one("tr.changed"))
    assert "De werkzaamheden zijn klaar." in said(read(client, f"{AT}/vak/{place}"))
    listed = read(client, f"{AT}/lijst?gewijzigd=ja").select("table.cells tbody tr")
    assert len(listed) == 1


def test_a_change_is_withdrawn_by_a_row_that_supersedes_it(
    as_role: Callable[[str], Client], own: Workspace, places: list[str]
) -> None:
    client = as_role("analyst")
    post(client, cells=places[0])
    (change,) = changes_of(own, WEEK)
    address = f"{AT}/wijzigingen/{change.decision_id}/intrekken"
    assert FAIR in said(read(client, address))
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "De kermis gaat niet door."}).status_code == 302
    assert read_decisions(own, "override", week=WEEK).empty
    assert client.get(f"{AT}/vakken.json").json()["marks"] == {}
    rows = client.get(f"{AT}/wijzigingen.json").json()["rows"]
    assert [(row["kind"], row["stands"], row["supersedes"]) for row in rows] == [
        ("ingetrokken", "nee", change.decision_id),
        ("toegevoegd", "nee", ""),
    ]
    page = said(read(client, f"{AT}/wijzigingen"))
    assert FAIR in page and "De kermis gaat niet door." in page
    assert client.post(address, {"reason": "Nog eens."}).status_code == 400
    assert "al ingetrokken" in client.post(address, {"reason": "Nog eens."}).content.decode()


def test_each_kind_reaches_the_plan_as_the_same_override(
    as_role: Callable[[str], Client], own: Workspace, places: list[str]
) -> None:
    client = as_role("analyst")
    dropped, lowered, added = places[0], places[40], places[200]
    post(client, kind="drop", cells=dropped)
    post(client, kind="lower", cells=lowered, crime_type="bicycle_theft")
    post(client, cells=added)
    rows = read_decisions(own, "override", week=WEEK)
    assert rows["kind"].tolist() == ["drop", "lower", "add"]
    assert rows["crime_type"].tolist()[1] == "bicycle_theft"
    proposal = proposal_of(make_plan(own, WEEK))
    covered = {own.grid.name(cell) for place in proposal.places for cell in place.cells}
    people = {own.grid.name(cell) for place in proposal.places if place.origin == "person" for cell in place.cells}
    assert dropped not in covered
    assert added in people


def test_a_move_marks_both_ends(as_role: Callable[[str], Client], own: Workspace, places: list[str]) -> None:
    client = as_role("analyst")
    answer = post(client, kind="move", cells=places[0])
    assert answer.status_code == 400
    assert "Noem de vakken waarheen." in answer.content.decode()
    assert post(client, kind="move", cells=places[0], to_cells=places[90]).status_code == 302
    assert client.get(f"{AT}/vakken.json").json()["marks"] == {places[0]: "→", places[90]: "→"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "Dit zegt mevrouw Jansen."}, "persoon of adres"),
        ({"reason": "Bel 06-12345678."}, "persoon of adres"),
        ({"reason": "x" * 141}, "korter"),
        ({"reason": ""}, "in één zin waarom"),
        ({"cells": ""}, "ten minste één vak"),
        ({"cells": "vak12"}, "is geen vak"),
        ({"cells": "E150751N436500"}, "geen hoekpunt"),
        ({"cells": "E1000N1000"}, "buiten het gebied"),
        ({"kind": "raise"}, "Kies wat u wilt doen"),
    ],
)
def test_what_may_not_be_kept_is_refused_and_told(
    as_role: Callable[[str], Client], own: Workspace, places: list[str], fields: dict[str, str], sentence: str
) -> None:
    answer = post(as_role("analyst"), **({"cells": places[0]} | fields))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert read_decisions(own, "override", history=True).empty
    assert not AuditLine.objects.filter(action="outlook.change").exists()


def test_an_error_is_tied_to_what_it_is_about(as_role: Callable[[str], Client], own: Workspace) -> None:
    answer = post(as_role("analyst"), kind="", cells="", reason="")
    page = BeautifulSoup(answer.content, "html.parser")
    for radio in page.select("[name=kind]"):
        assert (radio["aria-invalid"], radio["aria-describedby"]) == ("true", "error_kind")
    assert page.select_one("fieldset")["aria-describedby"] == "error_kind"
    assert "Kies wat u wilt doen" in page.select_one("#error_kind").get_text()
    links = [link["href"] for link in page.select("[role=alert] a")]
    assert links == ["#kind_add", "#id_cells", "#id_reason"]
    assert all(page.select_one(link) for link in links)
    assert not read(as_role("analyst"), f"{AT}/wijzigen").select("[aria-invalid], [role=alert]")


def test_a_coordinator_only_adds_own_places(
    as_role: Callable[[str], Client], user_in: Callable[[str], User], own: Workspace, places: list[str]
) -> None:
    client, user = as_role("coordinator"), user_in("coordinator")
    page = read(client, f"{AT}/wijzigen")
    assert [each["value"] for each in page.select("[name=kind]")] == ["add"]
    for kind in ("drop", "lower", "move"):
        assert post(client, kind=kind, cells=places[0], to_cells=places[90]).status_code == 400
        with pytest.raises(PermissionDenied):
            ChangeOutlook(user, workspace=own, week=WEEK, kind=kind, cells=(places[0],), why=FAIR).run()
    assert post(client, cells=places[0]).status_code == 302
    assert read_decisions(own, "override")["role"].tolist() == ["coordinator"]

    post(as_role("analyst"), kind="drop", cells=places[50])
    own_place, dropped = (
        next(each for each in changes_of(own, WEEK) if each.kind == kind) for kind in ("add", "drop")
    )
    with pytest.raises(PermissionDenied):
        WithdrawChange(user, workspace=own, week=WEEK, decision_id=dropped.decision_id, why="Toch wel.").run()
    WithdrawChange(user, workspace=own, week=WEEK, decision_id=own_place.decision_id, why="Toch niet.").run()
    assert read_decisions(own, "override")["kind"].tolist() == ["drop"]


@pytest.mark.parametrize("role", ["privacy_officer", "policy", "member", "administrator"])
def test_nobody_else_changes_anything(
    role: str, user_in: Callable[[str], User], own: Workspace, places: list[str]
) -> None:
    with pytest.raises(PermissionDenied):
        ChangeOutlook(user_in(role), workspace=own, week=WEEK, kind="add", cells=(places[0],), why=FAIR).run()
    assert read_decisions(own, "override", history=True).empty


def test_the_name_stands_in_the_audit_line_and_nowhere_in_the_workspace(
    user_in: Callable[[str], User], own: Workspace, places: list[str]
) -> None:
    user = user_in("analyst")
    decision = ChangeOutlook(user, workspace=own, week=WEEK, kind="add", cells=(places[0],), why=f"  {FAIR} ").run()
    line = AuditLine.objects.get(action="outlook.change")
    assert (line.actor_name, line.subject, line.why) == (user.get_username(), WEEK, FAIR)
    assert line.details["decision"] == decision
    for file in (own.root / "decisions" / "override").glob("*.parquet"):
        assert user.get_username() not in pd.read_parquet(file).to_string()


def test_a_place_of_two_cells_beside_each_other(
    as_role: Callable[[str], Client], own: Workspace, places: list[str]
) -> None:
    pair = next((name, beside_of(own, name)) for name in places if beside_of(own, name) in places)
    assert post(as_role("analyst"), cells=" ".join(pair)).status_code == 302
    assert sorted(changes_of(own, WEEK)[0].cells) == sorted(pair)


def test_a_week_without_changes_says_so(as_role: Callable[[str], Client]) -> None:
    page = said(read(as_role("privacy_officer"), f"{AT}/wijzigingen"))
    assert "Nog geen wijzigingen" in page
    assert "Plek wijzigen" not in page


def test_map_and_list_of_the_week_are_drawn_again(
    user_in: Callable[[str], User], own: Workspace, places: list[str]
) -> None:
    page = own.root / "output" / WEEK / "kaart.html"
    before = page.read_text()
    ChangeOutlook(user_in("analyst"), workspace=own, week=WEEK, kind="drop", cells=(places[0],), why=FAIR).run()
    spans = ProcessingSpan.objects.count()
    remake.func(WEEK)
    assert "eigen inzicht vastgelegd" in page.read_text()
    assert "eigen inzicht vastgelegd" not in before
    assert ProcessingSpan.objects.count() == spans + 1


def test_a_button_that_is_pressed_twice_makes_one_decision(
    as_role: Callable[[str], Client], own: Workspace, places: list[str]
) -> None:
    client = as_role("analyst")
    name = re.search(r'name="decision" value="([0-9a-f]{32})"', client.get(f"{AT}/wijzigen").content.decode())
    assert name
    assert post(client, kind="lower", cells=places[0], decision=name[1]).status_code == 302
    again = post(client, kind="lower", cells=places[0], decision=name[1])
    assert "al vastgelegd" in again.content.decode()
    assert list(read_decisions(own, "override")["decision_id"]) == [name[1]]
    assert AuditLine.objects.filter(action="outlook.change").count() == 1
    assert post(client, kind="lower", cells=places[0]).status_code == 302  # on purpose: a quarter
