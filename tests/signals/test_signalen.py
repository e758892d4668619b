# SPDX-License-Identifier: EUPL-1.2
"""Sending to Signalen: only the machine that the settings name, once, in its own form, and never half."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from signals.conftest import MONDAY_AFTER, Desk
from signals.partner_desk import PartnerDesk
from stip.errors import ServiceError, SignalError
from stip.signals import Answer, Known, State, answer_signal, goes_to_signalen, send_to_signalen, signalen_report

SHARED = ("category", "week", "area", "place")


def lamp(desk: Desk, shared: tuple[str, ...] = SHARED, **more: Any) -> Known:
    known = desk.knows(**more)
    answer = Answer(known.signal_id, "hand_over", "coordinator", "maintenance", shared)
    answer_signal(desk.workspace, answer, at=MONDAY_AFTER + timedelta(hours=1))
    return desk.now(known.signal_id)


def test_the_report_is_one_that_signalen_takes(desk: Desk, partner: PartnerDesk) -> None:
    desk.rules(signalen_url=f"{partner.url}/")
    assert send_to_signalen(desk.workspace, lamp(desk)) == "SIG-1"
    (report,) = partner.reports
    assert report["reporter"] == {"email": None, "phone": None, "sharing_allowed": False}
    lon, lat = report["location"]["geometrie"]["coordinates"]
    assert 3 < lon < 8 and 50 < lat < 54
    assert partner.hosts == [partner.url.removeprefix("http://")]


def test_only_what_was_chosen_is_told(desk: Desk, partner: PartnerDesk) -> None:
    """Without the place the point is one of the neighbourhood, and the text says so."""
    desk.areas()
    desk.rules(signalen_url=partner.url)
    known = lamp(desk, ("category", "area"))
    send_to_signalen(desk.workspace, known)
    text = partner.reports[0]["text"]
    assert "Wijk of buurt: Centrum" in text and "Het punt op de kaart is een punt in de buurt, niet de plek." in text
    assert desk.workspace.grid.name(known.cells[0]) not in text and "Wanneer" not in text
    exact = signalen_report(desk.workspace, lamp(desk, category="afval"))
    assert exact["location"] != partner.reports[0]["location"]
    assert exact["category"]["sub_category"].endswith("/categories/schoon/sub_categories/veeg-zwerfvuil")


def test_without_any_place_nothing_is_sent(desk: Desk, partner: PartnerDesk) -> None:
    desk.rules(signalen_url=partner.url)
    with pytest.raises(SignalError, match="vraagt een punt op de kaart"):
        send_to_signalen(desk.workspace, lamp(desk, ("category",)))
    assert partner.asked == 0


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 500}, "nam de melding niet aan .code 500."),
        ({"status": 400}, "nam de melding niet aan .code 400."),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:1/elders"}}, "code 302"),
        ({"silent": True}, "antwoordt niet binnen 0,3 seconden"),
    ],
)
def test_a_fault_of_signalen_leaves_the_answer_as_it_is(
    desk: Desk, partner: PartnerDesk, fault: dict[str, Any], said: str
) -> None:
    desk.rules(signalen_url=partner.url, signalen_seconds=0.3)
    known = lamp(desk)
    for name, value in fault.items():
        setattr(partner, name, value)
    with pytest.raises(ServiceError, match=said) as caught:
        send_to_signalen(desk.workspace, known)
    assert "Het besluit staat" in str(caught.value)
    assert partner.asked == 1 and not partner.reports  # a redirect is not followed, and nothing is sent twice
    assert desk.now(known.signal_id).state is State.WANTS


def test_a_machine_that_is_off(desk: Desk, partner: PartnerDesk) -> None:
    desk.rules(signalen_url="http://127.0.0.1:9")
    with pytest.raises(ServiceError, match="niet te bereiken"):
        send_to_signalen(desk.workspace, lamp(desk))


@pytest.mark.parametrize("body", [b"", b"nothing", b"[]", b'{"id": "<script>"}', b'{"_display": null}'])
def test_a_report_that_was_taken_without_a_number_is_still_taken(
    desk: Desk, partner: PartnerDesk, body: bytes
) -> None:
    desk.rules(signalen_url=partner.url)
    partner.body = body
    assert send_to_signalen(desk.workspace, lamp(desk)) == ""
    assert len(partner.reports) == 1


def test_a_name_that_leads_into_the_own_network_is_not_asked(desk: Desk) -> None:
    """The address of the settings is trusted no further than any other: a private one must be named as such."""
    desk.rules(signalen_url="https://meldingen.stad.example")
    known = lamp(desk)
    for address in ("10.0.0.7", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.7"):
        with pytest.raises(ServiceError, match="besloten netwerk"):
            send_to_signalen(desk.workspace, known, resolve=lambda host, port, address=address: [address])


def test_a_public_address_without_encryption_is_not_asked(desk: Desk) -> None:
    desk.rules(signalen_url="http://meldingen.stad.example")
    with pytest.raises(ServiceError, match="zonder beveiliging"):
        send_to_signalen(desk.workspace, lamp(desk), resolve=lambda host, port: ["198.51.100.7"])


def test_without_an_address_the_partner_gets_a_text(desk: Desk, partner: PartnerDesk) -> None:
    assert not goes_to_signalen(desk.workspace, "maintenance")
    desk.rules(signalen_url=partner.url)
    assert goes_to_signalen(desk.workspace, "maintenance")
    assert not goes_to_signalen(desk.workspace, "police")
