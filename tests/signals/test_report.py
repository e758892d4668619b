# SPDX-License-Identifier: EUPL-1.2
"""The half-year report: every signal in exactly one column, and small counts of help for who may not see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from signals.conftest import MONDAY_AFTER, Desk
from stip.errors import SignalError
from stip.signals import Answer, ReportRow, answer_signal, half_bounds, half_of, report_of


def test_halves_of_a_year() -> None:
    assert half_of(date(2026, 6, 30)) == "2026-1" and half_of(date(2026, 7, 1)) == "2026-2"
    assert half_bounds("2026-2") == (date(2026, 7, 1), date(2026, 12, 31))


@pytest.mark.parametrize("half", ["", "2026", "2026-3", "x-1", "2026-1 ", "٢٠٢٦-1", "0000-1"])
def test_what_is_no_half_year(half: str) -> None:
    with pytest.raises(SignalError, match="geen half jaar"):
        half_bounds(half)


def test_a_signal_counts_in_the_half_year_in_which_it_became_known_by_the_clock_of_the_town(desk: Desk) -> None:
    desk.knows(at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    desk.knows(category="afval", at=datetime(2026, 6, 30, 22, 1, tzinfo=UTC))
    for half in ("2026-1", "2026-2"):
        rows = report_of(desk.workspace, half, on=date(2026, 8, 1)).rows
        assert [row.known for row in rows if row.kind == "space"] == [1]


def test_each_signal_is_in_one_column(desk: Desk) -> None:
    kinds = ("lamp", "afval", "groen", "stuk")
    lamp, waste, green, broken = (desk.knows(category=kind) for kind in kinds)
    at = MONDAY_AFTER + timedelta(hours=1)
    answer_signal(desk.workspace, Answer(lamp.signal_id, "act", "coordinator"), at=at)
    answer_signal(desk.workspace, Answer(waste.signal_id, "let_be", "coordinator", reason="Hoeft niet."), at=at)
    hand = Answer(green.signal_id, "hand_over", "coordinator", "maintenance", ("category",))
    answer_signal(desk.workspace, hand, at=at)
    (row,) = [row for row in report_of(desk.workspace, "2026-2", on=at.date()).rows if row.kind == "space"]
    assert (row.known, row.acted, row.let_be, row.handed_over, row.waiting, row.late) == (4, 1, 1, 0, 2, 0)
    assert row.known == row.acted + row.let_be + row.handed_over + row.waiting
    assert broken.state.waits


@pytest.mark.parametrize("count", range(9))
def test_small_counts_of_help_cannot_be_read_back(desk: Desk, count: int) -> None:
    for _ in range(count):
        found = desk.knows("help", "hulp")
        answer = Answer(found.signal_id, "let_be", "coordinator", reason="De wijkverpleging is er al.")
        answer_signal(desk.workspace, answer, at=MONDAY_AFTER)
    report = report_of(desk.workspace, "2026-2", on=date(2027, 1, 1))
    (row,) = [row for row in report.rows if row.kind == "help"]
    assert row.coarse and row.known == row.let_be == {0: 0, 1: 0, 2: 0, 8: 10}.get(count, 5)
    assert report.reasons == () and report.shared == ()
    whole = report_of(desk.workspace, "2026-2", on=MONDAY_AFTER.date(), coarse=())
    assert [row.known for row in whole.rows if row.kind == "help"] == [count]
    assert len(whole.reasons) == min(count, 1)


def test_nobody_sees_a_rounded_count_jump_while_it_lives(desk: Desk) -> None:
    """The third remark would turn a 0 into a 5 under the eyes of who watches; so would a later decision."""

    def told(on: date) -> ReportRow:
        return next(row for row in report_of(desk.workspace, "2026-2", on=on).rows if row.kind == "help")

    empty = told(date(2026, 12, 31))
    signals = []
    for _ in range(6):
        signals.append(desk.knows("help", "hulp"))
        assert told(date(2026, 12, 31)) == empty and told(MONDAY_AFTER.date()) == empty
    row = told(date(2027, 1, 1))
    assert (row.withheld, row.known, row.waiting, row.late, row.let_be) == (False, 5, 5, 5, 0)
    for known in signals:
        answer = Answer(known.signal_id, "let_be", "coordinator", reason="De wijkverpleging is er al.")
        answer_signal(desk.workspace, answer, at=datetime(2027, 1, 5, 12, tzinfo=UTC))
        assert told(date(2027, 1, 6)) == row, "what is decided later does not move it"
    exact = report_of(desk.workspace, "2026-2", on=date(2027, 1, 6), coarse=())
    assert [row.let_be for row in exact.rows if row.kind == "help"] == [6]
    assert empty.withheld and empty.known is None
