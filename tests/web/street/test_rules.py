# SPDX-License-Identifier: EUPL-1.2
"""What the phone offers and raises follows the town's rules, and help is never lost in silence."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client

from stip.errors import SignalError
from stip.signals import signals_of
from stip.store import Workspace
from stip_web.audit.models import AuditLine
from stip_web.street import receiving, remarks
from stip_web.street.mirror import mirror
from stip_web.street.models import AreaRemark, Entry
from stip_web.workspaces.current import current_workspace

from .conftest import Phone

pytestmark = pytest.mark.django_db


def rule(town: Workspace, kind: str, categories: str) -> Workspace:
    """Give the town other rules."""
    toml = town.root / "stip.toml"
    table = re.compile(rf"(\[signals\.rules\.{kind}\.categories\]\n)[^\[]*")
    text, changed = table.subn(rf"\g<1>{categories}\n\n", toml.read_text())
    assert changed == 1
    toml.write_text(text)
    return current_workspace()


def raised(town: Workspace, before: set[str]) -> list[tuple[str, str]]:
    return [(known.kind, known.category) for known in signals_of(town) if known.signal_id not in before]


def known_in(town: Workspace) -> set[str]:
    return {known.signal_id for known in signals_of(town)}


def test_what_the_rules_do_not_have_is_not_offered_and_help_always_is(phone: Phone, town: Workspace) -> None:
    rule(rule(town, "space", 'lamp = "Lamp"'), "help", 'zorg = "Zorg"')
    page = phone.client.get(f"/straat/plek/{phone.plan.places[0].place.place_id}").content.decode()
    assert [f'<option value="{code}"' in page for code in ("lamp", "hulp", "afval", "groen", "stuk")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_help_becomes_the_first_category_when_the_town_has_no_such_name(phone: Phone, town: Workspace) -> None:
    before = known_in(town)
    town = rule(town, "help", 'zorg = "Zorg"\nslapen = "Slaapplek"')
    assert phone.send(phone.entry(remark="hulp"))[0]["result"] == "stored"
    assert raised(town, before) == [("help", "zorg")]


def test_help_waits_while_the_library_refuses_it(
    phone: Phone, town: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = known_in(town)

    def refuses(*_: object, **__: object) -> None:
        raise SignalError("nee")

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(remarks, "raise_signal", refuses)
        phone.send(phone.entry(remark="hulp"))
    assert "it waits" in caplog.text
    assert AreaRemark.objects.get().area_code not in caplog.text
    assert AreaRemark.objects.get().trouble == "nee"
    mirror(town)
    assert (raised(town, before), AreaRemark.objects.count()) == ([("help", "hulp")], 0)


def test_what_cannot_become_a_signal_is_seen_with_why_and_let_go_with_a_reason(
    phone: Phone, town: Workspace, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise SignalError("Deze buurt bestaat niet meer.")

    monkeypatch.setattr(remarks, "raise_signal", refuses)
    phone.send(phone.entry(remark="hulp"))
    remark = AreaRemark.objects.get()
    client = as_role("coordinator")
    assert "/straat/niet-verwerkt" in client.get("/signalen").content.decode()
    assert "Deze buurt bestaat niet meer." in client.get("/straat/niet-verwerkt").content.decode()
    asked = {"melding": str(remark.pk), "reden": " "}
    assert client.post("/straat/niet-verwerkt", asked).status_code == 400
    assert AreaRemark.objects.exists()
    for role in ("member", "analyst", "privacy_officer"):
        other = as_role(role)
        assert other.get("/straat/niet-verwerkt").status_code == 403
        assert other.post("/straat/niet-verwerkt", asked | {"reden": "Weg."}).status_code == 403
    assert AreaRemark.objects.exists()
    reason = "De wijkagent weet ervan."
    assert client.post("/straat/niet-verwerkt", asked | {"reden": reason}).status_code == 302
    assert not AreaRemark.objects.exists()
    line = AuditLine.objects.get(action="street.let_go")
    assert (line.why, line.subject, line.details) == (reason, "", {"kind": "help"})
    assert client.post("/straat/niet-verwerkt", asked | {"reden": reason}).status_code == 400
    assert "niet-verwerkt" not in client.get("/signalen").content.decode()


def test_a_remark_that_the_rules_lost_is_logged_without_what_it_was(
    phone: Phone, town: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    before = known_in(town)
    town = rule(town, "space", 'lamp = "Lamp"')
    with caplog.at_level(logging.WARNING):
        phone.send(phone.entry(remark="afval"))
    assert raised(town, before) == []
    assert "know no remark like that" in caplog.text
    assert "afval" not in caplog.text


def test_help_about_a_place_of_an_earlier_version_keeps_its_neighbourhood(
    phone: Phone, town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = known_in(town)
    monkeypatch.setattr(receiving, "team_plan", lambda *_: None)  # the place is in no version that stands
    assert phone.send(phone.entry(remark="hulp"))[0]["result"] == "stored"
    assert raised(town, before) == [("help", "hulp")]


def test_help_without_a_neighbourhood_is_refused_and_says_so(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "place_of_plan", lambda *_: ((), ""))
    (told,) = phone.send(phone.entry(remark="hulp"))
    assert (told["result"], told["field"], "buurt" in told["said"]) == ("refused", "remark", True)
    assert not Entry.objects.exists()
    assert not AreaRemark.objects.exists()
