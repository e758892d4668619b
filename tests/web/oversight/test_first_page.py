# SPDX-License-Identifier: EUPL-1.2
"""The first page of Toezicht: is there anything unusual? And who finds which pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from stip.agreements import agreements_of
from stip.publish import dots_and_dwellings
from stip.store import Workspace
from stip.words import number
from stip_web.oversight.own import without_term

PAGES = (
    "/toezicht", "/toezicht/pauze", "/toezicht/register", "/toezicht/poort", "/toezicht/bewaren", "/toezicht/inzage",
    "/toezicht/uitvoer", "/toezicht/openbaar", "/toezicht/vragen",
)  # fmt: skip


def test_the_first_page_answers_for_each_role_with_what_it_may_see(as_role: Callable[[str], Client]) -> None:
    fg = as_role("privacy_officer")
    for address in PAGES:
        assert fg.get(address).status_code == 200, address
    said = {row["title"]: row for row in fg.get("/toezicht.json").json()["rows"]}
    assert said["Wat staat stil"]["count"] == 0 and said["Wat staat stil"]["mark"] == "In orde"
    assert said["Open juridische vragen"]["count"] >= 5
    assert "Wie keek tot op de plek" in said and "Uitvoer deze week" in said
    seen = {role: {row["title"] for row in as_role(role).get("/toezicht.json").json()["rows"]}
            for role in ("analyst", "policy", "administrator")}  # fmt: skip
    assert seen["policy"] == {"Berichten van bewoners", "Wacht op openbaar maken", "Wat staat stil"}
    assert seen["administrator"] == {"Voorbij de bewaartermijn"}
    assert "Wie keek tot op de plek" not in seen["analyst"]
    assert as_role("member").get("/toezicht").status_code == 403


def test_the_first_page_names_a_source_of_reports_without_controller_or_dpia(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    path = own_site / "agreements" / "bvh.toml"
    text = re.sub(r"(?m)^(controller|dpia) = .*", r'\1 = ""', path.read_text(encoding="utf-8"))
    client = as_role("privacy_officer")
    for new, shown in ((None, False), (text, True)):
        if new:
            path.write_text(new, encoding="utf-8")
        said = {row["title"]: row for row in client.get("/toezicht.json").json()["rows"]}
        lines = said["Bronnen zonder vaste grondslag of afspraak"]["lines"]
        assert ("ontbreekt wie verantwoordelijk is en waar de DPIA ligt" in lines) == shown


def test_only_the_tabs_that_somebody_may_open_are_shown(as_role: Callable[[str], Client]) -> None:
    page = as_role("policy").get("/toezicht").content.decode()
    assert 'href="/toezicht/openbaar"' in page
    assert 'href="/toezicht/inzage"' not in page and 'href="/toezicht/register"' not in page


def test_each_number_of_the_first_page_means_what_its_word_says(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    client, workspace = as_role("privacy_officer"), Workspace.open(own_site)
    said = {row["title"]: row for row in client.get("/toezicht.json").json()["rows"]}
    proposed = [each for each in agreements_of(workspace).values() if each.legal_basis.startswith("Vo")]
    basis = said["Bronnen zonder vaste grondslag of afspraak"]
    assert proposed and (basis["count"], basis["mark"]) == (len(proposed), "Let op")
    assert "een voorbeeld, in een echte gemeente nog te bevestigen" in basis["lines"]
    (fine,) = [row for row in dots_and_dwellings(workspace) if row.precision_m]
    below = said["Stippen onder de grens"]
    assert (below["count"], below["mark"]) == (round(fine.under * fine.places), "Let op")
    assert f"{number(fine.under_per_cent)} % van de {number(fine.places)} plekken" in below["lines"]
    waiting = said["Wacht op openbaar maken"]
    assert waiting["count"] > 0 and waiting["mark"] == "Let op"
    termless = said["Zonder bewaartermijn"]
    assert (termless["count"], termless["mark"]) == (len(without_term()), "Let op") and termless["count"] > 0
    assert "Signalen en besluiten: geen termijn" in termless["lines"]
    register = said["Open plekken in het register"]
    text = client.get("/toezicht/register").content.decode()
    assert f"Op {register['count']} plekken staat" in text and register["mark"] == "Let op"
    for row in said.values():
        assert not (row["count"] == 0 and row["mark"] == "Let op"), row


def test_a_slash_too_many_leads_to_the_page(as_role: Callable[[str], Client], site: Path) -> None:
    client = as_role("privacy_officer")
    answer = client.get("/toezicht/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/toezicht?x=1")
    for wrong in ("/niets/", "/toezicht/niets/"):
        assert client.get(wrong).status_code == 404, wrong
    assert client.post("/toezicht/pauze/stilzetten/").status_code == 404
