# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from stip.agreements import (
    install_shipped,
    retention,
    retention_limit,
    retention_runs,
    review,
    unread_retention_runs,
)
from stip.agreements.retention import last_retention
from stip.errors import SettingsError, WorkspaceError
from stip.store import Workspace, batches, publish_batch, read_incidents, sweep_incidents, undo_batch
from stip.store.atomic import halves

ON = date(2026, 11, 23)  # 60 months before: 23 November 2021


@pytest.fixture
def agreed(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def deliver(
    workspace: Workspace,
    batch_id: str,
    reports: dict[str, tuple[int, str]],
    *,
    source: str = "bvh",
    received: int = 1,
) -> None:
    """Publish reports: id → (version, local begin)."""
    from_at = pd.to_datetime([begin for _, begin in reports.values()], format="ISO8601").tz_localize(
        "Europe/Amsterdam"
    )
    rows = pd.DataFrame({"incident_id": list(reports), "version": [version for version, _ in reports.values()]})
    rows = rows.assign(
        source=source,
        batch_id=batch_id,
        crime_type="bicycle_theft",
        from_at=from_at.tz_convert("UTC"),
        to_at=from_at.tz_convert("UTC"),
        known_at=from_at.tz_convert("UTC"),
        x_m=1.0,
        y_m=1.0,
        precision_m=25.0,
        area_code=None,
        area_year=None,
    )
    publish_batch(workspace, rows, {"batch_id": batch_id, "source": source, "received_at": f"2026-01-{received:02d}"})


def left(workspace: Workspace) -> set[str]:
    return set(read_incidents(workspace)["incident_id"])


@pytest.mark.parametrize(
    ("on", "months", "limit"),
    [
        (date(2026, 11, 23), 60, "2021-11-23"),
        (date(2026, 3, 31), 1, "2026-02-28"),
        (date(2028, 3, 31), 1, "2028-02-29"),
        (date(2026, 1, 15), 1.5, "2025-11-30"),  # half of the 30 days between 15 November and 15 December
        (date(2026, 10, 25), 12, "2025-10-25"),
    ],
)
def test_months_go_by_the_calendar(on: date, months: float, limit: str) -> None:
    assert retention_limit(on, months, "Europe/Amsterdam") == pd.Timestamp(limit, tz="Europe/Amsterdam")


def test_what_is_too_old_goes_and_the_rest_stays(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"old": (1, "2021-11-22 23:59"), "edge": (1, "2021-11-23 00:00"), "new": (1, "2026-01-01")})
    report = retention(agreed, on=ON)
    assert left(agreed) == {"edge", "new"}
    row = report.iloc[0]
    assert (row["source"], row["batch_id"], row["destroyed"], row["kept"]) == ("bvh", "b1", 1, 2)
    assert row["oldest"] == pd.Timestamp("2021-11-22 23:00", tz="UTC")
    assert row["agreed"]
    assert batches(agreed)[0]["retention_on"] == "2026-11-23"


def test_an_empty_batch_disappears_and_leaves_no_rows_anywhere(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"secret1": (1, "2020-01-01")})
    retention(agreed, on=ON)
    assert batches(agreed) == []
    for file in agreed.data.rglob("*"):
        assert not file.is_file() or b"secret1" not in file.read_bytes()


class Killed(BaseException):
    """As a kill: nothing after it runs."""


@pytest.mark.parametrize("again", ["retention", "undo", "sweep"])
def test_what_a_kill_left_half_destroyed_goes_before_it_is_told_to_be_gone(
    agreed: Workspace, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    deliver(agreed, "b1", {"secret1": (1, "2020-01-01")})
    deliver(agreed, "b2", {"young": (1, "2026-01-01")}, received=2)

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("stip.store.atomic.shutil.rmtree", killed)
        retention(agreed, on=ON)
    (half,) = halves(agreed.data)
    assert b"secret1" in (half / "incidents.parquet").read_bytes()
    assert retention(agreed, on=ON, dry_run=True)["destroyed"].sum() == 0
    assert halves(agreed.data) == [half], "who only looks removes nothing"
    if again == "retention":
        assert retention(agreed, on=ON)["destroyed"].sum() == 0
    elif again == "undo":
        undo_batch(agreed, "b2", at=datetime(2026, 11, 23, tzinfo=UTC), reason="Proef.")
    else:
        assert sweep_incidents(agreed) == 1
    assert halves(agreed.data) == []


def test_a_dry_run_needs_no_right_to_write(agreed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(agreed, "b1", {"old": (1, "2020-01-01"), "new": (1, "2026-01-01")})

    def closed(_: Workspace) -> None:
        raise WorkspaceError("closed")

    monkeypatch.setattr(Workspace, "writing", closed)
    assert retention(agreed, on=ON, dry_run=True)["destroyed"].tolist() == [1]
    with pytest.raises(WorkspaceError):
        retention(agreed, on=ON)


def test_a_dry_run_says_the_same_and_changes_nothing(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"old": (1, "2020-01-01"), "new": (1, "2026-01-01")})
    before = {file: file.read_bytes() for file in agreed.root.rglob("*") if file.is_file()}
    planned = retention(agreed, on=ON, dry_run=True)
    assert {file: file.read_bytes() for file in agreed.root.rglob("*") if file.is_file()} == before
    pd.testing.assert_frame_equal(planned, retention(agreed, on=ON))


def test_a_second_run_destroys_nothing_more(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"old": (1, "2020-01-01"), "new": (1, "2026-01-01")})
    retention(agreed, on=ON)
    assert retention(agreed, on=ON)["destroyed"].tolist() == [0]


