# SPDX-License-Identifier: EUPL-1.2
"""The way of a signal on the site: known, decided, handed over, taken on; each step with its line in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from signals.partner_desk import PartnerDesk
from stip.errors import SignalError
from stip.signals import State
from stip_web.accounts.models import User
from stip_web.audit.models import AccessLine, AuditLine
from stip_web.signals.actions import AnswerSignal, MarkSent, RecordTakenOn
from stip_web.signals.sending import send_out

from .conftest import Town, read, said

SHARED = ["category", "area", "place"]


def url(signal_id: str, step: str = "") -> str:
    return f"/signalen/{signal_id}" + (f"/{step}" if step else "")


def test_knows_and_acts(town: Town, coordinator: Client) -> None:
    lamp = town.knows()
    page = read(coordinator, url(lamp.signal_id))
    assert "Wat besluit u?" in said(page) and town.area_name in said(page)
    answer = coordinator.post(url(lamp.signal_id, "besluit"), {"kind": "act", "reason": "Het team gaat maandag."})
    assert answer.status_code == 302
    assert town.now(lamp.signal_id).state is State.ACTED
    line = AuditLine.objects.get(action="signal.answer")
    assert (line.subject, line.why, line.details["decision"]) == (lamp.mark, "Het team gaat maandag.", "act")
    assert "Er wordt gehandeld" in said(read(coordinator, url(lamp.signal_id)))
    assert AccessLine.objects.filter(activity="signalen").count() == 3


def test_knows_and_lets_be_only_with_a_reason_that_names_nobody(town: Town, coordinator: Client) -> None:
    lamp = town.knows()
    for reason, why in (("", "Schrijf in één zin waarom"), ("Mevrouw Jansen wil het zo", "naam van een persoon")):
        answer = coordinator.post(url(lamp.signal_id, "besluit"), {"kind": "let_be", "reason": reason})
        assert answer.status_code == 400 and why in answer.content.decode()
        ticks = BeautifulSoup(answer.content, "html.parser").select("[name=shared_what][checked]")
        assert len(ticks) == 4  # what could be shared stands as it began
    assert town.now(lamp.signal_id).state is State.OPEN
    assert not AuditLine.objects.filter(action="signal.answer").exists()
    kept = {"kind": "let_be", "reason": "De markt ruimt zelf op."}
    assert coordinator.post(url(lamp.signal_id, "besluit"), kept).status_code == 302
    assert town.now(lamp.signal_id).reason == "De markt ruimt zelf op."
    assert "De markt ruimt zelf op." in said(read(coordinator, "/signalen/verslag"))


def test_hands_over_with_a_text_to_copy(town: Town, coordinator: Client) -> None:
    """Where the town has no Signalen: the text holds what was chosen, and the partner's answer is written down."""
    lamp = town.knows()
    chosen = {"kind": "hand_over", "partner": "maintenance", "shared_what": ["category", "area"]}
    assert coordinator.post(url(lamp.signal_id, "besluit"), chosen).status_code == 302
    page = read(coordinator, url(lamp.signal_id))
    text = page.select_one("#tekst").get_text()
    assert "Kapotte lamp" in text and f"Wijk of buurt: {town.area_name}" in text and "Plek:" not in text
    assert "Signalen" not in said(page.select_one("#versturen").parent)

    assert coordinator.post(url(lamp.signal_id, "verstuurd"), {"receipt": "<b>"}).status_code == 400
    for number in ("111222333", "Jan-BSN-111222333", "06-12345678"):
        refused = coordinator.post(url(lamp.signal_id, "verstuurd"), {"receipt": number})
        assert refused.status_code == 400
        assert town.now(lamp.signal_id).receipt == ""
    assert coordinator.post(url(lamp.signal_id, "verstuurd"), {"receipt": "M-2026.7"}).status_code == 302
    assert (town.now(lamp.signal_id).state, town.now(lamp.signal_id).receipt) == (State.HANDED, "M-2026.7")
    assert "Anders besluiten" not in said(read(coordinator, url(lamp.signal_id)))

    assert coordinator.post(url(lamp.signal_id, "antwoord"), {"taken_on": ""}).status_code == 400
    coordinator.post(url(lamp.signal_id, "antwoord"), {"taken_on": "yes"})
    assert town.now(lamp.signal_id).state is State.TAKEN
    coordinator.post(url(lamp.signal_id, "antwoord"), {"taken_on": "done", "reason": "Lamp vervangen."})
    assert town.now(lamp.signal_id).state is State.DONE
    history = said(read(coordinator, url(lamp.signal_id)).select_one("table"))
    assert "Overgedragen met een tekst" in history and "nummer M-2026.7" in history and "is klaar" in history
    steps = AuditLine.objects.order_by("at").values_list("action", flat=True)
    assert list(steps) == ["signal.answer", "signal.sent", "signal.taken_on", "signal.taken_on"]


