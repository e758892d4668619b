# SPDX-License-Identifier: EUPL-1.2
"""The tabs: one filter on all of them, the states each in its own words, and provenance."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from stip.agreements import record_pause
from stip.store import Workspace
from stip_web.audit.models import ProcessingSpan

AsRole = Callable[[str], Client]
TABS = ("/kaart", "/kaart/lijst", "/kaart/grafiek", "/kaart/herkomst", "/kaart/vergelijk")
QUERY = "soort=vandalism&van=2026-06-01&tot=2026-08-30"


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_counts_the_same_and_leads_to_the_others(tab: str, as_role: AsRole) -> None:
    page = as_role("analyst").get(f"{tab}?{QUERY}").content.decode()
    told = re.search(r"<strong data-count-text>([\d.]+) van ([\d.]+) meldingen</strong>", page)
    assert told
    assert told[1] != told[2]
    for other in TABS:
        assert f'href="{other}?{QUERY.replace("&", "&amp;")}"' in page
    assert 'name="soort" value="vandalism" checked' in page


@pytest.mark.parametrize("tab", TABS)
def test_each_look_is_written_in_the_log_of_processing(tab: str, as_role: AsRole) -> None:
    as_role("analyst").get(tab)
    span = ProcessingSpan.objects.get()
    assert span.attributes["dpl.core.processing_activity_id"] == "stip:kaart"
    assert "analyst" not in str(span.attributes)


def test_presets_and_week_steps_are_plain_links(as_role: AsRole) -> None:
    page = as_role("analyst").get(f"/kaart/lijst?{QUERY}").content.decode()
    links = dict(re.findall(r'href="([^"]+)" data-(?:days|period)="([^"]+)"', page))
    by_step = {step: url.replace("&amp;", "&") for url, step in links.items()}
    assert by_step["-7"] == "/kaart/lijst?soort=vandalism&van=2026-05-25&tot=2026-08-23"
    assert by_step["7"] == "/kaart/lijst?soort=vandalism&van=2026-06-08&tot=2026-09-06"
    assert by_step["2026-08-24/2026-08-30"] == "/kaart/lijst?soort=vandalism&van=2026-08-24&tot=2026-08-30"
    assert by_step["/"] == "/kaart/lijst?soort=vandalism"


def test_without_a_filter_everything_is_shown(as_role: AsRole) -> None:
    page = as_role("analyst").get("/kaart").content.decode()
    told = re.search(r"<strong data-count-text>([\d.]+) van ([\d.]+) meldingen</strong>", page)
    assert told
    assert told[1] == told[2]


def test_nothing_that_fits_is_told_from_nothing_there(as_role: AsRole, own_site: Path) -> None:
    client = as_role("analyst")
    assert "Geen melding past bij dit filter" in client.get("/kaart/lijst?vlak=1,1;9,1;9,9").content.decode()
    shutil.rmtree(own_site / "data" / "incidents")
    for tab in TABS:
        answer = client.get(tab)
        assert answer.status_code == 200
        assert "Er zijn nog geen meldingen" in answer.content.decode()
    assert client.get("/kaart/stippen.bin").status_code == 200
    assert client.get("/kaart/uitvoer.pdf").status_code == 200


def test_a_file_that_did_not_come_is_said_on_every_tab(as_role: AsRole, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]  # then it is today, long after the last file
    settings.STIP_REQUIRE_MFA = False  # type: ignore[attr-defined]
    for tab in TABS:
        page = as_role("analyst").get(tab).content.decode()
        assert "Te laat binnen" in page
        assert "mist de laatste meldingen" in page


def test_a_source_on_hold_is_shown_nowhere(as_role: AsRole, own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    record_pause(workspace, "source:bvh", paused=True, reason="Afspraak loopt af", role="fg", at=datetime.now(UTC))
    for path in ("/kaart", "/kaart/lijst.json", "/kaart/stippen.bin", "/kaart/uitvoer.csv", "/gebied/WK999900"):
        answer = as_role("analyst").get(path)
        assert answer.status_code == 403
        assert b"BU9999" not in answer.content


def test_a_layer_on_hold_is_off_the_map_and_named(as_role: AsRole, own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    record_pause(workspace, "source:bomen", paused=True, reason="Wordt nagekeken", role="fg", at=datetime.now(UTC))
    client = as_role("analyst")
    assert "/kaart/lagen/trees.geojson" not in client.get("/kaart").content.decode()
    assert "Bomen staat uit" in client.get("/kaart/herkomst").content.decode()
    assert client.get("/kaart/lagen/trees.geojson").status_code == 403


def test_provenance_tells_agreement_deliveries_and_what_stays_outside(as_role: AsRole) -> None:
    page = as_role("privacy_officer").get("/kaart/herkomst").content.decode()
    parts = (
        "Meldingen van de politie",
        "Precisie volgens de afspraak",
        "Geweigerd",
        "Wat de poort niet doorlaat",
        "Lantaarnpalen",
        "Nieuwste gegeven",
        "Welke gegevens zie ik?",
    )
    for part in parts:
        assert part in page


def test_a_chart_has_a_table_with_the_same_numbers(as_role: AsRole) -> None:
    client = as_role("analyst")
    page = client.get(f"/kaart/grafiek?{QUERY}").content.decode()
    weeks = client.get(f"/kaart/grafiek.json?{QUERY}").json()["rows"]
    assert page.count("<rect") >= len(weeks) == 13
    assert any(week["compleet"] == "nee" for week in weeks)
    assert "er komen nog meldingen" in page
    text = client.get(f"/kaart/grafiek.csv?{QUERY}").content.decode()
    assert "Begint op" in text


def test_an_area_has_its_own_page(as_role: AsRole) -> None:
    client = as_role("member")
    page = client.get("/gebied/WK999900").content.decode()
    assert "Buurten in deze wijk" in page
    assert "Laatste 4 weken" in page
    assert client.get("/gebied/BU0").status_code == 404


def test_no_page_needs_style_or_script_inside(as_role: AsRole) -> None:
    client = as_role("analyst")
    for path in (*TABS, "/kaart/uitvoer", "/kaart/weergaven", "/kaart/plek", "/gebied/WK999900"):
        page = client.get(path).content.decode()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son\w+=", page), path


def test_who_sees_whole_weeks_counts_no_day_and_no_hour(as_role: Callable[[str], Client]) -> None:
    client = as_role("policy")
    for path in ("/kaart", "/kaart/lijst"):
        page = client.get(path).content.decode()
        assert 'name="dag"' not in page and 'name="uur"' not in page, path
    rows = client.get("/kaart/grafiek.json").json()["rows"]
    for part in ("dag=ma", "uur=0-5"):
        assert client.get(f"/kaart/grafiek.json?{part}").json()["rows"] == rows, part


def test_a_type_has_the_colour_of_its_dots_only_where_dots_are_shown(as_role: AsRole) -> None:
    assert "filter-kleur" in as_role("analyst").get("/kaart").content.decode()
    page = as_role("policy").get("/kaart").content.decode()
    assert 'name="soort"' in page and "filter-kleur" not in page, "neighbourhoods are shaded"
