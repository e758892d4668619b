# SPDX-License-Identifier: EUPL-1.2
"""What the gate refuses is nowhere: not in the workspace, the database, a log, an answer or on the disk."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.apps import apps

from stip_web.intakes.models import Upload

from .conftest import Desk, work

pytestmark = pytest.mark.django_db

CANARIES = ("Kanarie", "0687654321", "NL91ABNA0417164300", "kanarielaan")
"""A name, a telephone number, an account and a street, each in its own way."""


def infected(week: bytes) -> bytes:
    """Put canaries in columns that are refused, in cells that are, in rows that are no rows, and in a heading."""
    head, *rows = week.decode("cp1252").splitlines()
    place = {name: at for at, name in enumerate(head.split(";"))}
    for at, row in enumerate(rows):
        cells = row.split(";")
        if len(cells) != len(place):
            continue
        cells[place["Object"]] = "Jan Kanarie"
        cells[place["Pleegstraatnaam"]] = "kanarielaan"
        if at == 1:
            cells[place["Incidentsoort code"]] = "0687654321"
        if at == 2:
            cells[place["Begin-pleegdatum/tijd"]] = "Jan Kanarie"
        if at == 3:
            cells[place["X"]] = "kanarielaan 12"
        if at == 4:
            cells.append("Jan Kanarie")
        rows[at] = ";".join(cells)
    head = head.replace("Weer", "tel 0687654321").replace("Temperatuur", "NL91ABNA0417164300")
    return "\r\n".join([head, *rows, "Jan Kanarie"]).encode("cp1252")


def in_database() -> str:
    rows = [repr(row) for model in apps.get_models() for row in model._default_manager.values_list()]
    packed = [bytes(one) for one in Upload.objects.values_list("refused_rows", flat=True) if one]
    from stip_web.intakes.reading import unpacked_rows

    return "\n".join([*rows, *(unpacked_rows(one).decode() for one in packed)])


def on_disk(*folders: Path) -> bytes:
    paths = [path for folder in folders for path in folder.rglob("*")]
    return b"\n".join([*(path.read_bytes() for path in paths if path.is_file()), *(bytes(path) for path in paths)])


def test_no_canary_gets_out(
    desk: Desk, own_site: Path, next_week: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = infected(next_week)
    pages = [desk.bring(file, "melder 0687654321 Kanarie.csv").content.decode()]
    upload = Upload.objects.get()
    pages.append(desk.see(upload))
    sealed = on_disk(own_site, tmp_path / "site")
    work()
    pages.append(desk.see(upload))
    pages.append(desk.do(upload, "kolommen", **{"kolom-to_at": "Jan Kanarie"}))
    pages.append(desk.do(upload, "kolommen"))
    checked = on_disk(own_site, tmp_path / "site")
    pages.append(desk.client.get(f"/gegevens/inlezen/{upload.pk}/geweigerd.csv").content.decode())
    pages.append(desk.do(upload, "publiceren", toch="ja", reden="Proef met slechte rijen"))
    upload.refresh_from_db()
    assert upload.state == Upload.State.PUBLISHED
    assert {"personal_data", "begin_unreadable", "ragged"} <= {r["rule"] for r in upload.report["refused_rules"]}
    for url in ("", "/inlezen", "/leveringen", f"/leveringen/{upload.batch_id}", "/leveringen.csv", "/kwaliteit"):
        pages.append(desk.client.get(f"/gegevens{url}").content.decode())
    pages.append(desk.client.get(f"/gegevens/inlezen/{upload.pk}/voortgang.json").content.decode())
    places = {
        "answers": "\n".join(pages),
        "database": in_database(),
        "log": caplog.text,
        "disk while it waits": sealed.decode("latin-1"),
        "disk once it is checked": checked.decode("latin-1"),
        "disk": on_disk(own_site, tmp_path / "site").decode("latin-1"),
    }
    for place, text in places.items():
        for canary in CANARIES:
            assert canary.lower() not in text.lower(), f"{canary} in {place}"


def test_no_canary_gets_out_of_a_file_without_headings(
    desk: Desk, own_site: Path, next_week: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = infected(next_week).splitlines()[1:]
    upload = desk.checked(b"\r\n".join(rows))
    text = desk.see(upload) + in_database() + caplog.text + on_disk(own_site, tmp_path / "site").decode("latin-1")
    assert "kolom 1" in text
    for canary in CANARIES:
        assert canary.lower() not in text.lower(), canary
