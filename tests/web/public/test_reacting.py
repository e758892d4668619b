# SPDX-License-Identifier: EUPL-1.2
"""Reageer: a message goes sealed into the inbox, or its sender is told honestly that it did not."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from stip.words import day
from stip_web.inbox.letters import MOST_SIGNS, Kind, read_letter
from stip_web.inbox.sealing import unseal
from stip_web.inbox.taking import waiting
from stip_web.public import throttle as throttling
from stip_web.public.environment import public_environment
from stip_web.public.forms import TRAP
from stip_web.public.throttle import PER_ASKER, Throttle
from stip_web.public.views.reacting import BUSY, NOT_SENT

FILLED = {"kind": "objection", "text": "Dit wil ik niet.", "name": "J. Jansen", "email": "jansen@example.nl"}


def send(public: Client, **more: str) -> HttpResponse:
    return public.post("/openbaar/reageer", FILLED | more)  # type: ignore[return-value]


def text_of(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_a_message_goes_sealed_into_the_inbox_and_its_sender_gets_a_number_a_term_and_a_role(
    public: Client, inbox: Path, private_key: bytes
) -> None:
    answer = send(public)
    assert answer.status_code == 303
    assert not answer.cookies
    ((path, sealed),) = waiting(inbox)
    assert b"Jansen" not in sealed
    letter = read_letter(unseal(sealed, private_key) or b"")
    assert letter is not None
    assert (letter.kind, letter.text, letter.name, letter.email) == tuple(FILLED.values())
    proof = public.get(answer["Location"])
    said = text_of(proof)
    by = timezone.localdate() + timedelta(days=28)
    assert letter.number in said
    assert path.stem == letter.number
    assert letter.answer_by == by
    assert day(by) in said
    assert "Het bestuur van de gemeente" in said
    assert proof["Cache-Control"] == "no-store"


@pytest.mark.parametrize("mode", ["demo", "production"])
def test_the_receipt_of_the_demo_counts_from_its_own_week(
    public: Client, inbox: Path, private_key: bytes, settings: object, mode: str
) -> None:
    then = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    said = public_environment().model_copy(update={"mode": mode, "demo_now": then})
    settings.STIP_PUBLIC = said  # type: ignore[attr-defined]
    proof = text_of(public.get(send(public)["Location"]))
    by = (then.date() if mode == "demo" else timezone.localdate()) + timedelta(days=28)
    assert day(by) in proof
    ((_, sealed),) = waiting(inbox)
    letter = read_letter(unseal(sealed, private_key) or b"")
    assert letter is not None and letter.answer_by == by


@pytest.mark.parametrize(
    ("kind", "days"), [(Kind.QUESTION, 14), (Kind.ERROR, 14), (Kind.OBJECTION, 28), (Kind.REQUEST, 28)]
)
def test_each_kind_has_its_term(public: Client, kind: Kind, days: int) -> None:
    said = text_of(public.get(send(public, kind=kind)["Location"]))
    assert day(timezone.localdate() + timedelta(days=days)) in said


def test_a_proof_that_is_made_up_proves_nothing(public: Client) -> None:
    for proof in ("", "x", "WzEsMl0:1x:abc"):
        assert public.get("/openbaar/reageer/ontvangen", {"bewijs": proof}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * (MOST_SIGNS + 1)},
        {"kind": "klacht"},
        {"email": "geen adres"},
        {"name": "x" * 101},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_lost(
    public: Client, inbox: Path, wrong: dict[str, str]
) -> None:
    answer = send(public, **wrong)
    assert answer.status_code == 400
    page = BeautifulSoup(answer.content, "html.parser")
    (name,) = wrong
    field = page.find(id=name)
    assert field is not None
    assert field["aria-invalid"] == "true"
    assert page.find(id=f"{name}-fout") is not None
    if name != "text":
        assert FILLED["text"] in text_of(answer)
    assert list(inbox.iterdir()) == []


def test_an_unwritable_inbox_and_a_missing_key_are_told_honestly(
    public: Client, inbox: Path, published: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.rmdir()
    answer = send(public)
    assert answer.status_code == 503
    assert NOT_SENT in text_of(answer)
    assert FILLED["text"] in text_of(answer), "who wrote it must not lose it"
    inbox.mkdir()
    (published / "inbox.pub").unlink()
    assert send(public).status_code == 503
    (published / "inbox.pub").write_text("geen sleutel")
    assert send(public).status_code == 503
    assert list(inbox.iterdir()) == []
    assert not any(value in caplog.text for value in FILLED.values())
    assert caplog.records


def test_a_full_disk_is_told_honestly(public: Client, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stip_web.inbox.dropping.os.fsync", full)
    answer = send(public)
    assert (answer.status_code, NOT_SENT in text_of(answer)) == (503, True)
    assert list(inbox.iterdir()) == []


def form_of(public: Client) -> dict[str, str]:
    """Give what a browser sends along of a form that it got."""
    page = public.get("/openbaar/reageer")
    assert page["Cache-Control"] == "private, no-cache", "what is drawn is for one reader, who may come back to it"
    fields = BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def receipt(public: Client, answer: HttpResponse) -> str:
    assert answer.status_code == 303
    return text_of(public.get(answer["Location"]))


def test_a_double_click_is_one_message_with_one_receipt(public: Client, inbox: Path) -> None:
    given = form_of(public)
    once, twice = (receipt(public, send(public, **given)) for _ in range(2))
    assert once == twice
    assert len(list(waiting(inbox))) == 1


def test_two_presses_at_the_same_moment_are_one_message(
    public: Client, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stip_web.public.views.reacting.lies_there", lambda *_: False)
    given = form_of(public)
    once, *more = (receipt(public, send(public, **given)) for _ in range(PER_ASKER + 2))
    assert set(more) == {once}, "what was there already is nobody's share"
    assert [path.suffix for path in inbox.iterdir()] == [".sealed"]


def test_a_double_click_at_the_limit_gets_its_receipt(public: Client, inbox: Path) -> None:
    for _ in range(PER_ASKER - 1):
        send(public)
    given = form_of(public)
    assert receipt(public, send(public, **given)) == receipt(public, send(public, **given))
    assert send(public).status_code == 429


@pytest.mark.parametrize("other", [{"text": "En nog iets."}, {"email": ""}, {"kind": "question"}, {"name": "P."}])
def test_other_words_in_a_form_that_was_shown_again_are_another_message(
    public: Client, inbox: Path, other: dict[str, str]
) -> None:
    given = form_of(public)
    assert receipt(public, send(public, **given)) != receipt(public, send(public, **given | other))
    assert len(list(waiting(inbox))) == 2


def test_the_same_words_of_two_people_are_two_messages(public: Client, inbox: Path) -> None:
    for given in (form_of(public), form_of(public), {}, {}, {"formulier": "x"}):
        assert send(public, **given).status_code == 303
    assert len(list(waiting(inbox))) == 5


def test_a_form_that_was_refused_is_still_the_same_form(public: Client, inbox: Path) -> None:
    given = form_of(public)
    refused = BeautifulSoup(send(public, **given, email="geen adres").content, "html.parser")
    assert refused.select_one("input[type=hidden]")["value"] == given["formulier"]  # type: ignore[index]


def test_a_program_that_fills_in_the_trap_is_thanked_and_forgotten(public: Client, inbox: Path) -> None:
    assert send(public, **{TRAP: "https://example.nl"}).status_code == 303
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({}, 303),
    ],
)
def test_a_form_of_another_site_is_refused(public: Client, headers: dict[str, str], status: int) -> None:
    assert public.post("/openbaar/reageer", FILLED, headers=headers).status_code == status


def test_one_address_sends_a_few_an_hour_and_the_text_stays(public: Client, inbox: Path) -> None:
    for _ in range(PER_ASKER):
        assert send(public).status_code == 303
    answer = send(public)
    assert (answer.status_code, BUSY in text_of(answer)) == (429, True)
    assert FILLED["text"] in text_of(answer)
    assert len(list(inbox.iterdir())) == PER_ASKER
    assert public.post("/openbaar/reageer", FILLED, REMOTE_ADDR="192.0.2.9").status_code == 303


def test_nothing_of_an_address_is_kept_and_the_hour_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    counter = Throttle(clock=lambda: now[0])
    assert [counter.takes("192.0.2.7") for _ in range(PER_ASKER + 1)] == [True] * PER_ASKER + [False]
    assert "192.0.2.7" not in repr(vars(counter))
    now[0] = 3600.0
    assert counter.takes("192.0.2.7")
    monkeypatch.setattr(throttling, "TOGETHER", 3)
    assert [counter.takes(f"192.0.2.{last}") for last in range(4)] == [True, True, False, False]


def test_one_connection_of_ipv6_is_one_asker() -> None:
    counter = Throttle()
    took = [counter.takes(f"2001:db8:0:7::{last:x}") for last in range(1, PER_ASKER + 3)]
    assert took == [True] * PER_ASKER + [False] * 2
    assert counter.takes("2001:db8:0:8::1")
    assert [counter.takes(f"::ffff:192.0.2.{last}") for last in range(1, PER_ASKER + 3)] == [True] * (PER_ASKER + 2)


def test_a_message_that_could_not_be_kept_counts_for_nothing(public: Client, published: Path) -> None:
    key = (published / "inbox.pub").read_text()
    (published / "inbox.pub").unlink()
    assert {public.post("/openbaar/reageer", FILLED).status_code for _ in range(PER_ASKER + 1)} == {503}
    (published / "inbox.pub").write_text(key)
    assert public.post("/openbaar/reageer", FILLED).status_code == 303


def test_a_header_of_nobody_is_not_believed(public: Client) -> None:
    """Without a proxy before it, who writes another address each time is still one address."""
    sent = [
        public.post("/openbaar/reageer", FILLED, headers={"X-Forwarded-For": f"192.0.2.{last}"}).status_code
        for last in range(PER_ASKER + 1)
    ]
    assert sent == [303] * PER_ASKER + [429]


def test_a_message_that_is_far_too_large_is_refused(public: Client, inbox: Path) -> None:
    logging.disable(logging.CRITICAL)
    try:
        assert send(public, text="x" * 200_000).status_code == 400
    finally:
        logging.disable(logging.NOTSET)
    assert list(inbox.iterdir()) == []


def test_the_longest_message_fits_whatever_its_signs(public: Client, inbox: Path) -> None:
    assert send(public, text="😀" * MOST_SIGNS).status_code == 303
    assert [len(sealed) < 64 * 1024 for _, sealed in waiting(inbox)] == [True]


def test_it_asks_no_other_server_and_runs_no_script(public: Client) -> None:
    page = BeautifulSoup(public.get("/openbaar/reageer").content, "html.parser")
    assert page.find("script") is None
    addresses = [tag.get("src") or tag.get("href") or tag.get("action") for tag in page.find_all(True)]
    assert all(address.startswith(("/", "#")) for address in addresses if address)
