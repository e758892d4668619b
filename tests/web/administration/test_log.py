# SPDX-License-Identifier: EUPL-1.2
"""The logs: searchable, the same on page and twin, and each person sees what is about him."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from stip_web.accounts.models import User
from stip_web.administration import log
from stip_web.administration.users import CloseUser
from stip_web.audit.models import AccessLine, AuditLine
from stip_web.audit.processing import reads_incidents

pytestmark = pytest.mark.django_db


@reads_incidents("kaart")
def look(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def looked(user: User) -> None:
    request = RequestFactory().get("/kaart")
    request.user = user
    look(request)


@pytest.fixture
def lines(user_in: Callable[[str], User]) -> None:
    noor = user_in("analyst")
    AuditLine.objects.create(actor=noor, actor_name=noor.username, action="view.save", subject="Station")
    AuditLine.objects.create(
        actor=noor, actor_name=noor.username, action="intake.publish", at=datetime(2026, 1, 5, 22, 59, tzinfo=UTC)
    )
    CloseUser(user_in("administrator"), user=User.objects.create(username="vertrekker"), why="Uit dienst").run()
    looked(noor)


def subjects(client: Client, query: str = "") -> list[str]:
    return [row["action"] for row in json.loads(client.get(f"/beheer/logboek.json{query}").content)["rows"]]


def test_who_oversees_sees_all(lines: None, as_role: Callable[[str], Client]) -> None:
    client = as_role("privacy_officer")
    assert subjects(client) == ["Account gesloten", "Weergave bewaard"]
    assert "kaart" in client.get("/beheer/logboek/inzage.csv").content.decode()
    assert "analyst-test" in client.get("/beheer/logboek/inzage").content.decode()


def test_an_administrator_sees_accounts_and_jobs_only(lines: None, as_role: Callable[[str], Client]) -> None:
    client = as_role("administrator")
    assert subjects(client) == ["Account gesloten"]
    assert "Geen regel past bij wat u zoekt" in client.get("/beheer/logboek?q=Station").content.decode()
    assert client.get("/beheer/logboek/inzage").status_code == 403
    assert client.get("/beheer/logboek/inzage.json").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=station", ["Weergave bewaard"]),
        ("?q=uit dienst", ["Account gesloten"]),
        ("?van=2026-01-05&tot=2026-01-05", ["intake.publish"]),
        ("?tot=2026-01-04", []),
        ("?q=nergens", []),
    ],
)
def test_page_and_twins_search_alike(
    lines: None, as_role: Callable[[str], Client], query: str, found: list[str]
) -> None:
    client = as_role("privacy_officer")
    assert subjects(client, query) == found
    rows = list(csv.reader(io.StringIO(client.get(f"/beheer/logboek.csv{query}").content.decode()), delimiter=";"))
    assert sum(row[3:4] != [] and row[3] in found for row in rows) == len(found)
    page = client.get(f"/beheer/logboek{query}").content.decode()
    assert all(f"<td>{name}</td>" in page for name in found)
    assert found or "Geen regel past bij wat u zoekt" in page


def test_a_day_that_is_none_is_told(as_role: Callable[[str], Client]) -> None:
    answer = as_role("privacy_officer").get("/beheer/logboek?van=gisteren")
    assert answer.status_code == 400
    assert "2026-01-31" in answer.content.decode()


@pytest.mark.parametrize("name", ["logboek", "logboek/inzage"])
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tot=9999-12-31", "Tot en met: Kies een jaar van 2000 tot en met 2100."),
        ("van=0001-01-01", "Vanaf: Kies een jaar van 2000 tot en met 2100."),
        ("q=" + 90 * "a", "Zoek: Zoek op ten hoogste 80 tekens; dit zijn er 90."),
        ("van=2026-02-01&tot=2026-01-31", "Tot en met: Deze dag ligt voor ‘Vanaf’."),
        ("van=2025-01-01&tot=2026-01-02", "Vanaf: Kies ten hoogste een jaar"),
    ],
)
def test_each_thing_that_is_wrong_is_told_by_itself(
    as_role: Callable[[str], Client], name: str, form: str, query: str, said: str
) -> None:
    answer = as_role("privacy_officer").get(f"/beheer/{name}{form}?{query}")
    assert answer.status_code == 400
    told = json.loads(answer.content)["detail"] if form else answer.content.decode()
    assert said in told
    assert "geen datum" not in told


def test_a_log_is_given_over_thirty_one_days_unless_asked(as_role: Callable[[str], Client]) -> None:
    now = timezone.now()
    for days in (0, 30, 32, 364):
        AuditLine.objects.create(
            actor_name="noor", action="view.save", subject=f"{days} dagen", at=now - timedelta(days=days)
        )
    client = as_role("privacy_officer")
    first = (timezone.localdate() - timedelta(days=365)).isoformat()
    for query, expected in (("", 2), (f"?van={first}", 4)):
        rows = json.loads(client.get(f"/beheer/logboek.json{query}").content)
        assert len(rows["rows"]) == expected
        assert set(rows["facts"]) == {"van", "tot"}
        assert client.get(f"/beheer/logboek{query}").content.decode().count("dagen</td>") == expected


def test_everybody_sees_what_is_logged_about_himself(
    lines: None, as_role: Callable[[str], Client], each_role: str
) -> None:
    client = as_role(each_role)
    answer = client.get("/beheer/mijn-inzage.json")
    if not each_role:
        assert answer.status_code == 401
        return
    what = [row["what"] for row in json.loads(answer.content)["rows"]]
    page = client.get("/beheer/mijn-inzage").content.decode()
    expected = {
        "analyst": ["Meldingen bekijken op kaart, lijst en grafiek", "Weergave bewaard"],
        "administrator": ["Account gesloten"],
    }
    assert what == expected.get(each_role, [])
    assert all(one in page for one in what)
    if each_role == "analyst":
        fine = next(row["fine"] for row in json.loads(answer.content)["rows"] if row["what"].startswith("Meldingen"))
        assert fine in log.FINENESS.values() and f"<td>{fine}</td>" in page


def test_a_long_log_is_shown_in_parts_with_its_size(as_role: Callable[[str], Client]) -> None:
    for number in range(120):
        AuditLine.objects.create(actor_name="noor", action="view.save", subject=f"weergave {number}")
    client = as_role("privacy_officer")
    page = client.get("/beheer/logboek?pagina=2").content.decode()
    assert "51 t/m 100 van 120" in page
    assert len(subjects(client)) == 120


def test_beheer_holds_no_incident(as_role: Callable[[str], Client], lines: None) -> None:
    """An administrator's pages read no incident-level data, so they write no line that somebody looked."""
    before = AccessLine.objects.count()
    client = as_role("administrator")
    for name in ("gebruikers", "rollen", "taken", "logboek", "systeem"):
        for form in ("", ".json", ".csv"):
            assert client.get(f"/beheer/{name}{form}").status_code == 200
    assert AccessLine.objects.count() == before
    for path in ("/kaart", "/vooruitblik", "/gegevens"):
        assert client.get(path).status_code == 403
