# SPDX-License-Identifier: EUPL-1.2
"""Signals from a place of the plan, from a remark of the street, and from a week in which nobody came."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from stip.errors import SignalError
from stip.settings import write_toml
from stip.signals import signals_of
from stip.space import shift_week
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine
from stip_web.signals.actions import RaiseSignal, kind_of_remark
from stip_web.workspaces.clock import now

from .conftest import Town, read, said


def test_a_remark_about_a_place_of_the_plan(town: Town, user_in: Callable[[str], User]) -> None:
    raised = RaiseSignal(
        user_in("member"), kind="space", category="lamp", week=town.week, place_id=town.place["place_id"]
    ).run()
    known = town.now(raised.signal_id)
    assert known.cells == tuple(sorted(int(cell) for cell in town.place["cells"]))
    assert known.area_code and known.role == "lid" and known.stream == "street"
    again = RaiseSignal(
        user_in("coordinator"), kind="space", category="lamp", week=town.week, place_id=town.place["place_id"]
    ).run()
    assert again.signal_id == raised.signal_id and not again.new
    first, second = AuditLine.objects.filter(action="signal.raise").order_by("pk")
    assert first.subject == second.subject == f"S-{raised.signal_id[:8]}", "the log names what stands"
    assert second.details["signal"] == raised.signal_id and second.details["again"] and "again" not in first.details


def test_of_help_the_place_is_looked_up_and_forgotten(town: Town, user_in: Callable[[str], User]) -> None:
    raised = RaiseSignal(
        user_in("member"), kind="help", category="hulp", week=town.week, place_id=town.place["place_id"]
    ).run()
    known = town.now(raised.signal_id)
    assert known.cells == () and known.area_code == town.place["area_code"]
    line = AuditLine.objects.get(action="signal.raise")
    logged = f"{line.subject} {line.details}"
    for told in (known.signal_id, known.mark, known.area_code, known.category, known.week):
        assert told not in logged, "who reads the log learns which signal it was, and so where somebody stood"


def test_a_place_that_is_not_in_the_plan(town: Town, user_in: Callable[[str], User]) -> None:
    with pytest.raises(SignalError, match="staat niet in het plan"):
        RaiseSignal(user_in("member"), kind="space", category="lamp", week=town.week, place_id="elders").run()
    with pytest.raises(PermissionDenied):
        RaiseSignal(user_in("analyst"), kind="space", category="lamp", week=town.week, area_code="BU1").run()
    assert signals_of(town.workspace) == []


def test_places_of_another_team_are_neither_listed_nor_raised_on(
    town: Town, user_in: Callable[[str], User], as_role: Callable[[str], Client]
) -> None:
    settings = town.workspace.settings
    first = next(iter(settings.plan.teams))
    two = settings.plan.model_copy(update={"teams": {first: "Een", "oost": "Oost"}})
    (town.root / "stip.toml").write_text(write_toml(settings.model_copy(update={"plan": two})), encoding="utf-8")
    place_id = town.place["place_id"]  # nobody gave it to a team, so it is of the first

    def listed() -> list[str]:
        return [option["value"] for option in read(as_role("member"), "/signalen/melden").select("#id_where option")]

    member = user_in("member")
    assert f"plek:{place_id}" in listed()
    member.team = "oost"
    member.save()
    assert not [value for value in listed() if value.startswith("plek:")]
    for kind, category in (("space", "lamp"), ("help", "hulp")):
        with pytest.raises(SignalError, match="staat niet in het plan"):
            RaiseSignal(member, kind=kind, category=category, week=town.week, place_id=place_id).run()
    assert signals_of(town.workspace) == []
    RaiseSignal(user_in("coordinator"), kind="space", category="lamp", week=town.week, place_id=place_id).run()
    assert len(signals_of(town.workspace)) == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [("lamp", "space"), ("afval", "space"), ("stuk", "space"), ("hulp", "help"), ("sporen", "offence"), ("x", "")],
)
def test_a_remark_of_the_street_is_one_kind(town: Town, code: str, kind: str) -> None:
    assert kind_of_remark(town.workspace.settings, code) == kind


def test_finding_where_nobody_came(
    town: Town, coordinator: Client, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = now(town.workspace) + timedelta(days=7)
    monkeypatch.setattr("stip_web.signals.actions.now", lambda workspace: later)
    monkeypatch.setattr("stip_web.signals.views.raising.this_week", lambda workspace: shift_week(town.week, 1))
    for kind in ("visit", "feedback"):
        shutil.rmtree(town.root / "decisions" / kind)  # nothing is known of where the team went
    assert as_role("analyst").post("/signalen/zoeken").status_code == 403
    assert coordinator.get("/signalen/zoeken").status_code == 405
    first = coordinator.post("/signalen/zoeken", follow=True).content.decode()
    found = signals_of(town.workspace)
    assert found and {one.kind for one in found} == {"unvisited"}
    assert len({one.area_code for one in found}) == len(found)
    assert f"{len(found)} nieuw in de lijst" in first
    coordinator.post("/signalen/zoeken")
    assert len(signals_of(town.workspace)) == len(found)
    page = said(read(coordinator, f"/signalen/{found[0].signal_id}"))
    assert "Niet bezocht: vooral" in page and "vooruitblik (Stip zelf)" in page