def test_a_button_pressed_twice_says_what_stands(town: Town, coordinator: Client) -> None:
    lamp = town.knows()
    number = read(coordinator, url(lamp.signal_id)).select_one("input[name=answer]")["value"]
    chosen = {"kind": "let_be", "reason": "Staat al op de lijst van de wijk.", "answer": number}
    for _ in range(2):
        answer = coordinator.post(url(lamp.signal_id, "besluit"), chosen, follow=True)
        assert answer.status_code == 200
        assert "Het besluit is vastgelegd." in answer.content.decode()
    assert len(town.now(lamp.signal_id).steps) == 1
    assert AuditLine.objects.filter(action="signal.answer").count() == 1


def test_hands_over_to_signalen_at_once(town: Town, coordinator: Client, partner: PartnerDesk) -> None:
    town.rules(signalen_url=partner.url)
    lamp = town.knows()
    chosen = {"kind": "hand_over", "partner": "maintenance", "shared_what": SHARED}
    page = coordinator.post(url(lamp.signal_id, "besluit"), chosen, follow=True)
    assert "overgedragen via Signalen. Het nummer daar is SIG-1." in page.content.decode()
    assert (town.now(lamp.signal_id).state, town.now(lamp.signal_id).receipt) == (State.HANDED, "SIG-1")
    assert len(partner.reports) == 1 and lamp.mark in partner.reports[0]["text"]
    steps = AuditLine.objects.order_by("at").values_list("action", flat=True)
    assert list(steps) == ["signal.answer", "signal.send", "signal.sent"]


def test_signalen_is_down_and_the_decision_stands(town: Town, coordinator: Client, partner: PartnerDesk) -> None:
    town.rules(signalen_url=partner.url)
    partner.status = 502
    lamp = town.knows()
    chosen = {"kind": "hand_over", "partner": "maintenance", "shared_what": SHARED}
    page = coordinator.post(url(lamp.signal_id, "besluit"), chosen, follow=True).content.decode()
    assert "Het besluit staat" in page and "Opnieuw versturen naar Signalen" in page and "Kenmerk" in page
    assert town.now(lamp.signal_id).state is State.WANTS
    assert len(AuditLine.objects.filter(action="signal.send")) == 1  # that it was tried

    partner.status = 0
    coordinator.post(url(lamp.signal_id, "versturen"))
    assert town.now(lamp.signal_id).state is State.HANDED
    again = coordinator.post(url(lamp.signal_id, "versturen"), follow=True).content.decode()
    assert "wacht niet op versturen" in again
    assert len(partner.reports) == 1


def test_two_who_send_at_once_send_once(town: Town, decider: User, partner: PartnerDesk) -> None:
    from django.core.cache import cache

    town.rules(signalen_url=partner.url)
    lamp = town.knows()
    common = {"workspace": town.workspace, "signal_id": lamp.signal_id}
    shared = ("category", "place")
    AnswerSignal(decider, **common, kind="hand_over", partner="maintenance", shared_what=shared).run()
    cache.add(f"signal-sent-{lamp.signal_id}", True)  # noqa: FBT003
    with pytest.raises(SignalError, match="wordt nu al verstuurd"):
        send_out(decider, town.workspace, lamp.signal_id)
    assert partner.asked == 0
    cache.delete(f"signal-sent-{lamp.signal_id}")
    assert send_out(decider, town.workspace, lamp.signal_id) == "SIG-1"


