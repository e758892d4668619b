# SPDX-License-Identifier: EUPL-1.2
"""No operation is forgotten: each says who may come in, lets in nobody else, and logs when it reads incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.testing import TestClient

from stip_web.accounts.door import door_of
from stip_web.accounts.grants import ROLES
from stip_web.accounts.permissions import Permission as May
from stip_web.api.operation import nobody
from stip_web.api.site import api
from stip_web.audit.models import ProcessingSpan

READS_INCIDENTS = {
    "/incidents": "kaart-uitvoer",
    "/incidents/counts": "kaart",
    "/weeks/{week}/outlook": "vooruitblik",
    "/weeks/{week}/plan": "vooruitblik",
    "/weeks/{week}/record": "evaluatie",
}
NEEDED = {"/incidents/counts": {"groupBy": "type"}}


def operations() -> Iterator[tuple[str, Operation]]:
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield bound.prefix + path, operation


ALL = dict(operations())


def address(path: str) -> str:
    week = "2026-W36" if path.endswith("/plan") else "2026-W37"  # only that plan is fixed
    return path.replace("{week}", week).replace("{name}", "trees")


def test_the_walk_meets_every_operation() -> None:
    assert len(ALL) == len(list(operations())) == 13


@pytest.mark.parametrize("path", sorted(ALL))
def test_each_operation_says_who_may_come_in(path: str) -> None:
    door = door_of(ALL[path].view_func)
    assert door is not None, f"{path} was not made with `operation`"
    assert door.everybody == (path == "/health")
    assert ALL[path].methods == ["GET"]


@pytest.mark.parametrize("path", sorted(ALL))
def test_nobody_comes_in_without_the_permission(
    path: str, each_role: str, program: Callable[..., Any], many_questions: None
) -> None:
    door = door_of(ALL[path].view_func)
    assert door is not None
    answer = program(each_role).get(address(path), NEEDED.get(path))
    held = ROLES[each_role][1] if each_role else frozenset()
    allowed = door.everybody or door.any_of & held
    if path == "/incidents":  # a program takes along
        allowed = allowed and May.DOTS_EXPORT in held
    assert answer.status_code == (200 if allowed else 403 if each_role else 401), answer.content[:300]


@pytest.mark.parametrize("path", sorted(ALL))
def test_a_refusal_comes_before_what_is_wrong_with_the_question(path: str, program: Callable[..., Any]) -> None:
    if path != "/health":
        assert program("administrator").get(address(path), {"limit": "x", "nonsense": "1"}).status_code == 403


def test_an_operation_made_in_another_way_lets_nobody_in(program: Callable[..., Any]) -> None:
    forgotten = NinjaAPI(urls_namespace="forgotten", auth=nobody)

    @forgotten.get("/open")
    def look(request: object) -> dict[str, str]:
        return {"seen": "everything"}

    assert api.auth == [nobody] or api.auth is nobody
    with pytest.raises(Exception, match="403"):
        TestClient(forgotten).get("/open")


@pytest.mark.parametrize("path", sorted(ALL))
def test_what_reads_incidents_is_logged_and_nothing_else(path: str, program: Callable[..., Any]) -> None:
    assert program("analyst").get(address(path), NEEDED.get(path)).status_code == 200
    spans = list(ProcessingSpan.objects.all())
    if path in READS_INCIDENTS:
        (span,) = spans
        assert span.attributes["dpl.core.processing_activity_id"] == f"stip:{READS_INCIDENTS[path]}"
        assert "analyst-test" not in str(span.attributes)
    else:
        assert spans == []


def test_a_token_sees_no_more_than_its_scopes(program: Callable[..., Any]) -> None:
    narrow = program("analyst", May.DOTS_COARSE, May.DOTS_FINE, May.DOTS_EXPORT)
    assert narrow.get("/incidents").status_code == 200
    assert narrow.get("/batches").status_code == 403
    # The analyst does not hold the coarse permission, and a scope gives what its owner has not.
    assert program("analyst", May.DOTS_COARSE).get("/incidents").status_code == 403
    assert program("policy", May.DOTS_FINE).get("/incidents").status_code == 403
