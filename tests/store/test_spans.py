# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from stip.store import Workspace, publish_batch, read_batch, read_incidents, replace_batch
from stip.store.spans import SPAN_FILE, may_hold
from store import made

MONDAY = made.MONDAY.to_pydatetime()
WEEK = timedelta(days=7)


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    """Give three batches, a week each, the last with a correction of the first."""
    for number, name in enumerate(("w1", "w2", "w3")):
        frame = made.incidents(name, first=number * 5, known_at=made.MONDAY + number * WEEK)
        publish_batch(workspace, frame, made.manifest(name))
    moved = made.incidents("w4", rows=1, version=2, known_at=made.MONDAY + 2 * WEEK)
    publish_batch(workspace, moved.assign(x_m=190_000.0), made.manifest("w4"))
    return workspace


def files(workspace: Workspace) -> list[str]:
    return sorted(str(file) for file in workspace.data.rglob("incidents.parquet"))


def names(found: list[str]) -> list[str]:
    return [file.split("/")[-2] for file in found]


def test_batches_that_cannot_hold_it_are_not_opened(three: Workspace) -> None:
    every = files(three)
    assert names(may_hold(every, {})) == ["w1", "w2", "w3", "w4"]
    assert names(may_hold(every, {"from_at": (MONDAY + timedelta(days=1), None)})) == ["w3", "w4"]
    assert names(may_hold(every, {"known_at": (None, MONDAY)})) == ["w1"]
    assert names(may_hold(every, {"x_m": (185_000, 200_000)})) == ["w4"]
    assert names(may_hold(every, {"version": (2, None)})) == ["w4"]
    assert may_hold(every, {"y_m": (0, 1000)}) == []


def test_a_question_to_which_no_batch_can_answer_is_answered(three: Workspace) -> None:
    assert read_incidents(three, box_m=(0, 0, 1000, 1000)).empty


def test_a_correction_elsewhere_still_counts(three: Workspace) -> None:
    box = (135_000.0, 450_000.0, 140_000.0, 460_000.0)
    found = read_incidents(three, to_at=MONDAY - WEEK + timedelta(days=1), box_m=box)
    assert "i000000" not in set(found["incident_id"])
    before = read_incidents(three, box_m=box, known_before=MONDAY + WEEK)
    assert "i000000" in set(before["incident_id"])


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"x_m": '])
def test_without_good_numbers_a_batch_is_opened(three: Workspace, content: str | None) -> None:
    expected = read_incidents(three, from_at=MONDAY - WEEK, box_m=(0, 0, 300_000, 600_000))
    for file in three.data.rglob(SPAN_FILE):
        file.unlink() if content is None else file.write_text(content)
    found = read_incidents(three, from_at=MONDAY - WEEK, box_m=(0, 0, 300_000, 600_000))
    pd.testing.assert_frame_equal(found, expected)


def test_other_rows_in_a_batch_bring_other_numbers(three: Workspace) -> None:
    rows = read_batch(three, "w1").assign(x_m=170_000.0)
    replace_batch(three, "w1", rows)
    assert names(may_hold(files(three), {"x_m": (165_000, 175_000)})) == ["w1"]
    assert len(read_incidents(three, box_m=(165_000, 0, 175_000, 600_000))) == 4  # one moved on in version 2


def test_a_batch_that_was_emptied_is_read(three: Workspace) -> None:
    replace_batch(three, "w2", read_batch(three, "w2").iloc[:0])
    assert len(read_incidents(three)) == 10
