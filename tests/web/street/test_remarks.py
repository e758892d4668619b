# SPDX-License-Identifier: EUPL-1.2
"""A remark from the street becomes a signal: once, with its place, and of help with its neighbourhood only."""

from __future__ import annotations

import pytest

from stip.signals import signals_of
from stip.store import Workspace
from stip_web.street.mirror import mirror
from stip_web.street.models import AreaRemark, Entry, Mirrored

from .conftest import Phone

pytestmark = pytest.mark.django_db


def from_street(town: Workspace, before: set[str]) -> list[object]:
    return [known for known in signals_of(town) if known.signal_id not in before]


def test_something_broken_is_a_signal_with_its_place_once(phone: Phone, town: Workspace) -> None:
    before = {known.signal_id for known in signals_of(town)}
    sent = phone.entry(remark="stuk")
    phone.send(sent)
    phone.send(sent)
    Mirrored.objects.all().delete()  # as after a kill between the workspace and the mark
    mirror(town)
    (broken,) = from_street(town, before)
    place = phone.plan.place(sent["place_id"])
    assert place is not None
    assert (broken.kind, broken.category, broken.stream, broken.role) == ("space", "stuk", "street", "lid")
    assert broken.cells == tuple(sorted(place.place.cells))


def test_help_is_a_signal_of_a_neighbourhood_and_nothing_leads_to_the_entry(phone: Phone, town: Workspace) -> None:
    before = {known.signal_id for known in signals_of(town)}
    phone.send(phone.entry(remark="hulp"))
    mirror(town)
    (help_,) = from_street(town, before)
    assert (help_.kind, help_.category, help_.cells) == ("help", "hulp", ())
    assert help_.area_code
    assert (help_.at.hour, help_.at.minute) in ((22, 0), (23, 0), (0, 0))
    entry = Entry.objects.get()
    assert entry.remark == ""
    assert entry.entry_id.hex != help_.signal_id
    assert not AreaRemark.objects.exists(), "what is raised need not be kept twice"


def test_an_entry_without_a_remark_is_no_signal(phone: Phone, town: Workspace) -> None:
    before = {known.signal_id for known in signals_of(town)}
    phone.send(phone.entry())
    assert from_street(town, before) == []
