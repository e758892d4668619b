# SPDX-License-Identifier: EUPL-1.2
"""What the pages of Toezicht tell, to whom, and what they never tell."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from stip.agreements import agreements_of, pauses
from stip.intake import export_incidents
from stip.publish import FIGURE, open_quarters, propose, published_facts, published_pauses, published_quarters
from stip.store import Workspace, batches, conform, freeze_run, read_batch
from stip_web.accounts.models import User
from stip_web.audit.models import AccessLine, AuditLine, ProcessingSpan
from stip_web.intakes.models import Upload
from stip_web.oversight.models import FigureProposal, QuestionLine
from stip_web.oversight.sample import ROWS, sample_of
from stip_web.workspaces.clock import now

PAGES = (
    "/toezicht", "/toezicht/pauze", "/toezicht/register", "/toezicht/poort", "/toezicht/bewaren", "/toezicht/inzage",
    "/toezicht/uitvoer", "/toezicht/openbaar", "/toezicht/vragen",
)  # fmt: skip


def test_the_register_says_what_article_30_asks_and_follows_the_agreement(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    path = own_site / "agreements" / "bvh.toml"
    text = re.sub(
        r"(?m)^controller = .*", 'controller = "Het college van Proefstad"', path.read_text(encoding="utf-8")
    )
    path.write_text(re.sub(r"(?m)^dpia = .*", 'dpia = "zaak 2026-17"', text), encoding="utf-8")
    client = as_role("privacy_officer")
    rows = client.get("/toezicht/register.json").json()["rows"]
    police = next(row for row in rows if row["source"] == "bvh")
    assert police["controller"] == "Het college van Proefstad" and police["dpia"] == "zaak 2026-17"
    assert "Wpg artikel 16" in police["basis"] and police["retention"] == "60 maanden"
    assert "nooit met naam" in police["subjects"] and "bij overdracht van een signaal" in police["recipients"]
    assert all(row[name] for row in rows for name in row if name not in ("source", "until"))
    assert {row["activity"] for row in rows} >= {"Logboek en inzage", "Accounts", "Opmerkingen van de straat"}
    citizens = next(row for row in rows if row["activity"] == "Berichten van inwoners")
    assert "e-mailadres" in citizens["categories"] and "na het antwoord" in citizens["retention"]
    assert {"Oordelen van het team", "Signalen en besluiten", "Weekplannen en vooruitblikken"} <= {
        row["activity"] for row in rows
    }
    assert {row["transfer"] for row in rows} == {"nog niet ingevuld"}  # nobody told Stip where the server stands
    assert "fg@stipdam.example" in police["privacy_officer"] and "veiligheid@stipdam.example" in police["contact"]
    layer = next(row for row in rows if row["source"] == "bomen")
    assert layer["retention"] in client.get("/toezicht/register").content.decode()
    owners = next(row for row in rows if row["source"] == "eigendom")
    assert "perceel" in owners["subjects"] and layer["subjects"].startswith("Niemand")
    assert "Het college van Proefstad" in client.get("/toezicht/register").content.decode()
    told = list(csv.reader(io.StringIO(client.get("/toezicht/register.csv").content.decode()), delimiter=";"))
    book = load_workbook(io.BytesIO(client.get("/toezicht/register.xlsx").content))
    assert book["Verwerkingen"].max_row == len(rows) + 1 == len(told) - 2
    assert client.get("/toezicht/register.pdf").status_code == 404


def test_the_register_says_of_security_only_what_this_installation_does(
    as_role: Callable[[str], Client], own_site: Path, settings: Any
) -> None:
    client = as_role("privacy_officer")
    settings.STIP_REQUIRE_MFA = False
    police = client.get("/toezicht/register.json").json()["rows"][0]
    assert "zonder verplichte tweede stap" in police["measures"] and "nog geen reservekopie" in police["measures"]


def test_without_a_card_nobody_said_who_answers_for_it(as_role: Callable[[str], Client], own_site: Path) -> None:
    (own_site / "card.toml").unlink()
    rows = as_role("privacy_officer").get("/toezicht/register.json").json()["rows"]
    assert {row["privacy_officer"] for row in rows} == {"nog niet ingevuld"}


def test_terms_are_told_of_what_no_agreement_is_about(as_role: Callable[[str], Client]) -> None:
    page = as_role("privacy_officer").get("/toezicht/bewaren").content.decode()
    assert "Berichten van inwoners" in page and "het blijft nu staan" in page


def test_a_sample_shows_what_is_left_and_never_what_was_refused(own_site: Path, db: None) -> None:
    workspace = Workspace.open(own_site)
    batch = batches(workspace)[-1]["batch_id"]
    first, again = sample_of(workspace, batch, drawn=7), sample_of(workspace, batch, drawn=7)
    assert first == again and first is not None and len(first.rows) == ROWS
    cells = {cell.heading: cell for cell in first.rows[0]}
    assert cells["Verdachten"].how == "weggelaten" and cells["Verdachten"].after == "niets: gaat over personen"
    assert cells["X"].how == "grover gemaakt" and "midden van 25 bij 25 m" in cells["X"].after
    assert cells["Incident Identificatie"].after == "een code (niet getoond)"
    ids = set(read_batch(workspace, batch)["incident_id"])
    shown = json.dumps([[vars(cell) for cell in row] for row in first.rows])
    assert not any(one in shown for one in ids)


def test_a_sample_of_a_file_from_the_desk_names_the_headings_of_the_file(
    own_site: Path, user_in: Callable[[str], User], as_role: Callable[[str], Client]
) -> None:
    workspace = Workspace.open(own_site)
    batch = batches(workspace)[-1]["batch_id"]
    moment = timezone.now()
    Upload.objects.create(
        file_name="maandag.csv", size_bytes=1, received_at=moment, expires_at=moment, ended_at=moment,
        state=Upload.State.PUBLISHED, batch_id=batch, brought_by=user_in("analyst"),
        headings=[
            {"shown": "X", "role": "x", "why": ""},
            {"shown": "«kolom 2»", "role": "", "why": "staat niet in de afspraak"},
        ],
    )  # fmt: skip
    page = as_role("privacy_officer").get(f"/toezicht/poort/{batch}").content.decode()
    assert "«kolom 2»" in page and "staat niet in de afspraak" in page
    listed = as_role("privacy_officer").get("/toezicht/poort").content.decode()
    assert "maandag.csv" in listed and "na het opslaan" in listed
    assert AccessLine.objects.filter(activity="toezicht", fine=True).exists()


def test_a_source_on_hold_can_be_examined_by_who_oversees_it_and_is_named_as_people_do(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    client = as_role("privacy_officer")
    batch = batches(Workspace.open(own_site))[-1]["batch_id"]
    client.post("/toezicht/pauze/stilzetten", {"what": "source:bvh", "reason": "geen grondslag"})
    assert client.get(f"/toezicht/poort/{batch}").status_code == 200
    assert client.get("/toezicht/poort").status_code == 200
    for role, link in (("privacy_officer", True), ("analyst", False)):
        answer = as_role(role).get("/kaart")
        said = answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert answer.status_code == 403
        assert "Dit staat stil" in said and "geen grondslag" in said, role
        assert "Meldingen van de politie" in said and "bvh" not in said and "stip agreements" not in said, role
        assert ('href="/toezicht/pauze"' in said) is link, role
    logged = client.get("/beheer/logboek").content.decode()
    assert "source:bvh" not in logged and "Meldingen van de politie" in logged


def test_a_stage_on_hold_has_its_own_name_in_the_list(as_role: Callable[[str], Client], own_site: Path) -> None:
    client = as_role("privacy_officer")
    client.post("/toezicht/pauze/stilzetten", {"what": "outlook", "reason": "De cijfers kloppen niet."})
    assert 'id="stil-1">De vooruitblik</h3>' in client.get("/toezicht/pauze").content.decode()


@pytest.mark.parametrize("what", ["publish", "source:bvh", "all"])
def test_no_figures_are_asked_for_while_they_cannot_be_made(
    what: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    client = as_role("privacy_officer")
    workspace = Workspace.open(own_site)
    quarter = open_quarters(workspace, at=now(workspace))[0]
    assert "laten maken" in client.get("/toezicht/openbaar").content.decode()
    client.post("/toezicht/pauze/stilzetten", {"what": what, "reason": "eerst overleg"})
    page = client.get("/toezicht/openbaar").content.decode()
    assert "laten maken" not in page and "Dit staat stil" in page
    answer = client.post("/toezicht/openbaar/voorstellen", {"quarter": quarter.name})
    assert answer.status_code == 400 and "eerst overleg" in answer.content.decode()
    assert not FigureProposal.objects.exists()


def test_the_switch_stops_and_lifts_with_a_reason_and_comes_back(
    as_role: Callable[[str], Client], own_site: Path
) -> None:
    workspace, client = Workspace.open(own_site), as_role("privacy_officer")
    page = client.get("/vooruitblik/2026-w37").content.decode()
    assert 'name="terug" value="/vooruitblik/2026-w37"' in page and '<option value="outlook" selected>' in page
    assert "Iets stilzetten" not in as_role("analyst").get("/").content.decode()
    asked = {"what": "outlook", "reason": "De cijfers kloppen niet.", "terug": "/vooruitblik/2026-w37"}
    assert client.post("/toezicht/pauze/stilzetten", {**asked, "reason": " "}).status_code == 400
    assert client.post("/toezicht/pauze/stilzetten", {**asked, "what": "iets"}).status_code == 400
    assert pauses(workspace).empty and AuditLine.objects.filter(action="pause.set").count() == 0
    answer = client.post("/toezicht/pauze/stilzetten", asked)
    assert answer.status_code == 302 and answer["Location"] == "/vooruitblik/2026-w37"
    assert pauses(workspace)["role"].tolist() == ["fg"]
    for role in ("analyst", "member", "administrator", "policy"):
        assert "De vooruitblik staat op pauze" in as_role(role).get("/").content.decode(), role
    assert [row["name"] for row in published_pauses(own_site / "published")] == ["outlook"]
    away = client.post(
        "/toezicht/pauze/opheffen", {**asked, "reason": "Hersteld.", "terug": "https://elders.example/"}
    )
    assert away["Location"] == "/toezicht/pauze"
    assert pauses(workspace).empty and published_pauses(own_site / "published") == []
    line = AuditLine.objects.filter(action="pause.lift").get()
    assert (line.subject, line.why) == ("outlook", "Hersteld.")
    rows = client.get("/toezicht/pauze.json").json()["rows"]
    assert [row["did"] for row in rows] == ["weer aan", "stilgezet"]
    assert as_role("analyst").post("/toezicht/pauze/stilzetten", asked).status_code == 403


def test_the_board_can_stop_it_as_every_text_says(as_role: Callable[[str], Client], own_site: Path) -> None:
    workspace, board = Workspace.open(own_site), as_role("policy")
    asked = {"what": "outlook", "reason": "De raad wil dit eerst bespreken.", "terug": "/"}
    assert "Iets stilzetten" in board.get("/").content.decode()
    assert board.post("/toezicht/pauze/stilzetten", asked).status_code == 302
    assert pauses(workspace)["role"].tolist() == ["bestuur"]
    assert board.post("/toezicht/pauze/opheffen", asked).status_code == 302
    assert pauses(workspace).empty


def test_who_looked_is_asked_by_person_role_and_how_finely(as_role: Callable[[str], Client]) -> None:
    as_role("analyst").get("/kaart/lijst.json")
    as_role("policy").get("/kaart/lijst.json")
    fg = as_role("privacy_officer")
    rows = fg.get("/toezicht/inzage.json").json()["rows"]
    assert {(row["roles"], row["fine"]) for row in rows} == {
        ("Analist", "tot op de plek"),
        ("Bestuur en beleid", "grof, of alleen eigen plekken"),
    }
    assert [row["actor"] for row in fg.get("/toezicht/inzage.json?fijn=on").json()["rows"]] == ["analyst-test"]
    assert [row["actor"] for row in fg.get("/toezicht/inzage.json?rol=Bestuur").json()["rows"]] == ["policy-test"]
    assert fg.get("/toezicht/inzage.json?q=niemand").json()["rows"] == []
    assert fg.get("/toezicht/inzage.json?wat=signalen").json()["rows"] == []
    assert fg.get("/toezicht/inzage?van=gisteren").status_code == 400
    assert "geen ranglijst" in fg.get("/toezicht/inzage").content.decode()


def test_the_processing_log_is_read_in_the_shape_of_the_draft(as_role: Callable[[str], Client]) -> None:
    as_role("analyst").get("/kaart/lijst.json")
    fg, span = as_role("privacy_officer"), ProcessingSpan.objects.get()
    address = "/toezicht/inzage/verwerkingen.json"
    for query in ({"traceId": str(UUID(span.trace_id))}, {"dpl.core.processing_activity_id": "stip:kaart"}):
        told = fg.get(address, query).json()
        assert set(told) == {"metadata", "processingActivities"} and set(told["metadata"]) == {
            "logbookId",
            "organizationName",
        }
        (one,) = told["processingActivities"]
        assert {"traceId", "spanId", "status", "name", "startTime", "endTime"} <= set(one)
        assert one["status"] == "Ok" and one["startTime"].endswith("Z") and UUID(one["traceId"]).hex == span.trace_id
        assert one["attributes"]["dpl.core.processing_activity_id"] == "stip:kaart"
        assert "analyst" not in json.dumps(told), "no employee in it"
    later = (timezone.now() + timedelta(days=1)).isoformat()
    found = fg.get(address, {"dpl.core.processing_activity_id": "stip:kaart", "startTime": later}).json()
    assert found["processingActivities"] == []
    for wrong in ({}, {"traceId": "x"}, {"dpl.core.processing_activity_id": "stip:iets"},
                  {"traceId": span.trace_id, "startTime": "gisteren"}):  # fmt: skip
        answer = fg.get(address, wrong)
        assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json", wrong


def test_every_export_is_listed_with_filter_count_and_fineness(as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get("/kaart/uitvoer.csv?soort=vandalism").status_code == 200
    (row,) = as_role("privacy_officer").get("/toezicht/uitvoer.json").json()["rows"]
    assert row["actor"] == "analyst-test" and row["rows"] > 0
    assert "vandalism" in row["filter"] and row["precision"] == "tot op de plek"


def test_an_export_by_a_command_is_listed_too(
    as_role: Callable[[str], Client], own_site: Path, tmp_path: Path
) -> None:
    fg = as_role("privacy_officer")
    assert "stip intake export" not in fg.get("/toezicht/uitvoer").content.decode()
    count = export_incidents(Workspace.open(own_site), tmp_path / "m.xlsx", crime_types=("vandalism",))
    (row,) = fg.get("/toezicht/uitvoer.json").json()["rows"]
    assert (row["actor"], row["rows"], row["filter"]) == ("stip intake export", count, "soort=vandalism")
    assert row["precision"] == "tot op de plek"
    page = BeautifulSoup(fg.get("/toezicht/uitvoer").content, "html.parser")
    assert "meldingen als xlsx" in page.select_one("table").get_text()
    assert fg.get("/toezicht/uitvoer.json?q=analist").json()["rows"] == []
    assert fg.get("/toezicht/uitvoer.json?tot=2020-01-01").json()["rows"] == []
    assert "1 daarvan met een opdracht op de server" in fg.get("/toezicht").content.decode()


def test_a_question_has_an_owner_a_date_and_a_history(as_role: Callable[[str], Client]) -> None:
    fg, analyst = as_role("privacy_officer"), as_role("analyst")
    address = "/toezicht/vragen/wekelijkse-aantallen-anoniem"
    line = {"owner": "fg", "due": "2026-01-31", "state": "asked", "answer": ""}
    assert fg.post(address, {**line, "due": ""}).status_code == 400, "an open question without a date stays lying"
    assert fg.post(address, line).status_code == 302
    rows = {row["title"]: row for row in fg.get("/toezicht/vragen.json").json()["rows"]}
    assert sum(row["state"] == "te laat" for row in rows.values()) == 1
    assert "Antwoord te laat" in fg.get("/toezicht/vragen").content.decode()
    assert fg.post(address, {**line, "state": "answered"}).status_code == 400, "an answer has words"
    assert fg.post(address, {**line, "state": "answered", "answer": "Bel mevrouw Jansen"}).status_code == 400
    assert fg.post(address, {**line, "state": "answered", "answer": "Nee, zie advies 2026-4."}).status_code == 302
    assert QuestionLine.objects.filter(slug="wekelijkse-aantallen-anoniem").count() == 2, "what stood before stays"
    with pytest.raises(TypeError):
        QuestionLine.objects.all()[0].delete()
    assert analyst.post(address, line).status_code == 200 and QuestionLine.objects.count() == 2
    new = {"title": "Mag de wijkagent de briefing lezen?", "owner": "bestuur", "due": "2027-01-31"}
    assert analyst.post("/toezicht/vragen", new).status_code == 302
    assert analyst.post("/toezicht/vragen", new).status_code == 400, "it is there already"
    assert "Mag de wijkagent de briefing lezen?" in fg.get("/toezicht/vragen.csv").content.decode()


def test_a_question_is_late_by_the_day_in_the_town(
    as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    fg, line = as_role("privacy_officer"), {"owner": "fg", "due": "2026-09-07", "state": "asked", "answer": ""}
    assert fg.post("/toezicht/vragen/wekelijkse-aantallen-anoniem", line).status_code == 302
    monkeypatch.setattr("stip_web.workspaces.clock.now", lambda _: datetime(2026, 9, 7, 22, 30, tzinfo=UTC))
    assert sum(row["state"] == "te laat" for row in fg.get("/toezicht/vragen.json").json()["rows"]) == 1
    said = {row["title"]: row["mark"] for row in fg.get("/toezicht.json").json()["rows"]}
    assert said["Open juridische vragen"] == "Te laat"


def test_figures_are_shown_as_they_will_be_and_go_out_once(as_role: Callable[[str], Client], own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    quarter = open_quarters(workspace, at=now(workspace))[0]
    fg, policy, analyst = (as_role(role) for role in ("privacy_officer", "policy", "analyst"))
    address = f"/toezicht/openbaar/{quarter.name.lower()}"
    assert fg.get(address).status_code == 404, "nothing is proposed yet"
    propose(workspace, quarter, at=now(workspace))
    page = policy.get(address).content.decode()
    assert "cijfers per buurt gaan naar buiten" in page and "verborgen" in page and "veelvoud van 5" in page
    police = "Stemt de politie ermee in dat cijfers uit haar gegevens openbaar worden?"
    assert police in page and "Vraag eerst advies" in page and 'href="/toezicht/vragen"' not in page
    advised = fg.get(address).content.decode()
    assert police in advised and "Die adviseert; het bestuur hoort te beslissen." in advised
    for slug in ("openbare-cijfers-en-geheimhouding", "lage-cijfers-openbaar"):
        line = {"owner": "bestuur", "due": "", "state": "answered", "answer": "Ja, zie besluit 2026-4."}
        assert fg.post(f"/toezicht/vragen/{slug}", line).status_code == 302
    assert "nog open" not in policy.get(address).content.decode()
    seen = {"run_id": _run_in(page), "reason": "Nagezien, het klopt."}
    assert analyst.post(address, seen).status_code == 200 and published_quarters(workspace) == []
    assert policy.post(address, {**seen, "reason": ""}).status_code == 400
    assert policy.post(address, seen).status_code == 302
    assert published_quarters(workspace) == [quarter]
    assert AuditLine.objects.get(action="publication.approve").details["role"] == "bestuur"
    assert fg.get(address).status_code == 404, "a quarter goes out once"
    assert quarter.label[1:] in fg.get("/toezicht/openbaar").content.decode()


def _run_in(page: str) -> str:
    found = re.search(r'name="run_id" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def test_what_is_approved_is_what_was_seen(as_role: Callable[[str], Client], own_site: Path) -> None:
    workspace = Workspace.open(own_site)
    quarter = open_quarters(workspace, at=now(workspace))[0]
    address, policy = f"/toezicht/openbaar/{quarter.name.lower()}", as_role("policy")
    first = propose(workspace, quarter, at=now(workspace))
    page = html.unescape(policy.get(address).content.decode())
    told = first.notes["record"]
    assert told["lacking"] in page and told["measure"]["sentence"] in page and told["method"] in page
    row = {"label": "fietsdiefstal", "expected": 40, "verdict_label": "slechter"}
    row |= {name: {"figure": 45} for name in ("reported", "outlook", "baseline")}
    row |= {"sentence": "Van ongeveer 45 meldingen"}
    measured = {**told, "lacking": "", "types": [row], "all": {**row, "sentence": "Van ongeveer 90 meldingen"}}
    freeze_run(
        workspace, kind="publish", week=first.week, settings=first.facts["settings"],
        inputs={**first.facts["inputs"], "figures": "other"},
        tables={"figures": conform(first.table("figures"), FIGURE)}, notes={**first.notes, "record": measured},
    )  # fmt: skip
    answer = policy.post(address, {"run_id": first.run_id, "reason": "Nagezien, het klopt."})
    assert answer.status_code == 409 and published_quarters(workspace) == []
    page = answer.content.decode()
    newest = _run_in(page)
    assert "Van ongeveer 90 meldingen" in page and "Van ongeveer 45 meldingen" in page and "slechter" in page
    assert told["weeks_beside"]["sentence"] in page
    assert newest != first.run_id
    assert policy.post(address, {"reason": "Nagezien, het klopt."}).status_code == 409
    assert policy.post(address, {"run_id": newest, "reason": "Nagezien, het klopt."}).status_code == 302
    (facts,) = published_facts(own_site / "published")
    assert facts["run_id"] == newest


def test_every_agreement_is_in_the_register(as_role: Callable[[str], Client], site: Path) -> None:
    rows = as_role("analyst").get("/toezicht/register.json").json()["rows"]
    assert {row["source"] for row in rows} - {""} == set(agreements_of(Workspace.open(site)))


def test_a_document_that_is_not_public_is_not_taken_without_a_line(
    as_role: Callable[[str], Client], site: Path
) -> None:
    client = as_role("privacy_officer")
    client.get("/toezicht/registers/register.json")
    assert not AuditLine.objects.filter(action="register.take").exists(), "that one is public"
    assert client.get("/toezicht/registers/dpia.odt").status_code == 200
    row = client.get("/toezicht/uitvoer.json").json()["rows"][0]
    assert (row["what"], row["precision"]) == ("DPIA als odt", "geen plekken")
    assert "Document meegenomen als bestand" in client.get("/beheer/logboek").content.decode()
