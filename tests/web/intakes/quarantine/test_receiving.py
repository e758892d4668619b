# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from stip_web.intakes.models import Upload
from stip_web.intakes.quarantine.receiving import kept_name

NUMBER = UUID(int=1)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("bvh_2026-W36.csv", "bvh_2026-W36.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\week.csv", "week.csv"),
        ("/abs/olute.csv", "olute.csv"),
        ("..", "bestand"),
        ("", "bestand"),
        ("06-12345678.csv", "bestand-00000000.csv"),
        ("week\x00.csv", "week.csv"),
        ("week\x1b[2J.csv", "week?[2J.csv"),
    ],
)
def test_a_name_has_no_path_and_nothing_personal(name: str, kept: str) -> None:
    assert kept_name(name, NUMBER) == kept


def test_a_long_name_is_cut_and_keeps_its_end() -> None:
    kept = kept_name("week" * 100 + ".csv", NUMBER)
    assert len(kept) == 80
    assert kept.endswith(".csv")


def post(client: Client, content: bytes, *, whole: bool = True) -> object:
    """Send a form with a file; a form that is not whole has lost its end."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bestand"; filename="a.csv"\r\n\r\n'.encode()
    body = head + content + (f"\r\n--{BOUNDARY}--\r\n".encode() if whole else b"")
    return client.generic("POST", "/gegevens/inlezen/bestand", body, content_type=MULTIPART_CONTENT)


@pytest.mark.django_db
def test_a_file_over_the_limit_is_told_and_leaves_nothing(
    as_role: Callable[[str], Client], own_site: Path, settings: object, tmp_path: Path
) -> None:
    settings.STIP_UPLOAD_BYTES = 3_000_000  # type: ignore[attr-defined]
    client = as_role("analyst")
    too_long = post(client, b"kop;kop\n" * 500_000)  # known from what the form says, before any of it is read
    assert too_long.status_code == 413  # type: ignore[attr-defined]
    assert "groter dan 3 MB" in too_long.content.decode()  # type: ignore[attr-defined]
    settings.STIP_UPLOAD_BYTES = 3_950_000  # type: ignore[attr-defined]
    answer = post(client, b"kop;kop\n" * 500_000)  # within the margin for the form: caught while it streams in
    assert answer.status_code == 413  # type: ignore[attr-defined]
    assert Upload.objects.count() == 0
    assert [path for path in (tmp_path / "site" / "quarantine").iterdir()] == []
    assert list((tmp_path / "site" / "keys").glob("*.key")) == [tmp_path / "site" / "keys" / "quarantine.key"]


@pytest.mark.django_db
def test_a_form_that_is_broken_off_or_forged_leaves_nothing(
    as_role: Callable[[str], Client], own_site: Path, tmp_path: Path
) -> None:
    client = as_role("analyst")
    answer = post(client, b"kop\n" * 50_000, whole=False)
    assert answer.status_code in (302, 400)  # type: ignore[attr-defined]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    with (own_site / "stip.toml").open("rb") as file:
        assert strict.post("/gegevens/inlezen/bestand", {"bestand": file}).status_code == 403
    known = {path.name.split(".")[0] for path in (tmp_path / "site" / "quarantine").iterdir()}
    assert known <= {one.hex for one in Upload.objects.values_list("pk", flat=True)}
