# SPDX-License-Identifier: EUPL-1.2
"""Each bad file ends in a sentence; nothing is stored half, nothing stays and nothing runs."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import timezone

from stip.store import Workspace, batches
from stip_web.accounts.models import User
from stip_web.intakes import quarantine
from stip_web.intakes.actions import BringFile
from stip_web.intakes.models import Upload
from stip_web.intakes.quarantine import QuarantineHandler
from stip_web.workspaces.current import state_of

from .bad_files import BAD, workbook
from .conftest import Desk, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_with_a_sentence_and_destroyed(name: str, desk: Desk, own_site: Path) -> None:
    file_name, made, said = BAD[name]
    workspace = Workspace.open(own_site)
    before = state_of(workspace, "data")
    page = desk.bring(made(), file_name).content.decode()
    work()
    upload = Upload.objects.first()
    if upload is not None:
        page = desk.see(upload)
        assert upload.state == Upload.State.REFUSED
        assert "Opnieuw proberen" not in page
    assert said in page
    assert "<script>alert" not in page
    assert state_of(workspace, "data") == before
    assert quarantine.sealed_uploads() == {}


def test_a_workbook_with_formulas_is_read_by_what_was_kept_of_them(desk: Desk, own_site: Path) -> None:
    headings = ["Incident Identificatie", "Incidentsoort code", "Begin-pleegdatum/tijd", "X", "Y", "Object"]
    rows: list[list[object]] = [
        [f"=1+{n}", "A72", "30-08-2026 15:15:00", 149766 + n, 435063, "=HYPERLINK(1)"] for n in range(9)
    ]
    upload = desk.checked(workbook([list(headings), *rows]), "week.xlsx")
    page = desk.see(upload)
    assert "van formules telt de bewaarde uitkomst" in page
    assert upload.report["refused"] == 9
    assert "geen nummer van de melding" in page
    assert "HYPERLINK" not in page
    assert "niets nieuws" in desk.do(upload, "publiceren")


def test_tags_in_a_file_are_shown_as_text_and_run_nowhere(desk: Desk, own_site: Path, next_week: bytes) -> None:
    tagged = next_week.replace(b"Weer;", b"<script>alert(1)</script>;", 1)
    desk.bring(tagged, "<img src=x onerror=alert(1)>.csv")
    work()
    upload = Upload.objects.get()
    page = desk.see(upload)
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;script&gt;" in desk.do(upload, "kolommen")
    desk.do(upload, "publiceren")
    assert "<img src=x" not in desk.client.get("/gegevens/leveringen").content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"geen;kop\n1;2\n", "Geen enkele kolom"),
        (b"PL1;C40;30-08-2026;Jan de Vries\n" * 20, "kolom 4"),
        (b"X;Y\n", "ontbreekt"),
        (b"\x00\x01" * 50, "geen tabel die ik ken"),
        ("één regel zonder iets".encode(), "Geen enkele kolom"),
    ],
)
def test_a_file_without_what_is_needed_is_told(content: bytes, said: str, desk: Desk, own_site: Path) -> None:
    upload = desk.checked(content)
    page = desk.see(upload)
    assert said in page
    assert "Jan de Vries" not in page
    assert upload.state in (Upload.State.MAPPING, Upload.State.REFUSED)


def test_only_headings_bring_nothing(desk: Desk, own_site: Path, next_week: bytes) -> None:
    upload = desk.checked(next_week.splitlines()[0] + b"\r\n")
    page = desk.see(upload)
    assert "geen enkele rij" in page
    assert "Meldingen publiceren" not in page


def test_200_megabytes_are_sealed_in_little_memory_and_told_when_they_are_no_table(
    desk: Desk, own_site: Path, user_in: Callable[[str], User], next_week: bytes
) -> None:
    head = next_week.splitlines()[0] + b"\n"
    handler = QuarantineHandler(RequestFactory().post("/"))
    piece = b"geen tabel; " * 5500
    tracemalloc.start()
    handler.new_file("bestand", "groot.csv", "text/csv", None)
    handler.receive_data_chunk(head, 0)
    size = len(head)
    while size < 200_000_000:
        handler.receive_data_chunk(piece, size)
        size += len(piece)
    received = handler.file_complete(size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    upload = BringFile(user_in("analyst"), received=received, received_at=timezone.now()).run()
    work()
    assert "Welke kolom is wat?" in desk.see(upload)
    assert "geen regeleinde meer" in desk.do(upload, "kolommen")
    assert batches(Workspace.open(own_site))[-1]["file"] != "groot.csv"
