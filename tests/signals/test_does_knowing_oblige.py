# SPDX-License-Identifier: EUPL-1.2
"""Does knowing oblige to act? The question of the meeting, as scenarios, one a way in which it can go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from learn.conftest import WEEK
from signals.conftest import MONDAY_AFTER, Desk, day_of
from signals.partner_desk import PartnerDesk
from stip.errors import ContractError, ServiceError, SignalError
from stip.signals import (
    Answer,
    NewSignal,
    State,
    answer_signal,
    find_unvisited,
    half_of,
    handover_text,
    raise_signal,
    record_sent,
    record_taken_on,
    report_of,
    send_to_signalen,
    signals_of,
)
from stip.store import read_decisions

NEXT_DAY = MONDAY_AFTER + timedelta(days=1)


def counts(desk: Desk, kind: str, *, days: int = 0) -> dict[str, int]:
    """Give the report's row of a kind, as read so many days later, without what is zero."""
    report = report_of(desk.workspace, half_of(MONDAY_AFTER.date()), on=day_of(MONDAY_AFTER, days), coarse=())
    (row,) = [row for row in report.rows if row.kind == kind]
    told = {name: getattr(row, name) for name in ("known", "acted", "handed_over", "let_be", "waiting", "late")}
    return {name: count for name, count in told.items() if count}


def test_knows_and_acts(planned: Desk) -> None:
    """Much was expected, nobody went; the week after the coordinator says: we go."""
    planned.went("a")
    found = find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)
    assert [one.new for one in found] == [True, True]  # one a neighbourhood, and not where the team was
    first, second = signals_of(planned.workspace)
    assert {first.area_code, second.area_code} == {"BU1", "BU3"}
    assert (first.kind, first.state, first.due_on) == ("unvisited", State.OPEN, day_of(MONDAY_AFTER, 7))

    answer_signal(planned.workspace, Answer(first.signal_id, "act", "coordinator"), at=NEXT_DAY)
    assert planned.now(first.signal_id).state is State.ACTED
    assert counts(planned, "unvisited") == {"known": 2, "acted": 1, "waiting": 1}


def test_knows_and_hands_over(desk: Desk, partner: PartnerDesk) -> None:
    """A lamp is broken; maintenance is told through Signalen, says yes, and mends it."""
    desk.rules(signalen_url=partner.url)
    lamp = desk.knows()
    shared = ("category", "area", "place")
    answer_signal(
        desk.workspace, Answer(lamp.signal_id, "hand_over", "coordinator", "maintenance", shared), at=NEXT_DAY
    )
    assert desk.now(lamp.signal_id).state is State.WANTS

    number = send_to_signalen(desk.workspace, desk.now(lamp.signal_id))
    record_sent(desk.workspace, lamp.signal_id, by="signalen", receipt=number, role="coordinator", at=NEXT_DAY)
    told = desk.now(lamp.signal_id)
    assert (told.state, told.receipt, told.partner, told.shared_what) == (
        State.HANDED, "SIG-1", "maintenance", shared,
    )  # fmt: skip
    assert "Kapotte lamp" in partner.reports[0]["text"] and told.mark in partner.reports[0]["text"]

    for days, said, state in ((2, "yes", State.TAKEN), (4, "done", State.DONE)):
        at = MONDAY_AFTER + timedelta(days=days)
        record_taken_on(desk.workspace, lamp.signal_id, said, role="coordinator", at=at)
        assert desk.now(lamp.signal_id).state is state
    assert counts(desk, "space", days=99) == {"known": 1, "handed_over": 1}
    report = report_of(desk.workspace, half_of(MONDAY_AFTER.date()), on=MONDAY_AFTER.date())
    assert report.shared == (
        ("Beheer openbare ruimte", "wat er aan de hand is, de wijk of buurt, de precieze plek", 1),
    )


def test_knows_and_lets_be(desk: Desk) -> None:
    """Not acting is an answer too, as long as somebody says why; that reason is counted half a year later."""
    waste = desk.knows(category="afval")
    with pytest.raises(SignalError, match="Niet handelen vraagt een reden"):
        answer_signal(desk.workspace, Answer(waste.signal_id, "let_be", "coordinator"), at=NEXT_DAY)
    assert desk.now(waste.signal_id).state is State.OPEN

    why = "De markt ruimt zelf op na sluitingstijd."
    answer_signal(desk.workspace, Answer(waste.signal_id, "let_be", "coordinator", reason=f"  {why} "), at=NEXT_DAY)
    assert counts(desk, "space", days=99) == {"known": 1, "let_be": 1}
    report = report_of(desk.workspace, half_of(MONDAY_AFTER.date()), on=MONDAY_AFTER.date())
    assert report.reasons == (("space", why, 1),)


