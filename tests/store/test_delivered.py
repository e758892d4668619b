# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from stip.store import Workspace, first_open_week, publish_batch
from store import made

SUNDAY = pd.Timestamp("2026-09-06 18:00", tz="UTC")  # the last day of 2026-W36


def deliver(workspace: Workspace, batch_id: str, known_at: pd.Timestamp, received_at: str | None) -> None:
    manifest = {"batch_id": batch_id} | ({"received_at": received_at} if received_at else {})
    first = sum(ord(letter) for letter in batch_id) * 100
    publish_batch(workspace, made.incidents(batch_id, first=first, known_at=known_at), manifest)


def test_without_reports_there_is_no_week(workspace: Workspace) -> None:
    assert first_open_week(workspace) is None


@pytest.mark.parametrize(
    ("known_at", "received_at", "week"),
    [
        (SUNDAY, "2026-09-07T05:30:00+00:00", "2026-W37"),  # Monday's file: the week that begins
        (SUNDAY + pd.Timedelta(hours=11), "2026-09-07T05:30:00+00:00", "2026-W37"),  # … with reports of that morning
        (SUNDAY - pd.Timedelta(days=3), "2026-09-04T09:00:00+00:00", "2026-W36"),  # Friday's file: W36 is not over
        (SUNDAY - pd.Timedelta(days=3), "2026-09-08T09:00:00+00:00", "2026-W37"),
        (SUNDAY, "2026-11-23T09:00:00+00:00", "2026-W37"),  # read in long after: no weeks without reports
        (SUNDAY, None, "2026-W37"),
    ],
)
def test_the_week_after_the_last_that_was_delivered_wholly(
    workspace: Workspace, known_at: pd.Timestamp, received_at: str | None, week: str
) -> None:
    deliver(workspace, "b1", known_at, received_at)
    assert first_open_week(workspace) == week


def test_as_things_stood_at_a_moment(workspace: Workspace) -> None:
    deliver(workspace, "b1", SUNDAY, "2026-09-07T05:30:00+00:00")
    deliver(workspace, "b2", SUNDAY + pd.Timedelta(days=7), "2026-09-14T05:30:00+00:00")
    assert first_open_week(workspace) == "2026-W38"
    assert first_open_week(workspace, at=datetime(2026, 9, 8, tzinfo=UTC)) == "2026-W37"


def test_each_source_reaches_as_far_as_it_brought(workspace: Workspace) -> None:
    deliver(workspace, "b1", SUNDAY, "2026-09-07T05:30:00+00:00")
    later = made.incidents("b9", first=900, known_at=SUNDAY + pd.Timedelta(days=14)).assign(source="other")
    manifest = {"batch_id": "b9", "source": "other", "received_at": "2026-09-21T05:30:00+00:00"}
    publish_batch(workspace, later, manifest)
    assert first_open_week(workspace) == first_open_week(workspace, sources=("other",)) == "2026-W39"
    assert first_open_week(workspace, sources=("bvh",)) == "2026-W37"
    assert first_open_week(workspace, sources=("bvh", "other")) == "2026-W39"
    assert first_open_week(workspace, sources=("none",)) is None