def test_a_partner_that_says_no(town: Town, decider: User, coordinator: Client) -> None:
    seen = town.knows("offence", "sporen")
    common = {"workspace": town.workspace, "signal_id": seen.signal_id}
    AnswerSignal(decider, **common, kind="hand_over", partner="police", shared_what=("category",)).run()
    MarkSent(decider, **common, by="form").run()
    RecordTakenOn(decider, **common, taken_on="no", why="Te weinig om op te zoeken.").run()
    back = town.now(seen.signal_id)
    assert back.state is State.DECLINED and back.due_on > seen.at.date()
    page = said(read(coordinator, url(seen.signal_id)))
    assert "partner doet het niet; besluit opnieuw" in page.lower() and "Wat besluit u?" in page
    AnswerSignal(decider, **common, kind="act", follows=back.answer_id).run()
    assert town.now(seen.signal_id).state is State.ACTED


def test_a_button_pressed_twice_and_two_who_decide_at_once(town: Town, decider: User) -> None:
    lamp = town.knows()
    common = {"workspace": town.workspace, "signal_id": lamp.signal_id, "follows": ""}
    first = AnswerSignal(decider, **common, kind="act").run()
    with pytest.raises(SignalError, match="al vastgelegd"):
        AnswerSignal(decider, **common, kind="act", answer_id=first).run()
    with pytest.raises(SignalError, match="Intussen is over dit signaal al iets besloten"):
        AnswerSignal(decider, **common, kind="let_be", why="Hoeft niet.").run()
    assert len(town.now(lamp.signal_id).steps) == 1


@pytest.mark.parametrize("code", ["analyst", "member", "privacy_officer", "policy", "administrator"])
def test_who_may_not_decide_cannot_by_any_way(
    town: Town, as_role: Callable[[str], Client], user_in: Callable[[str], User], code: str
) -> None:
    lamp = town.knows()
    for step in ("besluit", "versturen", "verstuurd", "antwoord"):
        assert as_role(code).post(url(lamp.signal_id, step), {"kind": "act"}).status_code == 403
    with pytest.raises(PermissionDenied):
        AnswerSignal(user_in(code), workspace=town.workspace, signal_id=lamp.signal_id, kind="act").run()
    assert not town.now(lamp.signal_id).steps


def test_the_table_of_the_town_decides_besides_the_permission(town: Town, coordinator: Client, decider: User) -> None:
    """A coordinator holds the permission, and this town lets another role decide on public space."""
    town.rules(rules={"space": {"decides": ["wijkregisseur"]}})
    lamp = town.knows()
    page = said(read(coordinator, url(lamp.signal_id)))
    assert "Wat besluit u?" not in page and "Over dit signaal besluit: wijkregisseur" in page
    with pytest.raises(PermissionDenied):
        AnswerSignal(decider, workspace=town.workspace, signal_id=lamp.signal_id, kind="act").run()

    from stip_web.accounts.models import Role
    from stip_web.accounts.permissions import Permission as May

    own = Role.objects.create(
        code="wijkregisseur", name="Wijkregisseur", permissions=[May.SIGNAL_READ, May.SIGNAL_DECIDE]
    )
    director = User.objects.create(username="regisseur")
    director.roles.add(own)
    AnswerSignal(director, workspace=town.workspace, signal_id=lamp.signal_id, kind="act").run()
    assert town.now(lamp.signal_id).steps[-1].role == "wijkregisseur"


def test_late_is_said_to_who_may_decide(town: Town, coordinator: Client, as_role: Callable[[str], Client]) -> None:
    lamp = town.knows(days_ago=9)
    town.knows("space", "afval")
    assert lamp.due_on < (lamp.at + timedelta(days=9)).date()
    home = said(read(coordinator, "/"))
    assert "2 signalen wachten op een besluit of op versturen. 1 daarvan is te laat." in home
    page = read(coordinator, "/signalen")
    assert "1 signaal is te laat." in said(page)
    assert [row.select_one("a").get_text() for row in page.select("tbody tr")][0] == lamp.mark
    assert len(read(coordinator, "/signalen?stand=te-laat").select("tbody tr")) == 1
    assert "Te laat" in said(read(coordinator, url(lamp.signal_id))) or "te laat" in said(page)
    assert "signaal is te laat" not in said(read(as_role("analyst"), "/signalen"))
