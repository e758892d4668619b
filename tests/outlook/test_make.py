# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.outlook import make_outlook
from stip.store import Workspace, latest_run


def test_the_same_inputs_give_the_same_run_and_numbers(town: Workspace) -> None:
    first = make_outlook(town, "2026-W37")
    again = make_outlook(town, "2026-W37")
    assert again.run_id == first.run_id
    assert first.intact()
    assert latest_run(town, "outlook", "2026-W37") is not None


def test_every_cell_has_an_expectation_within_its_interval(town: Workspace) -> None:
    run = make_outlook(town, "2026-W37")
    outlook = run.table("outlook")
    assert len(outlook) == 256
    assert (outlook["expected"] > 0).all()
    assert (outlook["low"] <= outlook["high"]).all()
    assert outlook["expected"].sum() == pytest.approx(12, rel=0.5)
    counts = outlook["tier"].value_counts()
    assert (counts[1], counts[3], counts[5], counts[10]) == (3, 5, 5, 13)
