# SPDX-License-Identifier: EUPL-1.2
"""Sending to Signalen: only the machine that the settings name, once, in its own form, and never half."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from learn.conftest import WEEK
from signals.conftest import MONDAY_AFTER, Desk
from signals.partner_desk import PartnerDesk
from stip.agreements import record_pause
from stip.errors import ServiceError, SignalError
from stip.plan import outline
from stip.signals import (
    Answer,
    Known,
    State,
    answer_signal,
    cells_to_name,
    check_answer,
    goes_to_signalen,
    handover_text,
    send_to_signalen,
    signalen_report,
)
from stip.space import monday
from stip.store import read_cells, write_cells

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


def test_when_it_was_is_told_no_finer_than_was_chosen(desk: Desk) -> None:
    """Not the second at which it became known: that tells who stood where."""
    desk.areas()
    sent = MONDAY_AFTER + timedelta(days=3)
    week = signalen_report(desk.workspace, lamp(desk), at=sent)["incident_date_start"]
    assert week == f"{monday(WEEK)}T00:00:00+02:00"
    without = signalen_report(desk.workspace, lamp(desk, ("area",), category="afval"), at=sent)["incident_date_start"]
    assert without == f"{sent.date()}T00:00:00+02:00"


def test_a_cell_that_points_at_a_home_is_told_to_no_partner(desk: Desk) -> None:
    few, other = (int(desk.town.cells[n]) for n in (60, 66))
    cells = read_cells(desk.workspace)
    cells["dwellings"] = pd.array(cells["dwellings"].mask(cells["cell"] == few, 3), dtype="Int32")
    write_cells(desk.workspace, cells)
    known, grid = lamp(desk, cells=(few, other)), desk.workspace.grid
    report = signalen_report(desk.workspace, known)
    assert grid.name(other) in report["text"] and grid.name(few) not in report["text"]
    lon, lat = report["location"]["geometrie"]["coordinates"]
    x_m, y_m = Transformer.from_crs("OGC:CRS84", grid.crs, always_xy=True).transform(lon, lat)
    assert outline((other,), grid).buffer(1).contains(shapely.Point(x_m, y_m))
    alone = desk.knows(category="afval", cells=(few,))
    with pytest.raises(SignalError, match="geen precieze plek te noemen"):
        check_answer(desk.workspace, Answer(alone.signal_id, "hand_over", "coordinator", "maintenance", SHARED))


def test_while_the_plan_is_on_hold_no_partner_is_told_a_place_of_it(desk: Desk) -> None:
    known = lamp(desk)
    assert cells_to_name(desk.workspace, known) == known.cells
    record_pause(desk.workspace, "plan", paused=True, reason="Proef.", role="fg", at=MONDAY_AFTER)
    assert cells_to_name(desk.workspace, known) == ()
    assert "Plek" not in handover_text(desk.workspace, known, "maintenance", SHARED)[1]


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
