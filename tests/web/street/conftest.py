# SPDX-License-Identifier: EUPL-1.2
"""A week with a fixed plan, and a team member with a phone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from stip.store import Workspace
from stip_web.street.plan import TeamPlan, team_plan
from stip_web.workspaces.clock import this_week


@pytest.fixture
def town(own_site: Path, settings: object) -> Workspace:
    """Give a copy of the sample town, to change; the plan of its week is fixed."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    cache.clear()
    return Workspace.open(own_site)


@pytest.fixture
def plan(town: Workspace) -> TeamPlan:
    """Give the plan as the team sees it."""
    found = team_plan(town, this_week(town), "flexteam")
    assert found is not None
    return found


@dataclass
class Phone:
    """A phone that sends."""

    client: Client
    plan: TeamPlan
    kept: list[dict[str, Any]] = field(default_factory=list)

    def entry(self, at: int = 0, **changes: object) -> dict[str, Any]:
        """Make an entry about a place of the plan."""
        made: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "plan_id": self.plan.plan_id,
            "place_id": self.plan.places[at].place.place_id,
            "visited": True,
            "code": "rustig",
            "age_s": 60.0,
        }
        return made | changes

    def send(self, *entries: dict[str, Any]) -> list[dict[str, Any]]:
        """Send them, and give what became of each."""
        answer = self.post({"entries": list(entries)})
        assert answer.status_code == 200, answer.content
        return answer.json()["outcomes"]

    def post(self, body: object) -> Any:
        """Post anything."""
        text = body if isinstance(body, str) else json.dumps(body)
        return self.client.post("/straat/inzending", text, content_type="application/json")


@pytest.fixture
def phone(as_role: Callable[[str], Client], plan: TeamPlan) -> Phone:
    """Give the phone of a team member."""
    return Phone(as_role("member"), plan)