def test_forgets(desk: Desk) -> None:
    """Nobody decides: after its date the signal is late, and it stays late when somebody decides after all."""
    lamp = desk.knows()
    assert lamp.due_on == day_of(MONDAY_AFTER, 5)
    assert not lamp.overdue(day_of(MONDAY_AFTER, 5))
    assert lamp.soon(day_of(MONDAY_AFTER, 3), 2) and not lamp.soon(day_of(MONDAY_AFTER, 2), 2)
    assert lamp.overdue(day_of(MONDAY_AFTER, 6))
    assert counts(desk, "space", days=6) == {"known": 1, "waiting": 1, "late": 1}

    late = MONDAY_AFTER + timedelta(days=8)
    answer_signal(desk.workspace, Answer(lamp.signal_id, "act", "coordinator"), at=late)
    assert not desk.now(lamp.signal_id).overdue(late.date())
    assert counts(desk, "space", days=8) == {"known": 1, "acted": 1, "late": 1}


def test_wants_to_hand_over_and_forgets_to_send(desk: Desk) -> None:
    """Deciding is not yet telling: what was not sent by its date is late as well."""
    lamp = desk.knows()
    answer = Answer(lamp.signal_id, "hand_over", "coordinator", "maintenance", ("category",))
    answer_signal(desk.workspace, answer, at=NEXT_DAY)
    assert counts(desk, "space", days=6) == {"known": 1, "waiting": 1, "late": 1}


def test_help_without_a_person(desk: Desk) -> None:
    """Somebody may need help: the category and the neighbourhood are kept; there is nowhere to put anything else."""
    desk.areas()
    with pytest.raises(SignalError, match="Bij hulp wordt geen plek vastgelegd"):
        desk.knows("help", "hulp", cells=(int(desk.town.cells[60]),))
    found = desk.knows("help", "hulp")
    again = desk.knows("help", "hulp")
    assert again.signal_id != found.signal_id  # it can be somebody else, and Stip does not know who

    row = read_decisions(desk.workspace, "signal").iloc[0]
    assert row["cells"] is None and row["area_code"] == "BU1"
    assert row["at"].tz_convert("Europe/Amsterdam").strftime("%H:%M:%S.%f") == "00:00:00.000000"
    assert found.due_on == day_of(MONDAY_AFTER, 2)

    with pytest.raises(SignalError, match="mag een partner de precieze plek niet weten"):
        answer_signal(
            desk.workspace,
            Answer(found.signal_id, "hand_over", "coordinator", "care", ("category", "place")),
            at=NEXT_DAY,
        )
    with pytest.raises(SignalError, match="De regels noemen: care"):
        answer_signal(desk.workspace, Answer(found.signal_id, "hand_over", "coordinator", "police"), at=NEXT_DAY)
    shared = ("category", "area")
    answer_signal(desk.workspace, Answer(found.signal_id, "hand_over", "coordinator", "care", shared), at=NEXT_DAY)
    subject, text = handover_text(desk.workspace, desk.now(found.signal_id), "care", shared)
    assert "Wijk of buurt: Centrum" in text and "Plek" not in text and "E1" not in text and found.mark in subject


def test_a_partner_that_says_no(desk: Desk) -> None:
    """The police does not take it on: the signal comes back, with a new term, and is decided on again."""
    seen = desk.knows("offence", "sporen")
    shared = ("category", "area")
    answer_signal(
        desk.workspace, Answer(seen.signal_id, "hand_over", "coordinator", "police", shared), at=MONDAY_AFTER
    )
    record_sent(desk.workspace, seen.signal_id, by="form", role="coordinator", at=MONDAY_AFTER)
    with pytest.raises(SignalError, match="al overgedragen"):
        answer_signal(desk.workspace, Answer(seen.signal_id, "act", "coordinator"), at=NEXT_DAY)

    on_friday = MONDAY_AFTER + timedelta(days=4)
    record_taken_on(
        desk.workspace, seen.signal_id, "no", reason="Te weinig om op te zoeken.", role="coordinator", at=on_friday
    )
    back = desk.now(seen.signal_id)
    assert (back.state, back.due_on, back.late) == (State.DECLINED, day_of(on_friday, 1), False)
    assert back.overdue(day_of(on_friday, 2))

    answer_signal(desk.workspace, Answer(seen.signal_id, "act", "coordinator"), at=on_friday + timedelta(hours=1))
    assert counts(desk, "offence", days=99) == {"known": 1, "acted": 1}
    row = next(r for r in report_of(desk.workspace, "2026-2", on=NEXT_DAY.date()).rows if r.kind == "offence")
    assert row.declined == 1
    assert [step.state for step in desk.now(seen.signal_id).steps] == [
        State.WANTS, State.HANDED, State.DECLINED, State.ACTED,
    ]  # fmt: skip