def test_no_older_version_comes_back(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"moved": (1, "2026-01-01")})  # first reported with a wrong, later begin
    deliver(agreed, "b2", {"moved": (2, "2020-01-01"), "new": (1, "2026-01-01")}, received=2)
    retention(agreed, on=ON)
    assert left(agreed) == {"new"}


def test_an_old_version_of_a_young_report_goes_alone(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"moved": (1, "2020-01-01")})
    deliver(agreed, "b2", {"moved": (2, "2026-01-01")}, received=2)
    report = retention(agreed, on=ON)
    assert left(agreed) == {"moved"}
    assert report.set_index("batch_id")["destroyed"].to_dict() == {"b1": 1, "b2": 0}


def test_each_source_has_its_own_time(agreed: Workspace) -> None:
    path = agreed.agreements / "incidents.toml"
    text = path.read_text(encoding="utf-8").replace("retention_months = 60", "retention_months = 6")
    path.write_text(text, encoding="utf-8")
    deliver(agreed, "b1", {"police": (1, "2026-01-01")})
    deliver(agreed, "b2", {"generic": (1, "2026-01-01")}, source="incidents", received=2)
    retention(agreed, on=ON)
    assert left(agreed) == {"police"}


def test_a_source_without_agreement_is_kept_and_told(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"stray": (1, "2001-01-01")}, source="elders")
    report = retention(agreed, on=ON)
    assert left(agreed) == {"stray"}
    assert report["agreed"].tolist() == [False]


def test_that_it_ran_is_remembered_in_counts_only(agreed: Workspace) -> None:
    assert last_retention(agreed) is None
    deliver(agreed, "b1", {"secret1": (1, "2020-01-01"), "secret2": (1, "2026-01-01")})
    retention(agreed, on=ON)
    files = list((agreed.data / "retention").glob("*.json"))
    text = files[0].read_text(encoding="utf-8")
    assert len(files) == 1
    assert "secret" not in text
    facts = json.loads(text)
    assert facts["on"] == "2026-11-23"
    assert facts["batches"][0] | {"oldest": "", "limit": ""} == {
        "source": "bvh",
        "batch_id": "b1",
        "destroyed": 1,
        "kept": 1,
        "oldest": "",
        "limit": "",
        "agreed": True,
    }
    assert last_retention(agreed) == ON


def test_an_empty_workspace_is_fine(agreed: Workspace) -> None:
    assert retention(agreed, on=ON).empty
    assert last_retention(agreed) == ON


def test_a_day_from_which_no_months_can_be_counted_back_is_refused(agreed: Workspace) -> None:
    deliver(agreed, "b1", {"a": (1, "2026-01-05 10:00")})
    assert retention_limit(date(1900, 1, 1), 2400, "Europe/Amsterdam").year == 1699
    for dry_run in (True, False):
        with pytest.raises(SettingsError, match="0001-01-01 ligt vóór 1900"):
            retention(agreed, on=date(1, 1, 1), dry_run=dry_run)
    assert left(agreed) == {"a"}


DAMAGED = [
    "",
    "{",
    "[]",
    "{}",
    '{"on": "ooit", "ran_at": "x", "batches": []}',
    '{"on": "2026-11-23", "batches": [1]}',
]


@pytest.mark.parametrize("content", DAMAGED)
def test_an_account_that_cannot_be_read_is_passed_over_and_named(agreed: Workspace, content: str) -> None:
    deliver(agreed, "b1", {"a": (1, "2026-01-01")})
    retention(agreed, on=ON)
    assert unread_retention_runs(agreed) == []
    damaged = agreed.data / "retention" / "99991231T000000000000.json"
    damaged.write_text(content, encoding="utf-8")
    assert last_retention(agreed) == last_retention(agreed, source="bvh") == ON
    assert [run.on for run in retention_runs(agreed)] == [ON]
    said = "data/retention/99991231T000000000000.json is niet te lezen. Zet het terug uit een reservekopie."
    assert unread_retention_runs(agreed) == [said]
    assert said in [remark.what for remark in review(agreed, on=ON)]
    for file in (agreed.data / "retention").glob("*.json"):
        file.write_text(content, encoding="utf-8")
    assert last_retention(agreed) is None
    assert not any("nog nooit" in remark.what for remark in review(agreed, on=ON))
