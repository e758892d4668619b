# SPDX-License-Identifier: EUPL-1.2
"""What a phone sends, and what stands in an address, may be anything: an answer comes, never a fault of ours."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.store import Workspace, read_decisions
from stip_web.street.models import Entry
from stip_web.street.plan import team_plan
from stip_web.workspaces.clock import this_week

pytestmark = pytest.mark.slow

SQL = ["' OR 1=1 --", "'; DROP TABLE accounts_user; --"]
ODD = ["\x00", "\ud800", "\u202e", *SQL, "../../stip.toml", "=1+1", "\n", "a" * 5000]
text = st.text(max_size=30) | st.sampled_from(ODD)
value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KNOWN = ("id", "plan_id", "place_id", "visited", "code", "why", "better", "remark", "note", "age_s")


@pytest.fixture
def phone(own_site: Path, as_role: Callable[[str], Client], settings: Any) -> Iterator[tuple[Client, dict[str, Any]]]:
    """Give a phone without a throttle, and a good entry."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    town = Workspace.open(own_site)
    plan = team_plan(town, this_week(town), "flexteam")
    assert plan is not None
    good = {"plan_id": plan.plan_id, "place_id": plan.places[0].place.place_id, "visited": True, "code": "rustig"}
    yield as_role("member"), good


def send(client: Client, body: bytes) -> Any:
    with transaction.atomic():
        return client.post("/straat/inzending", body, content_type="application/json")


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(changes=st.dictionaries(st.sampled_from(KNOWN) | st.text(max_size=6), value, max_size=4))
def test_any_entry(changes: dict[str, Any], phone: tuple[Client, dict[str, Any]]) -> None:
    client, good = phone
    answer = send(client, json.dumps({"entries": [good | {"id": str(uuid.uuid4())} | changes]}).encode())
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert {one["result"] for one in answer.json()["outcomes"]} <= {"stored", "again", "refused"}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=200) | value.map(lambda made: json.dumps(made).encode()))
def test_any_body(body: bytes, phone: tuple[Client, dict[str, Any]]) -> None:
    assert send(phone[0], body).status_code in (200, 400)


@pytest.mark.parametrize("name", ["plan_id", "place_id", "note", "better"])
@pytest.mark.parametrize("odd", ODD)
def test_each_odd_text_in_each_place(
    name: str, odd: str, phone: tuple[Client, dict[str, Any]], own_site: Path
) -> None:
    client, good = phone
    before = len(read_decisions(Workspace.open(own_site), "feedback"))
    entry = good | {"id": str(uuid.uuid4()), name: [odd] if name == "better" else odd}
    answer = send(client, json.dumps({"entries": [entry]}).encode())
    assert answer.status_code == 200
    assert answer.json()["outcomes"][0]["result"] in ("stored", "refused")
    assert len(read_decisions(Workspace.open(own_site), "feedback")) - before == Entry.objects.count()


ADDRESSES = [
    "/kaart?soort={}",
    "/kaart?van={}&tot={}",
    "/kaart?gebied={}",
    "/kaart/lijst.csv?soort={}",
    "/kaart/lijst.json?vorm={}",
    "/kaart/stippen.bin?soort={}",
    "/weekplan/{}",
    "/vooruitblik/{}",
    "/signalen/{}",
    "/gegevens/levering/{}",
    "/beheer/logboek?zoek={}",
    "/beheer/logboek.csv?van={}",
    "/api/v1/incidents?crimeType={}",
    "/api/v1/incidents?cursor={}",
    "/api/v1/layers/{}",
    "/kaart/zoek?q={}",
    "/straat/plek/{}",
]
MORE = ["%00", "2026-w99", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "{{7*7}}", "<script>alert(1)</script>"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("odd", [*ODD, *MORE])
def test_each_odd_text_in_each_address(
    address: str, odd: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    written = quote(odd.encode("utf-8", "surrogatepass"), safe="%")
    for role in ("analyst", "privacy_officer"):
        answer = as_role(role).get(address.replace("{}", written))
        assert answer.status_code < 500, (address, odd)
        body = answer.getvalue() if answer.streaming else answer.content
        assert b"<script>alert(1)" not in body
        assert b"root:x:" not in body