def test_a_partner_that_is_down(desk: Desk, partner: PartnerDesk) -> None:
    """The answer stands as ‘wants to hand over’; the next day it is sent, once."""
    desk.rules(signalen_url=partner.url)
    lamp = desk.knows()
    answer = Answer(lamp.signal_id, "hand_over", "coordinator", "maintenance", ("category", "place"))
    answer_signal(desk.workspace, answer, at=MONDAY_AFTER)
    partner.status = 503
    with pytest.raises(ServiceError, match="Het besluit staat"):
        send_to_signalen(desk.workspace, desk.now(lamp.signal_id))
    assert desk.now(lamp.signal_id).state is State.WANTS and not partner.reports

    partner.status = 0
    number = send_to_signalen(desk.workspace, desk.now(lamp.signal_id))
    record_sent(desk.workspace, lamp.signal_id, by="signalen", receipt=number, role="coordinator", at=NEXT_DAY)
    assert len(partner.reports) == 1
    assert desk.now(lamp.signal_id).state is State.HANDED
    with pytest.raises(SignalError, match="wacht niet op versturen"):
        record_sent(desk.workspace, lamp.signal_id, by="signalen", role="coordinator", at=NEXT_DAY)


def test_the_table_itself_refuses_a_place_of_help(desk: Desk) -> None:
    """Whoever writes a row without these rules meets the contract."""
    import pandas as pd

    from stip.store import record

    row = {
        "kind": "help", "category": "hulp", "week": WEEK, "cells": [int(desk.town.cells[60])], "area_code": "BU1",
        "due_on": NEXT_DAY.date(), "stream": "street", "role": "lid",
    }  # fmt: skip
    with pytest.raises(ContractError, match="bij hulp hoort geen plek"):
        record(desk.workspace, "signal", pd.DataFrame([row]), at=NEXT_DAY)
    with pytest.raises(ContractError, match="geen plek en geen buurt"):
        nowhere = row | {"kind": "space", "cells": None, "area_code": None}
        record(desk.workspace, "signal", pd.DataFrame([nowhere]), at=NEXT_DAY)
    record(desk.workspace, "signal", pd.DataFrame([row | {"cells": None}]), at=NEXT_DAY)


def test_who_may_decide_is_in_the_table_of_the_town(desk: Desk) -> None:
    desk.rules(rules={"space": {"days": 3, "decides": ["lid", "wijkregisseur"]}})
    lamp = desk.knows()
    assert lamp.due_on == day_of(MONDAY_AFTER, 3)
    with pytest.raises(SignalError, match="besluit: teamlid of wijkregisseur"):
        answer_signal(desk.workspace, Answer(lamp.signal_id, "act", "coordinator"), at=NEXT_DAY)
    answer_signal(desk.workspace, Answer(lamp.signal_id, "act", "wijkregisseur"), at=NEXT_DAY)
    with pytest.raises(SignalError, match="Deze rol ken ik niet"):
        raise_signal(desk.workspace, NewSignal("help", "hulp", WEEK, "jansen", area_code="BU1"), at=NEXT_DAY)


def test_a_reason_names_nobody(desk: Desk) -> None:
    lamp = desk.knows()
    for reason in ("Mevrouw Jansen wil het niet", "Bel 06-12345678", "Zie Singel 40"):
        with pytest.raises(SignalError) as caught:
            answer_signal(desk.workspace, Answer(lamp.signal_id, "let_be", "coordinator", reason=reason), at=NEXT_DAY)
        assert reason not in str(caught.value)
    assert desk.now(lamp.signal_id).state is State.OPEN


def test_two_people_who_decide_at_once(desk: Desk) -> None:
    lamp = desk.knows()
    seen = lamp.answer_id
    answer_signal(desk.workspace, Answer(lamp.signal_id, "act", "coordinator", follows=seen), at=NEXT_DAY)
    with pytest.raises(SignalError, match="Intussen is over dit signaal al iets besloten"):
        second = Answer(lamp.signal_id, "let_be", "coordinator", reason="Hoeft niet.", follows=seen)
        answer_signal(desk.workspace, second, at=NEXT_DAY)
