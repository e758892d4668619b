# SPDX-License-Identifier: EUPL-1.2
"""Who may see and change what: every address of the outlook, for every role; and nothing finer than it should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from stip.store import Workspace
from stip_web.accounts.grants import ROLES
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import ProcessingSpan

from .cells import AT

CELL_NAME = re.compile(r"E\d{4,}N\d{4,}")
BOTH = {May.OUTLOOK_READ, May.OUTLOOK_COARSE}
DOORS = {
    AT: BOTH,
    f"{AT}.json": BOTH,
    f"{AT}.csv": BOTH,
    f"{AT}.geojson": BOTH,
    "/vooruitblik/trackrecord": BOTH,
    "/vooruitblik/trackrecord.json": BOTH,
    "/vooruitblik/trackrecord.csv": BOTH,
    "/vooruitblik/model": BOTH,
    "/vooruitblik/model.json": BOTH,
    f"{AT}/lijst": {May.OUTLOOK_READ},
    f"{AT}/vak/CELL": {May.OUTLOOK_READ},
    f"{AT}/kaart.svg": {May.OUTLOOK_READ},
    f"{AT}/vakken.json": {May.OUTLOOK_READ},
    f"{AT}/wijzigingen": {May.OUTLOOK_READ},
    f"{AT}/wijzigingen.json": {May.OUTLOOK_READ},
    f"{AT}/wijzigingen.csv": {May.OUTLOOK_READ},
    f"{AT}/wijzigen": {May.OUTLOOK_CHANGE, May.OUTLOOK_OWN},
    "/vooruitblik/ondergrond.json": {May.OUTLOOK_READ},
    "/vooruitblik/maken": {May.OUTLOOK_RUN},
}
"""Which permission opens each address."""


@pytest.mark.parametrize("address", DOORS)
def test_each_role_comes_in_where_it_may_and_nowhere_else(
    address: str, each_role: str, as_role: Callable[[str], Client], cell: str
) -> None:
    answer = as_role(each_role).get(address.replace("CELL", cell))
    held = ROLES[each_role][1] if each_role else frozenset()
    if held & DOORS[address]:
        assert answer.status_code == 200
    elif each_role:
        assert answer.status_code == 403
    else:
        assert answer.status_code == 401 or answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", [f"{AT}/wijzigen", f"{AT}/wijzigingen/geen/intrekken", "/vooruitblik/maken"])
def test_nobody_changes_anything_without_the_permission(
    address: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    for role in ("privacy_officer", "policy", "member", "administrator", ""):
        assert as_role(role).post(address, {"week": "2026-w37"}).status_code in (302, 401, 403)
    assert not any((own_site / "decisions" / "override").glob("*"))


@pytest.mark.parametrize("address", [address for address, doors in DOORS.items() if doors == BOTH])
def test_who_may_see_no_cells_finds_none_anywhere(address: str, as_role: Callable[[str], Client]) -> None:
    for question in ("", "?soort=bicycle_theft&verschil=ja", "?ernaast=recent_mean&klasse=5"):
        body = as_role("policy").get(address + question).content.decode()
        assert CELL_NAME.findall(body) == []
        assert "vakken.json" not in body
        assert "kaart.svg" not in body
        assert "/vak/" not in body


def test_who_may_see_no_cells_gets_totals_with_the_reason(as_role: Callable[[str], Client], town: Workspace) -> None:
    client = as_role("policy")
    page = client.get(AT).content.decode()
    assert "U ziet de vooruitblik per buurt en per wijk" in page
    rows = client.get(f"{AT}.json").json()["rows"]
    assert 10 < len(rows) < 200
    assert all(row["area"] and (row["low"] is None or row["low"] <= row["high"]) for row in rows)
    shapes = client.get(f"{AT}.geojson").json()["features"]
    assert len(shapes) == len(rows)
    assert {shape["properties"]["code"][:2] for shape in shapes} == {"BU"}


def test_a_look_at_cells_is_in_the_processing_log(as_role: Callable[[str], Client], cell: str) -> None:
    for address in (AT, f"{AT}/lijst", f"{AT}/vak/{cell}", f"{AT}.csv"):
        before = ProcessingSpan.objects.count()
        assert as_role("analyst").get(address).status_code == 200
        span = ProcessingSpan.objects.first()
        assert ProcessingSpan.objects.count() == before + 1
        assert span is not None and span.attributes["dpl.core.processing_activity_id"] == "stip:vooruitblik"
        assert "analyst" not in str(span.attributes)
