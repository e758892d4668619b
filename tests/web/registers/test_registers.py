# SPDX-License-Identifier: EUPL-1.2
"""The page of the registers: downloads for who may, letting out for who approves, and a card that is not ready."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.publish.register import published_explanation, published_register_facts
from stip_web.audit.models import AuditLine

PAGE = "/toezicht/registers"


@pytest.mark.parametrize("role", ["privacy_officer", "analyst", "policy"])
def test_who_may_sees_it_and_takes_every_file_along(as_role: Callable[[str], Client], site: Path, role: str) -> None:
    client = as_role(role)
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    links = [str(link["href"]) for link in page.select("a[download]")]
    assert len(links) == 10
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"], link
    assert docx.Document(io.BytesIO(client.get(f"{PAGE}/dpia.docx").content)).paragraphs
    assert json.loads(client.get(f"{PAGE}/register.json").content)["lang"] == "nld"
    assert bool(page.select("form[action$=openbaar]")) is (role != "analyst")
    assert client.get(f"{PAGE}/register.odt").status_code == 404


@pytest.mark.parametrize("name", ["dpia", "iama"])
def test_who_may_see_no_places_reads_the_record_in_words(as_role: Callable[[str], Client], name: str) -> None:
    exact, coarse = (as_role(role).get(f"{PAGE}/{name}.html").content.decode() for role in ("analyst", "policy"))
    counted = re.compile(r"vielen \d+ van de [\d.]+ +meldingen")
    assert counted.search(" ".join(exact.split()))
    assert not counted.search(" ".join(coarse.split()))
    assert "Vooraf beproefd op" in coarse
    said = as_role("policy").get(PAGE).content.decode()
    assert "Er staan cijfers in die niet openbaar zijn" not in said and "staat er voor u in woorden" in said


def test_letting_out_asks_a_reason_and_leaves_a_line(as_role: Callable[[str], Client], own_site: Path) -> None:
    client = as_role("privacy_officer")
    out = own_site / "published"
    refused = client.post(f"{PAGE}/openbaar", {"reason": " "})
    assert refused.status_code == 400 and "reden" in refused.content.decode()
    said = {"reason": "Nagelezen met de jurist.", "seen": _seen(client.get(PAGE).content)}
    assert client.post(f"{PAGE}/openbaar", said).status_code == 302
    facts, told = published_register_facts(out), published_explanation(out)
    assert facts and told and facts["role"] == "fg" and told["town"] == "Stipdam"
    assert AuditLine.objects.get(action="register.publish").details["role"] == "fg"
    page = client.get(PAGE).content.decode()
    assert "de functionaris gegevensbescherming" in page and "Sindsdien is er iets veranderd" not in page
    settings = own_site / "stip.toml"
    settings.write_text(settings.read_text("utf-8").replace("random_share = 0.2", "random_share = 0.3"), "utf-8")
    assert "Sindsdien is er iets veranderd" in client.get(PAGE).content.decode()


def _seen(page: bytes) -> str:
    (field,) = BeautifulSoup(page, "html.parser").select("input[name=seen]")
    return str(field["value"])


def test_what_goes_out_is_what_was_seen(as_role: Callable[[str], Client], own_site: Path) -> None:
    client, out = as_role("policy"), own_site / "published"
    said = {"reason": "Nagelezen met de jurist.", "seen": _seen(client.get(PAGE).content)}
    settings = own_site / "stip.toml"
    settings.write_text(settings.read_text("utf-8").replace("random_share = 0.2", "random_share = 0.3"), "utf-8")
    for sent in (said, {"reason": said["reason"]}):
        answer = client.post(f"{PAGE}/openbaar", sent)
        assert answer.status_code == 409 and "Sinds u deze pagina opende" in answer.content.decode()
        assert published_register_facts(out) is None and not AuditLine.objects.filter(action="register.publish")
    newest = _seen(answer.content)
    assert newest != said["seen"] and said["reason"] in answer.content.decode()
    assert client.post(f"{PAGE}/openbaar", said | {"seen": newest}).status_code == 302
    assert published_register_facts(out) is not None


def test_what_is_not_what_was_approved_is_made_anew(as_role: Callable[[str], Client], own_site: Path) -> None:
    client, folder = as_role("policy"), own_site / "published" / "register"
    said = {"reason": "Nagelezen met de jurist.", "seen": _seen(client.get(PAGE).content)}
    assert client.post(f"{PAGE}/openbaar", said).status_code == 302
    assert "Dat is nog zoals het nu is." in client.get(PAGE).content.decode()
    told = folder / "explanation.json"
    told.write_text(told.read_text("utf-8").replace("Stipdam", "Elders"), "utf-8")
    assert "Sindsdien is er iets veranderd." in client.get(PAGE).content.decode()
    (folder / "facts.json").write_text("{")
    page = client.get(PAGE)
    assert page.status_code == 200 and "is niet wat is goedgekeurd" in page.content.decode()
    assert client.post(f"{PAGE}/openbaar", said).status_code == 302
    assert "Dat is nog zoals het nu is." in client.get(PAGE).content.decode()


def test_a_card_that_is_not_ready_is_told(as_role: Callable[[str], Client], own_site: Path) -> None:
    card = own_site / "card.toml"
    card.write_text(card.read_text("utf-8").replace("{doel}", "{dool}"), "utf-8")
    client = as_role("analyst")
    page = client.get(PAGE)
    assert page.status_code == 200 and "‘{dool}’ ken ik niet" in page.content.decode()
    assert client.get(f"{PAGE}/dpia.odt").status_code == 400
    card.unlink()
    assert "Er is nog geen card.toml" in client.get(PAGE).content.decode()
