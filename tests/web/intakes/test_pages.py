# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.store import Workspace, batches
from stip_web.accounts.grants import ROLES
from stip_web.accounts.permissions import Permission as May
from stip_web.intakes.models import Upload

from .conftest import Desk

pytestmark = pytest.mark.django_db

PAGES = (
    "",
    "/inlezen",
    "/leveringen",
    "/kwaliteit",
    "/afspraken",
    "/poort",
    "/lagen",
    "/bronnen/bvh",
    "/afspraken/bvh",
)
TWINS = ("", "/leveringen", "/kwaliteit", "/afspraken", "/lagen")
CHANGES = ("kolommen", "bron", "publiceren", "opnieuw", "weggooien")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_something(page: str, as_role: Callable[[str], Client], site: Path) -> None:
    answer = as_role("analyst").get(f"/gegevens{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert "style=" not in text and "onclick" not in text
    assert "None" not in text and "Ø" not in text


@pytest.mark.parametrize("page", TWINS)
def test_each_list_has_twins_with_as_many_rows(page: str, as_role: Callable[[str], Client], site: Path) -> None:
    client = as_role("privacy_officer")
    rows = client.get(f"/gegevens{page}.json").json()["rows"]
    text = client.get(f"/gegevens{page}.csv").content.decode("utf-8-sig")
    lines = [row for row in csv.reader(io.StringIO(text), delimiter=";") if not row[0].startswith("#")]
    assert rows and len(lines) == len(rows) + 1


def test_who_may_read_sees_and_who_may_import_changes(
    each_role: str, as_role: Callable[[str], Client], desk: Desk, own_site: Path, next_week: bytes
) -> None:
    upload = desk.checked(next_week)
    batch = str(batches(Workspace.open(own_site))[-1]["batch_id"])
    held = ROLES[each_role][1] if each_role else frozenset()
    client = as_role(each_role)
    refused = 403 if each_role else 302
    reads = [f"/inlezen/{upload.pk}", f"/inlezen/{upload.pk}/geweigerd.csv", f"/leveringen/{batch}", *PAGES]
    reads += [f"{page}.json" for page in TWINS] + [f"/inlezen/{upload.pk}/voortgang.json"]
    for url in reads:
        seen = client.get(f"/gegevens{url}").status_code
        assert seen == (200 if May.DATA_READ in held else 401 if "." in url and not each_role else refused), url
    writes = [f"/inlezen/{upload.pk}/{what}" for what in CHANGES]
    writes += ["/inlezen/bestand", f"/leveringen/{batch}/terugdraaien"]
    if May.DATA_IMPORT not in held:
        for url in writes:
            assert client.post(f"/gegevens{url}", {"reden": "Proef"}).status_code == refused, url
        upload.refresh_from_db()
        assert upload.state == Upload.State.CHECKED
        assert len(batches(Workspace.open(own_site))) > 0


def test_the_privacy_officer_reads_what_the_gate_did_and_changes_nothing(
    as_role: Callable[[str], Client], desk: Desk, own_site: Path, next_week: bytes
) -> None:
    upload = desk.checked(next_week)
    officer = Desk(as_role("privacy_officer"))
    page = officer.see(upload)
    assert "Wat de poort doet" in page and "gaat over personen" in page
    assert "Een code waaruit het nummer niet terug te rekenen is" in page
    assert "Meldingen publiceren" not in page and "Bestand weggooien" not in page
    assert "Alleen lezen" in officer.client.get("/gegevens/inlezen").content.decode()


def test_an_agreement_says_what_is_not_filled_in_yet(as_role: Callable[[str], Client], own_site: Path) -> None:
    path = own_site / "agreements" / "bvh.toml"
    path.write_text(re.sub(r"(?m)^(controller|dpia) = .*", r'\1 = ""', path.read_text(encoding="utf-8")))
    page = as_role("privacy_officer").get("/gegevens/afspraken/bvh").content.decode()
    assert "Er staat niet wie verantwoordelijk is" in page
    assert "nog niet ingevuld" in page
    assert "Wpg artikel 16" in page
    assert as_role("privacy_officer").get("/gegevens/afspraken/bestaat-niet").status_code == 404


def test_a_source_of_things_and_one_without_deliveries_have_a_page(
    as_role: Callable[[str], Client], site: Path
) -> None:
    client = as_role("analyst")
    assert "Kaartlagen" in client.get("/gegevens/bronnen/bomen").content.decode()
    assert client.get("/gegevens/bronnen/adressen").status_code == 200
    assert client.get("/gegevens/bronnen/bestaat-niet").status_code == 404
    assert client.get("/gegevens/leveringen/bestaatniet").status_code == 404


def test_a_delivery_is_not_taken_back_without_a_reason_or_with_a_name_in_it(desk: Desk, own_site: Path) -> None:
    held = batches(Workspace.open(own_site))
    url = f"/gegevens/leveringen/{held[-1]['batch_id']}/terugdraaien"
    for reason, said in (("", "Een reden ontbreekt"), ("Gevraagd door mevrouw Kanarie", "wijst")):
        page = desk.client.post(url, {"reden": reason}, follow=True).content.decode()
        assert said in page and "Kanarie" not in page
    assert len(batches(Workspace.open(own_site))) == len(held)


def test_each_table_that_scrolls_can_be_reached_by_keyboard_and_has_a_name(
    desk: Desk, own_site: Path, next_week: bytes
) -> None:
    page = BeautifulSoup(desk.see(desk.checked(next_week)), "html.parser")
    boxes = page.select(".table-box")
    assert len(boxes) >= 4
    for box in boxes:
        assert (box.get("tabindex"), box.get("role")) == ("0", "region")
        named = page.select_one(f"#{box['aria-labelledby']}") if box.get("aria-labelledby") else None
        assert box.get("aria-label") or (named and named.get_text(strip=True))
