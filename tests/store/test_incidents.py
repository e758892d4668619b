# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.errors import ContractError, WorkspaceError
from stip.settings import Settings, Town
from stip.store import (
    INCIDENT,
    Workspace,
    batches,
    conform,
    last_known_at,
    latest_versions,
    publish_batch,
    read_batch,
    read_incidents,
    replace_batch,
    undo_batch,
)
from store import made

NOW = made.MONDAY.to_pydatetime()
DAY = timedelta(days=1)


def publish(workspace: Workspace, batch_id: str, **options: object) -> bool:
    return publish_batch(workspace, made.incidents(batch_id, **options), made.manifest(batch_id))  # type: ignore[arg-type]


def test_what_went_in_comes_out_once_in_order(workspace: Workspace) -> None:
    assert read_incidents(workspace).columns.tolist() == INCIDENT.schema.names
    assert publish(workspace, "b2", first=5)
    assert publish(workspace, "b1")
    found = read_incidents(workspace)
    assert found["incident_id"].tolist() == [f"i{n:06d}" for n in range(10)]
    conform(found, INCIDENT)
    expected = conform(made.incidents("b1"), INCIDENT).to_pandas()
    pd.testing.assert_frame_equal(read_batch(workspace, "b1"), expected)


def test_the_same_batch_again_changes_nothing(workspace: Workspace) -> None:
    publish(workspace, "b1")
    before = {path: path.stat().st_mtime_ns for path in workspace.data.rglob("*")}
    assert not publish(workspace, "b1", rows=2)
    assert {path: path.stat().st_mtime_ns for path in workspace.data.rglob("*")} == before


def test_a_batch_that_breaks_the_contract_leaves_no_trace(workspace: Workspace) -> None:
    with pytest.raises(ContractError):
        publish_batch(workspace, made.incidents("b1").drop(columns="x_m"), made.manifest("b1"))
    assert list(workspace.data.rglob("*")) == []


def test_a_correction_supersedes_and_the_past_stays_as_it_was_known(workspace: Workspace) -> None:
    publish(workspace, "b1")
    corrected = made.incidents("b2", rows=1, version=2, known_at=made.MONDAY + 3 * pd.Timedelta(days=1))
    publish_batch(workspace, corrected.assign(crime_type="vandalism"), made.manifest("b2"))
    now = read_incidents(workspace).set_index("incident_id")
    assert now.loc["i000000", ["version", "crime_type"]].tolist() == [2, "vandalism"]
    assert len(now) == 5
    then = read_incidents(workspace, known_before=NOW + 2 * DAY).set_index("incident_id")
    assert then.loc["i000000", ["version", "crime_type"]].tolist() == [1, "home_burglary"]
    assert read_incidents(workspace, known_before=NOW).empty  # known at that very moment is not known before it
    # It is no burglary any more, so a question about burglaries does not get its older version.
    assert "i000000" not in set(read_incidents(workspace, crime_types=("home_burglary",))["incident_id"])
    assert read_incidents(workspace, crime_types=("vandalism",))["incident_id"].tolist() == ["i000000"]


def test_the_newest_report_before_a_moment(workspace: Workspace) -> None:
    assert last_known_at(workspace, known_before=NOW) is None
    publish(workspace, "b1")
    publish(workspace, "b2", first=5, known_at=made.MONDAY + 2 * pd.Timedelta(days=1))
    assert last_known_at(workspace, known_before=NOW) is None
    assert last_known_at(workspace, known_before=NOW + DAY) == NOW
    assert last_known_at(workspace, known_before=NOW + 9 * DAY) == NOW + 2 * DAY


def test_undo_brings_back_what_was_before(workspace: Workspace) -> None:
    publish(workspace, "b1")
    before = read_incidents(workspace)
    publish(workspace, "b2", rows=8, version=2, known_at=made.MONDAY + pd.Timedelta(days=7))
    assert len(read_incidents(workspace)) == 8
    undone = undo_batch(workspace, "b2", at=NOW, reason="verkeerde week")
    assert undone["batch_id"] == "b2"
    pd.testing.assert_frame_equal(read_incidents(workspace), before)
    assert [one["batch_id"] for one in batches(workspace)] == ["b1"]
    kept = list((workspace.data / "undone").glob("b2-*.json"))
    assert len(kept) == 1
    assert "verkeerde week" in kept[0].read_text(encoding="utf-8")
    assert publish(workspace, "b2")  # and it can come in again


