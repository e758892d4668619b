# SPDX-License-Identifier: EUPL-1.2
"""Journey 1 of UX.md, without scripts: the Monday file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client

from stip.store import Workspace, batches, read_incidents
from stip_web.accounts.models import User
from stip_web.audit.models import AuditLine, ProcessingSpan
from stip_web.intakes import quarantine
from stip_web.intakes.models import ColumnMapping, Step, Upload
from web.intakes.weeks import a_week_later

from .conftest import Desk, work

pytestmark = pytest.mark.django_db


def test_a_file_goes_from_upload_to_the_map_and_back(
    desk: Desk, own_site: Path, next_week: bytes, tmp_path: Path
) -> None:
    workspace = Workspace.open(own_site)
    before = read_incidents(workspace)
    desk.bring(next_week, "bvh_week.csv")
    upload = Upload.objects.get()
    assert "Het bestand bekijken" in desk.see(upload)
    work()
    page = desk.see(upload)
    assert "Welke kolom is wat?" in page
    assert "Verdachten" in page and "gaat over personen" in page

    page = desk.do(upload, "kolommen")
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert "De eerste tien rijen, na de poort" in page
    assert page.count("<circle cx=") > 20
    assert "Het midden van een vierkant van 25 bij 25 meter." in page
    assert len(read_incidents(workspace)) == len(before)
    told = upload.report
    assert told["accepted"] + told["repaired"] + told["refused"] == told["rows"]
    rows = desk.client.get(f"/gegevens/inlezen/{upload.pk}/geweigerd.csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(rows), delimiter=";"))) - 1 == told["refused"]

    page = desk.do(upload, "publiceren")
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert "Het bestand zelf is vernietigd" in page
    assert quarantine.sealed_uploads() == {}
    assert len(read_incidents(workspace)) == len(before) + told["new"]
    assert upload.batch_id in {manifest["batch_id"] for manifest in batches(workspace)}

    report = desk.client.get(f"/gegevens/leveringen/{upload.batch_id}").content.decode()
    assert "Wat er met de rijen gebeurde" in report
    answer = desk.client.post(
        f"/gegevens/leveringen/{upload.batch_id}/terugdraaien", {"reden": "Verkeerde week"}, follow=True
    )
    assert "is teruggedraaid" in answer.content.decode()
    assert read_incidents(workspace).equals(before)
    actions = list(AuditLine.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["upload.bring", "upload.columns", "upload.publish", "delivery.publish", "delivery.undo"]
    assert AuditLine.objects.get(action="delivery.undo").why == "Verkeerde week"
    activities = [span.attributes["dpl.core.processing_activity_id"] for span in ProcessingSpan.objects.all()]
    assert activities.count("stip:inlezen") >= 5  # each look at the page, the check and the storing


def test_next_week_the_columns_are_known(desk: Desk, own_site: Path, next_week: bytes) -> None:
    first = desk.checked(next_week)
    desk.do(first, "publiceren")
    assert ColumnMapping.objects.get().source == "bvh"
    desk.bring(a_week_later(next_week.decode("cp1252")).replace("_BVH_2027", "_BVH_2028").encode("cp1252"))
    work()
    second = Upload.objects.latest("made_at")
    assert (second.state, second.recognised) == (Upload.State.CHECKED, True)
    assert "herkend van een vorige keer" in desk.see(second)


def test_the_same_file_again_brings_nothing(desk: Desk, own_site: Path, next_week: bytes) -> None:
    desk.do(desk.checked(next_week), "publiceren")
    again = desk.checked(next_week)
    page = desk.see(again)
    assert "al ingelezen" in page
    assert "Meldingen publiceren" not in page
    assert "niets nieuws" in desk.do(again, "publiceren")
    again.refresh_from_db()
    assert again.state == Upload.State.CHECKED


def test_a_column_under_another_heading_is_chosen_and_kept(desk: Desk, own_site: Path, next_week: bytes) -> None:
    other = next_week.replace(b"Begin-pleegdatum/tijd", b"Gepleegd vanaf", 1)
    desk.bring(other)
    work()
    upload = Upload.objects.get()
    assert "Gepleegd vanaf" in desk.see(upload)
    page = desk.do(upload, "kolommen")
    assert "ontbreekt" in page
    page = desk.do(upload, "kolommen", **{"kolom-from_at": "Verdachten"})
    assert "kunt u niet kiezen" in page
    page = desk.do(upload, "kolommen", **{"kolom-from_at": "Gepleegd vanaf", "datum-from_at": "%d-%m-%Y"})
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert ColumnMapping.objects.get().columns["from_at"]["heading"] == "Gepleegd vanaf"


def test_too_many_refused_rows_stop_the_file_until_somebody_says_why(
    desk: Desk, own_site: Path, next_week: bytes
) -> None:
    lines = next_week.split(b"\r\n") if b"\r\n" in next_week else next_week.split(b"\n")
    broken = [line.rsplit(b";", 2)[0] + b";0;0" if 5 < place < 20 else line for place, line in enumerate(lines)]
    upload = desk.checked(b"\r\n".join(broken))
    page = desk.see(upload)
    assert upload.report["stopped"]
    assert "Te veel rijen zijn geweigerd" in page and "--accept-refused" not in page
    assert "Te veel rijen" in desk.do(upload, "publiceren")
    assert "Een reden ontbreekt" in desk.do(upload, "publiceren", toch="ja")
    desk.do(upload, "publiceren", toch="ja", reden="De bron herstelt het volgende week")
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert AuditLine.objects.get(action="upload.publish").why == "De bron herstelt het volgende week"


def test_thrown_away_is_destroyed(
    desk: Desk, own_site: Path, next_week: bytes, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    upload = desk.checked(next_week.replace(b"Verdachten", b"jan zwartjes", 1), "karel zwartjes.csv")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        page = desk.do(upload, "weggooien")
    assert "weggegooid en vernietigd" in page
    kept = [*Upload.objects.values_list(), *AuditLine.objects.values_list()]
    assert "zwartjes" not in page and "zwartjes" not in str(kept)
    assert f"bestand-{upload.pk.hex[:8]}.csv" in page
    assert quarantine.sealed_uploads() == {}
    assert "al een stap verder" in desk.do(upload, "publiceren")


def test_the_script_is_told_how_far_it_is(desk: Desk, own_site: Path, next_week: bytes) -> None:
    desk.bring(next_week)
    upload = Upload.objects.get()
    told = desk.client.get(f"/gegevens/inlezen/{upload.pk}/voortgang.json").json()
    assert told == {"busy": True, "percent": 0, "text": "wacht op de werker", "state": "looking"}
    work()
    assert desk.client.get(f"/gegevens/inlezen/{upload.pk}/voortgang.json").json()["busy"] is False


def test_a_worker_that_fails_says_so_and_can_be_tried_again(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring(next_week)
    upload = Upload.objects.get()

    def broken(*_: object) -> None:
        raise RuntimeError("Jan de Vries")

    with monkeypatch.context() as patch:
        patch.setattr("stip_web.intakes.reading.look", broken)
        work()
    page = desk.see(upload)
    assert "dit ligt aan Stip" in page and "Jan de Vries" not in page
    assert "Welke kolom is wat?" in desk.do(upload, "opnieuw")
    assert [step.state for step in upload.steps.all()] == [Step.State.FAILED, Step.State.DONE]  # type: ignore[attr-defined]


def test_two_people_with_the_same_file_store_it_once(
    as_role: Callable[[str], Client], own_site: Path, next_week: bytes, desk: Desk
) -> None:
    workspace = Workspace.open(own_site)
    before = len(read_incidents(workspace))
    other = Desk(as_role("analyst"))
    first, second = desk.checked(next_week), other.checked(next_week)
    desk.client.post(f"/gegevens/inlezen/{first.pk}/publiceren")
    other.client.post(f"/gegevens/inlezen/{second.pk}/publiceren")
    twice = other.client.post(f"/gegevens/inlezen/{first.pk}/publiceren", follow=True).content.decode()
    assert "Iemand anders was u voor" in twice
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert len(read_incidents(workspace)) == before + first.report["new"]
    assert first.state == Upload.State.PUBLISHED
    assert second.state == Upload.State.PUBLISHED
    assert (second.report["new"], second.batch_id) == (0, "")
    assert "0 nieuw" in other.see(second)


def test_who_waited_long_is_mailed_without_a_figure_in_it(
    desk: Desk,
    own_site: Path,
    next_week: bytes,
    mailoutbox: list[EmailMessage],
    user_in: Callable[[str], User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert desk.checked(next_week, "vorige.csv").state == Upload.State.CHECKED
    assert mailoutbox == []
    monkeypatch.setattr("stip_web.intakes.notice._SOON", timedelta(0))
    User.objects.filter(pk=user_in("analyst").pk).update(email="analist@gemeente.example")
    upload = desk.checked(next_week, "week.csv")
    desk.do(upload, "publiceren")
    assert {tuple(mail.to) for mail in mailoutbox} == {("analist@gemeente.example",)}
    assert "nagekeken" in mailoutbox[-2].body
    assert "staan in de werkmap" in mailoutbox[-1].body
    assert f"/gegevens/inlezen/{upload.pk}" in mailoutbox[-1].body


def test_a_mail_server_that_is_away_stops_nothing(
    desk: Desk, own_site: Path, next_week: bytes, monkeypatch: pytest.MonkeyPatch, user_in: Callable[[str], User]
) -> None:
    User.objects.filter(pk=user_in("analyst").pk).update(email="analist@gemeente.example")

    def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("stip_web.intakes.notice._SOON", timedelta(0))
    monkeypatch.setattr("stip_web.intakes.notice.send_mail", away)
    assert desk.checked(next_week).state == Upload.State.CHECKED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ontvangen": "0001-01-01T00:00"}, "ligt vóór 2000"),
        ({"ontvangen": "2999-01-01T00:00"}, "ligt in de toekomst"),
        ({"ontvangen": "gisteren"}, "is geen datum met tijd"),
        ({"bron": "bestaat_niet"}, "kent Stip niet"),
    ],
)
def test_what_does_not_fit_beside_the_file_leaves_nothing_of_it(
    fields: dict[str, str], said: str, desk: Desk, own_site: Path, next_week: bytes
) -> None:
    assert said in desk.bring(next_week, **fields).content.decode()
    assert Upload.objects.count() == 0
    assert quarantine.sealed_uploads() == {}


def test_a_reason_that_nobody_asked_for_is_not_kept(desk: Desk, own_site: Path, next_week: bytes) -> None:
    desk.do(desk.checked(next_week), "publiceren", reden="Gebeld met mevrouw Kanarie")
    assert AuditLine.objects.get(action="upload.publish").why == ""


def test_two_files_in_one_form_leave_nothing(desk: Desk, next_week: bytes, settings: object) -> None:
    files = {name: SimpleUploadedFile(f"{name}.csv", next_week) for name in ("bestand", "ander")}
    page = desk.client.post("/gegevens/inlezen/bestand", files, follow=True).content.decode()
    assert "Er kwam meer dan één bestand." in page
    assert not Upload.objects.exists()
    assert [path for path in (Path(settings.STIP_STATE) / "quarantine").rglob("*") if path.is_file()] == []  # type: ignore[attr-defined]
