# SPDX-License-Identifier: EUPL-1.2
"""Go on, change or stop: the measure with its interval, the bad news, and a decision that stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from stip.errors import PlanError
from stip.learn import courses
from stip.settings import write_toml
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine
from stip_web.evaluations.actions import DecideCourse

from .year import live, settings_of

URL, REASON = "/evaluatie/besluit", "De vooruitblik wijst beter aan dan tellen."


def said(client: Client) -> str:
    return " ".join(BeautifulSoup(client.get(URL).content, "html.parser").get_text(" ").split())


def test_the_measure_is_shown_with_its_interval_and_the_bad_news(
    as_role: Callable[[str], Client], lived: Path
) -> None:
    text = said(as_role("policy"))
    assert "Gehaald." in text
    assert "Het verschil ligt met 95 % zekerheid tussen" in text
    assert "gevraagd was meer dan 2." in text
    assert "De mensen deden het best, dan de vooruitblik" in text  # people won from the outlook: it must be told
    assert "lag het aantal meldingen buiten de grenzen" in text
    assert "Minder diefstal rond het station." in text


def test_a_measure_that_is_not_met_is_said_as_plainly(as_role: Callable[[str], Client], site: Path) -> None:
    live(site, outlook=1.0, baseline=4.0)
    text = said(as_role("policy"))
    assert "Niet gehaald." in text
    assert "De maat is niet gehaald." in text
    assert "De vooruitblik was slechter dan ‘de laatste 52 weken’." in text


def test_a_decision_is_signed_by_role_kept_and_shown(
    as_role: Callable[[str], Client], user_in: Callable[[str], User], lived: Path
) -> None:
    client = as_role("policy")
    client.get(URL)
    answer = client.post(URL, {"choice": "go", "reason": REASON})
    assert answer.status_code == 302
    client.post(URL, {"choice": "change", "reason": "Toch eerst de kaart aanpassen."})
    kept = courses(Workspace.open(lived))
    assert kept[["choice", "role", "outcome"]].to_numpy().tolist() == [
        ["go", "bestuur", "met"],
        ["change", "bestuur", "met"],
    ]
    text = said(client)
    assert text.index("bijstellen Toch eerst") < text.index(f"doorgaan {REASON} het bestuur gehaald")
    line = AuditLine.objects.filter(action="course.decide").order_by("pk").first()
    assert line is not None
    assert line.details["decision"] == kept["decision_id"].iloc[0]
    files = b"".join(path.read_bytes() for path in (lived / "decisions" / "course").iterdir())
    assert user_in("policy").username.encode() not in files
    rows = client.get(f"{URL}.json").json()["rows"]
    assert [row["choice"] for row in rows] == ["doorgaan", "bijstellen"]


def test_a_button_pressed_twice_is_one_decision(as_role: Callable[[str], Client], lived: Path) -> None:
    client = as_role("privacy_officer")
    fields = {"choice": "stop", "reason": REASON, "decision": "0" * 31 + "1"}
    assert client.post(URL, fields).status_code == 302
    assert client.post(URL, fields).status_code == 400
    assert courses(Workspace.open(lived))["role"].tolist() == ["fg"]


@pytest.mark.parametrize("fields", [{"reason": REASON}, {"choice": "go"}, {"choice": "maybe", "reason": REASON}])
def test_half_a_decision_is_refused(as_role: Callable[[str], Client], lived: Path, fields: dict[str, str]) -> None:
    answer = as_role("policy").post(URL, fields)
    assert answer.status_code == 400
    assert courses(Workspace.open(lived)).empty


@pytest.mark.parametrize("code", ["analyst", "coordinator"])
def test_who_made_plan_or_evaluation_does_not_decide(
    as_role: Callable[[str], Client], user_in: Callable[[str], User], lived: Path, code: str
) -> None:
    client = as_role(code)
    assert "Besluit vastleggen</button>" not in client.get(URL).content.decode()
    client.post(URL, {"choice": "go", "reason": REASON})
    with pytest.raises(PermissionDenied):
        DecideCourse(user_in(code), workspace=Workspace.open(lived), choice="go", why=REASON).run()
    assert courses(Workspace.open(lived)).empty


def test_nothing_is_decided_without_a_measure(user_in: Callable[[str], User], lived: Path) -> None:
    bare = settings_of()
    bare = bare.model_copy(update={"learn": bare.learn.model_copy(update={"measure": type(bare.learn.measure)()})})
    (lived / "stip.toml").write_text(write_toml(bare))
    with pytest.raises(PlanError, match=r"learn\.measure"):
        DecideCourse(user_in("policy"), workspace=Workspace.open(lived), choice="go", why=REASON).run()