def test_window_and_types_select(workspace: Workspace) -> None:
    publish(workspace, "b1", rows=48)
    start = datetime.fromisoformat("2026-09-01T00:00:00+00:00")
    found = read_incidents(workspace, from_at=start, to_at=start + DAY)
    assert found["from_at"].min() == start
    assert found["from_at"].max() == start + DAY - timedelta(hours=1)
    assert read_incidents(workspace, crime_types=("bicycle_theft",)).empty


def test_replace_swaps_rows_and_adds_facts(workspace: Workspace) -> None:
    publish(workspace, "b1")
    replace_batch(workspace, "b1", made.incidents("b1", rows=2), retention_on="2026-09-07")
    assert len(read_incidents(workspace)) == 2
    assert batches(workspace)[0]["retention_on"] == "2026-09-07"
    assert batches(workspace)[0]["accepted"] == 5


@pytest.mark.parametrize("name", ["b9", "../b1", "", "b1~", "b1/x"])
def test_a_batch_that_is_not_there_is_named(workspace: Workspace, name: str) -> None:
    publish(workspace, "b1")
    for ask in (
        lambda: undo_batch(workspace, name, at=NOW, reason="x"),
        lambda: replace_batch(workspace, name, made.incidents("b1")),
        lambda: read_batch(workspace, name),
    ):
        with pytest.raises(WorkspaceError, match="‘stip intake batches’ toont ze"):
            ask()
    assert len(read_incidents(workspace)) == 5


def test_latest_versions_of_the_ids_asked(workspace: Workspace) -> None:
    assert latest_versions(workspace, pd.Series(["i000001"])).empty
    publish(workspace, "b1")
    publish(workspace, "b2", rows=2, version=2)
    found = latest_versions(workspace, pd.Series(["i000001", "i000004", "i999999", "i000001"]))
    assert found.sort_values("incident_id")[["incident_id", "version"]].to_numpy().tolist() == [
        ["i000001", 2],
        ["i000004", 1],
    ]
    assert latest_versions(workspace, pd.Series([], dtype=str)).empty


def test_a_broken_batch_ends_in_a_sentence(workspace: Workspace) -> None:
    publish(workspace, "b1")
    (workspace.data / "incidents" / "b1" / "incidents.parquet").write_bytes(b"PAR1 and no more")
    for ask in (
        lambda: read_incidents(workspace),
        lambda: latest_versions(workspace, pd.Series(["i1"])),
        lambda: read_batch(workspace, "b1"),
    ):
        with pytest.raises(WorkspaceError, match="stip doctor"):
            ask()
    (workspace.data / "incidents" / "b1" / "batch.json").write_text('{"batch_id": 5}')
    with pytest.raises(WorkspaceError, match="incidents/b1/batch.json is niet te lezen.*stip doctor"):
        batches(workspace)
    (workspace.data / "incidents" / "b1" / "batch.json").write_text("[1")
    with pytest.raises(WorkspaceError, match="incidents/b1/batch.json is niet te lezen"):
        batches(workspace)


def test_a_path_with_marks_in_it_is_just_a_path(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "source=x" / "it's [1] town*", Settings(town=Town(name="X")))
    publish(workspace, "b1")
    assert read_incidents(workspace)["source"].unique().tolist() == ["bvh"]
    assert read_batch(workspace, "b1")["source"].unique().tolist() == ["bvh"]


VERSIONS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 4), st.integers(0, 6)), unique_by=lambda v: v[:2], max_size=12
)


@settings(max_examples=25)
@given(VERSIONS, st.integers(0, 7))
def test_what_was_known_then_is_the_highest_version_known_by_then(
    tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[int, int, int]], day: int
) -> None:
    workspace = Workspace.create(tmp_path_factory.mktemp("w") / "town", Settings(town=Town(name="X")))
    for place, (number, version, known) in enumerate(versions):
        known_at = made.MONDAY + known * pd.Timedelta(days=1)
        publish(workspace, f"b{place}", rows=1, first=number, version=version, known_at=known_at)
    expected: dict[str, int] = {}
    for number, version, known in versions:
        if known < day:
            expected[f"i{number:06d}"] = max(version, expected.get(f"i{number:06d}", 0))
    found = read_incidents(workspace, known_before=NOW + day * DAY)
    assert dict(zip(found["incident_id"], found["version"], strict=True)) == expected
