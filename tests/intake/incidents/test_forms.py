# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from intake.incident_files import COLUMNS, RECEIVED, agreement, asking
from stip.agreements import Role
from stip.errors import FileError
from stip.intake.incidents.forms import FormFinder, Forms
from stip.intake.places.locating import Bounds
from stip.intake.tables.systems import RD
from stip.intake.tables.table import Block

BOUNDS = Bounds(RD, 125_000, 445_000, 145_000, 465_000, True)


def block(begin: list[str], x: list[str] | None = None, y: list[str] | None = None) -> Block:
    columns = {"from_at": begin, "x": x or ["136000"] * len(begin), "y": y or ["455000"] * len(begin)}
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return Block(table, np.arange(len(begin), dtype=np.int64))


def find(*blocks: Block, **changes: object) -> tuple[Forms, int]:
    """Return the forms, and how many blocks were looked at."""
    finder = FormFinder(
        asking(),
        agreement(**changes),
        BOUNDS,
        "",
        pd.Timestamp(RECEIVED),
        "Europe/Amsterdam",
        "f.csv",
        {Role.FROM_AT: "begin"},
    )
    forms, seen = finder.find(iter(blocks))
    return forms, len(seen)


def test_no_more_is_looked_at_than_it_takes() -> None:
    sure, unsure = block(["13-08-2026 10:00"]), block(["02-03-2026 10:00"])
    assert find(sure, unsure)[1] == 1
    assert find(unsure, unsure, sure, unsure)[1] == 3
    lost = block(["13-08-2026 10:00"], ["0"], ["0"])
    assert find(lost, sure, sure)[1] == 2
    assert find(block([]), sure)[1] == 2


def test_a_declared_order_needs_no_evidence_and_holds_for_other_columns() -> None:
    declared = COLUMNS | {"begin": COLUMNS["begin"] | {"date_format": "%d-%m-%Y %H:%M"}}
    forms, seen = find(block(["02-03-2026 10:00"]), columns=declared)
    assert (seen, forms.facts[0]) == (1, "Datums: geschreven zoals de afspraak zegt.")
    with pytest.raises(FileError, match="twee manieren.*‘begin’"):
        find(block(["02-03-2026 10:00"]))


def test_a_column_of_days_is_told_apart_from_midnights() -> None:
    days = block(["13-08-2026", "14-08-2026"])
    assert find(days)[0].days == {Role.FROM_AT}
    assert find(block(["13-08-2026 00:00:00"] * 19))[0].days == frozenset()
    assert find(block(["13-08-2026 00:00:00"] * 20))[0].days == {Role.FROM_AT}
    assert find(block(["13-08-2026", "14-08-2026 10:00"]))[0].days == frozenset()


def test_the_usual_sign_for_decimals_is_found() -> None:
    points = ["136000,5", "136000.5", "136001,5"]
    forms, _ = find(block(["13-08-2026 10:00"] * 3, points))
    assert forms.decimal_comma
    assert any("met een komma" in fact for fact in forms.facts)


def test_a_file_without_rows_has_no_forms() -> None:
    forms, seen = find(block([]))
    assert (forms.readers, forms.place, seen) == ({}, None, 1)
    nothing: Iterator[Block] = iter(())
    assert find(*nothing)[1] == 0
