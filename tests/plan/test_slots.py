# SPDX-License-Identifier: EUPL-1.2
"""A day and a shift: read, told, and when it is by the clock on the wall."""

from datetime import UTC, datetime

import pytest

from stip.errors import PlanError
from stip.plan import EVERY_SLOT, Slot, slots_in


def test_each_slot_reads_back_and_the_week_is_full():
    assert [Slot.of(slot.code) for slot in EVERY_SLOT] == list(EVERY_SLOT) == sorted(EVERY_SLOT)
    assert len({slot.label for slot in EVERY_SLOT}) == 21
    assert Slot.of("di-avond").label == "dinsdag avond (16–24 uur)"


@pytest.mark.parametrize("code", ["", "di", "xx-avond", "di-ochtend", "di-avond-nacht"])
def test_what_is_no_slot_is_refused(code):
    with pytest.raises(PlanError, match="zoals di-avond"):
        Slot.of(code)


def test_a_slot_lies_by_the_clock_on_the_wall_also_when_that_is_put_back():
    begin, end = Slot.of("zo-nacht").span("2026-W43", "Europe/Amsterdam")
    assert begin.astimezone(UTC) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert Slot.of("ma-avond").span("2026-W37", "Europe/Amsterdam")[1].isoformat() == "2026-09-08T00:00:00+02:00"


def test_parts_of_the_week_lie_in_slots():
    assert [slot.code for slot in slots_in(("vr–zo 0–4 uur", "vr–zo 4–8 uur"))] == [
        "vr-nacht",
        "za-nacht",
        "zo-nacht",
    ]
    assert slots_in(("dinsdag avond (16–24 uur)", "ooit")) == ()
