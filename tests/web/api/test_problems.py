# SPDX-License-Identifier: EUPL-1.2
"""Every refusal is one problem with everything that is wrong; every answer has its version."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stip.agreements import record_pause
from stip.store import Workspace
from stip_web.answers.problems import Problem
from stip_web.api.resources import weeks
from stip_web.api.version import VERSION
from stip_web.workspaces.clock import now


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == VERSION
    assert "no-store" in answer["Cache-Control"]
    body = json.loads(answer.content)
    Problem.model_validate(body)
    assert body["status"] == status
    assert body["detail"].strip()
    return dict(body)


def test_everything_that_is_wrong_is_said_at_once(program: Callable[..., Any]) -> None:
    query = {"limit": "many", "bbox": "1,2", "from": "gisteren", "hour": ["20-23", "25"], "limt": "3", "crs": "RD"}
    body = problem_of(program().get("/incidents", query), 400)
    assert {(each["in"], each["location"], each["code"]) for each in body["errors"]} == {
        ("query", "limit", "int_parsing"),
        ("query", "bbox", "bbox"),
        ("query", "from", "date"),
        ("query", "hour/1", "string_pattern_mismatch"),
        ("query", "crs", "enum"),
        ("query", "?", "unknown_key"),
    }


def test_no_refused_value_comes_back(program: Callable[..., Any]) -> None:
    secret = "Kerkstraat12"  # noqa: S105 - a value that somebody should not have sent
    for query in ({"crimeType": secret}, {secret: "1"}, {"cursor": secret}, {"from": secret}, {"area": [secret]}):
        answer = program().get("/incidents", query)
        assert answer.status_code == 400
        assert secret not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"crimeType": ["vandalism", "nothing"]}, "unknown_value"),
        ({"source": "bag"}, "unknown_value"),
        ({"area": "BU00000000"}, "unknown_value"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "before_from"),
        ({"limit": ["1", "2"]}, "repeated_key"),
        ({"limit": "0"}, "greater_than_equal"),
        ({"limit": "10001"}, "less_than_equal"),
        ({"from": "1700000000"}, "date"),
        ({"bbox": "6,52,5,53"}, "bbox"),
        ({"weekday": "ma"}, "enum"),
    ],
)
def test_what_looks_like_a_slip_is_refused(program: Callable[..., Any], query: Any, code: str) -> None:
    (fault,) = problem_of(program().get("/incidents", query), 400)["errors"]
    assert fault["code"] == code
    assert fault["detail"].strip()


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/incidents/", "/weeks/2026-W37", "/layers/nothing/features"])
def test_what_is_not_there_is_a_problem(program: Callable[..., Any], path: str) -> None:
    problem_of(program().get(path), 404)


@pytest.mark.parametrize("week", ["2026-W54", "1000-W01", "2030-W01"])
@pytest.mark.parametrize("what", ["outlook", "plan", "record"])
def test_a_week_without_anything_is_not_there(program: Callable[..., Any], week: str, what: str) -> None:
    problem_of(program().get(f"/weeks/{week}/{what}"), 404)


def test_a_week_of_another_form_is_no_week(program: Callable[..., Any]) -> None:
    (fault,) = problem_of(program().get("/weeks/37/plan"), 400)["errors"]
    assert (fault["in"], fault["location"]) == ("path", "week")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(as_role: Callable[[str], Client], method: str) -> None:
    for path in ("/api/v1/incidents", "/api/v1/openapi.json"):
        answer = getattr(as_role("analyst"), method)(path)
        problem_of(answer, 405)
        assert "GET" in answer["Allow"]


def test_a_fault_of_ours_is_a_problem_without_its_words(
    program: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: Any) -> None:
        raise RuntimeError("Kerkstraat 12")

    monkeypatch.setattr(weeks, "runs_of", break_down)
    caller = program()
    caller.client.raise_request_exception = False
    assert "Kerkstraat" not in str(problem_of(caller.get("/weeks"), 500))


def test_what_is_on_hold_is_not_shown(program: Callable[..., Any], own_site: Any) -> None:
    workspace = Workspace.open(own_site)
    reason = "De afspraak wordt nagekeken."
    record_pause(workspace, "source:bvh", paused=True, reason=reason, role="fg", at=now(workspace))
    for path in ("/incidents", "/incidents/counts?groupBy=type"):
        assert reason.rstrip(".") in problem_of(program().get(path), 403)["detail"]
    assert program().json("/sources")["sources"][0]["paused"] is True


def test_without_a_workspace_it_is_not_well(program: Callable[..., Any], settings: Any, tmp_path: Any) -> None:
    assert program("").json("/health") == {"status": "ok"}
    settings.STIP_WORKSPACE = tmp_path / "gone"
    problem_of(program("").get("/health"), 503)
