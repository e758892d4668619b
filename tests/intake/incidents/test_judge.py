# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from intake.incident_files import COLUMNS, agreement, asking, column
from stip.agreements import Gate, Key, KeyRing
from stip.intake.incidents.forms import Forms
from stip.intake.incidents.judge import Judge
from stip.intake.incidents.rules import NO_ID, RAGGED
from stip.intake.incidents.windows import WindowRules
from stip.intake.places.locating import Bounds, PlaceForm
from stip.intake.tables.systems import RD
from stip.intake.tables.table import Block
from stip.intake.values.codes import CodeBook
from stip.intake.values.date_formats import Order
from stip.intake.values.moments import MomentReader
from stip.settings import SEED_TYPES, Settings, Town

KEYS = KeyRing(Path(), (Key("0001", "", b"old"), Key("0002", "", b"new")))


def judge(**changes: object) -> Judge:
    gate = Gate(agreement(columns=COLUMNS), Settings(town=Town(name="Proef")), KEYS)
    facts: dict[str, object] = {
        "gate": gate,
        "forms": Forms(
            {"from_at": MomentReader(asking(), Order.DAY)}, frozenset(), PlaceForm(RD, share=1.0), False, ()
        ),  # type: ignore[dict-item]
        "bounds": Bounds(RD, 125_000, 445_000, 145_000, 465_000, True),
        "windows": WindowRules(
            "UTC", np.datetime64("2026-09-07", "us"), np.timedelta64(168, "h"), np.timedelta64(7, "D")
        ),
        "codes": CodeBook(SEED_TYPES),
        "asker": asking(),
    }
    return Judge(**(facts | changes))  # type: ignore[arg-type]


def block(ids: pa.Array) -> Block:
    some = {"crime_code": "A72", "from_at": "01-08-2026 10:00", "x": "136000", "y": "455000"}
    columns = {name: column(*[text] * len(ids)) for name, text in some.items()}
    return Block(pa.table({"incident_id": ids} | columns), np.arange(2, 2 + len(ids)), ragged=np.array([9]))


def test_numbers_are_hashed_under_each_key() -> None:
    ids = column(" PL1 ", "PL1", "", None)
    found = judge().judge(block(ids))
    assert found.incidents is not None
    assert found.incidents["row"].tolist() == [2, 3]
    assert found.incidents["incident_id"].str[:4].tolist() == ["0002", "0002"]
    assert found.incidents["incident_id"].nunique() == found.incidents["under_0001"].nunique() == 1
    assert found.account.numbers.tolist() == [2, 3, 4, 5, 9]
    assert found.account.refusals()[1] == [NO_ID, NO_ID, RAGGED]


@pytest.mark.parametrize(
    "ids",
    [column("12", "13", None), pa.array([12, 13, None]), pa.array([12.0, 13.0, None]), pa.array([12.0, 13.0, 1.5])],
)
def test_numbers_are_the_same_number_however_they_are_kept(ids: pa.Array) -> None:
    found, same = (judge().judge(block(each)).incidents for each in (ids, column("12", "13")))
    assert found is not None
    assert same is not None
    assert found["incident_id"].tolist() == same["incident_id"].tolist()
    assert len(found) == 2


def test_a_block_of_broken_rows_only() -> None:
    empty = Block(pa.table({}), np.empty(0, dtype=np.int64), np.array([4]), np.array([3]))
    found = judge().judge(empty)
    assert (found.account.numbers.tolist(), found.incidents) == ([3, 4], None)
