# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pyarrow.parquet as pq
import pytest

from stip.errors import ContractError, WorkspaceError
from stip.store import PLAN, Workspace, read_decisions, record
from store import made

NOW = made.MONDAY.to_pydatetime()


def pause(workspace: Workspace, reason: str, *, minutes: int = 0, supersedes: str | None = None) -> str:
    rows = made.pause(reason).assign(supersedes=supersedes)
    return record(workspace, "pause", rows, at=NOW + timedelta(minutes=minutes))[0]


def reasons(workspace: Workspace) -> list[str]:
    return read_decisions(workspace, "pause")["reason"].tolist()


def test_nothing_decided_gives_an_empty_table(workspace: Workspace) -> None:
    found = read_decisions(workspace, "plan")
    assert found.empty
    assert "plan_id" in found


def test_decisions_stand_in_the_order_they_were_taken(workspace: Workspace) -> None:
    pause(workspace, "tweede", minutes=5)
    pause(workspace, "eerste")
    assert reasons(workspace) == ["eerste", "tweede"]


def test_a_change_of_mind_supersedes_and_the_old_file_stays(workspace: Workspace) -> None:
    first = pause(workspace, "a")
    files = {path: path.read_bytes() for path in (workspace.root / "decisions").rglob("*.parquet")}
    second = pause(workspace, "b", minutes=1, supersedes=first)
    pause(workspace, "c", minutes=2, supersedes=second)
    pause(workspace, "los", minutes=3)
    assert reasons(workspace) == ["c", "los"]
    assert all(path.read_bytes() == content for path, content in files.items())
    assert len(list((workspace.root / "decisions" / "pause").iterdir())) == 4


def test_what_was_never_decided_cannot_be_superseded(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="Besluit nooit bestaat niet"):
        pause(workspace, "a", supersedes="nooit")
    assert reasons(workspace) == []


def test_all_rows_or_none(workspace: Workspace) -> None:
    rows = made.plan()
    rows.loc[2, "place_id"] = "plek0"
    with pytest.raises(ContractError, match="plan_id"):
        record(workspace, "plan", rows, at=NOW)
    assert read_decisions(workspace, "plan").empty
    ids = record(workspace, "plan", made.plan(), at=NOW)
    found = read_decisions(workspace, "plan")
    assert sorted(found["decision_id"]) == sorted(ids)
    assert found["cells"].map(list).tolist() == [[0, 1], [1, 2], [2, 3]]


def test_one_week_at_a_time(workspace: Workspace) -> None:
    record(workspace, "plan", made.plan("p1"), at=NOW)
    record(workspace, "plan", made.plan("p2", week="2026-W38"), at=NOW)
    assert set(read_decisions(workspace, "plan", week="2026-W38")["plan_id"]) == {"p2"}


def test_a_moment_without_zone_is_refused_and_a_local_one_becomes_utc(workspace: Workspace) -> None:
    with pytest.raises(ContractError, match="tijdzone"):
        record(workspace, "pause", made.pause(), at=NOW.replace(tzinfo=None))
    record(workspace, "pause", made.pause(), at=datetime.fromisoformat("2026-09-07T02:00:00+02:00"))
    assert read_decisions(workspace, "pause")["at"].tolist() == [pd.Timestamp(2026, 9, 7, tz=UTC)]


def test_nothing_to_decide_writes_nothing(workspace: Workspace) -> None:
    assert record(workspace, "pause", made.pause().head(0), at=NOW) == []
    assert list((workspace.root / "decisions").rglob("*")) == []


def test_a_broken_file_ends_in_a_sentence(workspace: Workspace) -> None:
    pause(workspace, "a")
    file = next((workspace.root / "decisions" / "pause").iterdir())
    file.write_bytes(b"")
    with pytest.raises(WorkspaceError, match=rf"decisions/pause/{file.name} is niet te lezen"):
        read_decisions(workspace, "pause")


def test_a_file_of_before_there_were_teams_reads_as_of_no_team(workspace: Workspace) -> None:
    record(workspace, "plan", made.plan("p1"), at=NOW)
    [file] = (workspace.root / "decisions" / "plan").iterdir()
    pq.write_table(pq.read_table(file).drop_columns(["team"]), file)
    record(workspace, "plan", made.plan("p2").assign(team="noord"), at=NOW + timedelta(minutes=1))
    found = read_decisions(workspace, "plan")
    assert found["team"].isna().tolist() == [True] * 3 + [False] * 3
    assert set(found["team"].dropna()) == {"noord"}
    assert list(found.columns) == PLAN.schema.names
