# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.incident_files import column
from stip.intake.values.codes import KNOWN, NONE, OTHER, PERSONAL, RESPELLED, UNKNOWN, CodeBook
from stip.settings import SEED_TYPES


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("A72", "bicycle_theft", KNOWN),
        ("1.1.1", "home_burglary", KNOWN),
        ("Vernieling", "vandalism", KNOWN),
        ("theft_from_vehicle", "theft_from_vehicle", KNOWN),
        (" a72", "bicycle_theft", RESPELLED),
        ("DIEFSTAL  FIETS", "bicycle_theft", RESPELLED),
        ("A73", None, OTHER),
        ("0110", None, OTHER),
        ("CRIM SEXUAL ASSAULT", None, OTHER),
        ("burglary_other", None, OTHER),
        ("Woninginbraaak", None, UNKNOWN),
        ("12-09-2026 10:00", None, UNKNOWN),
        ("x" * 61, None, UNKNOWN),
        ("piet@voorbeeld.nl", None, PERSONAL),
        ("burgerservicenummer 111222333", None, PERSONAL),
        ("", None, NONE),
        ("  ", None, NONE),
        (None, None, NONE),
    ],
)
def test_what_a_code_is(text: str | None, key: str | None, kind: int) -> None:
    book = CodeBook(SEED_TYPES)
    types, kinds = book.look_up(column(text))
    assert kinds.tolist() == [kind]
    assert (book.keys[types[0]] if types[0] >= 0 else None) == key


def test_other_types_are_named_only_when_they_stand_in_enough_rows() -> None:
    book = CodeBook(SEED_TYPES)
    book.look_up(column(*["BATTERY"] * 4, "Jan Jansen", "A72"))
    book.look_up(column("BATTERY", None))
    assert book.named_others() == {"BATTERY": 5}


def test_numbers_can_be_codes() -> None:
    types, kinds = CodeBook(SEED_TYPES).look_up(pa.array([110, None]))
    assert (types.tolist(), kinds.tolist()) == ([-1, -1], [OTHER, NONE])


def test_no_rows() -> None:
    types, kinds = CodeBook(SEED_TYPES).look_up(column())
    assert len(types) == len(kinds) == 0


@given(st.lists(st.one_of(st.none(), st.text(max_size=80)), max_size=20))
def test_any_text_is_one_of_six(texts: list[str | None]) -> None:
    types, kinds = CodeBook(SEED_TYPES).look_up(column(*texts))
    assert len(types) == len(texts)
    assert ((types >= 0) == ((kinds == KNOWN) | (kinds == RESPELLED))).all()
    assert set(kinds.tolist()) <= {KNOWN, RESPELLED, OTHER, NONE, UNKNOWN, PERSONAL}
