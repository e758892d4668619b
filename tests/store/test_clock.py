# SPDX-License-Identifier: EUPL-1.2
"""One now for a workspace of the sample town, on the desk and on the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

from stip.cli.app import app
from stip.publish import open_quarters
from stip.settings import Town
from stip.signals import signals_of
from stip.store import Workspace, day_in_town, last_known_at, own_now


def told(root: Path, *words: str) -> list[dict[str, object]]:
    answer = CliRunner().invoke(app, [*words, "-w", str(root), "--json"])
    assert answer.exception is None, answer.exception
    found = json.loads(answer.stdout)
    return found if isinstance(found, list) else [found]


def test_the_sample_town_lives_in_its_own_week_and_another_town_now(sample_demo: Path) -> None:
    workspace = Workspace.open(sample_demo / "werkmap")
    last = last_known_at(workspace, known_before=datetime.now(UTC))
    assert last is not None and own_now(workspace) == last + timedelta(hours=2)
    other = workspace.settings.model_copy(update={"town": Town(name="Elders", code="GM0363")})
    before = datetime.now(UTC)
    assert before <= own_now(Workspace(workspace.root, other)) <= datetime.now(UTC)


def test_commands_judge_by_that_week_unless_another_day_is_asked(sample_demo: Path) -> None:
    workspace = Workspace.open(sample_demo / "werkmap")
    today = own_now(workspace).date()
    late = {one["signal_id"]: one["overdue"] for one in told(workspace.root, "signals", "list")}
    known = signals_of(workspace)
    assert known and late == {one.signal_id: one.overdue(today) for one in known}
    later = told(workspace.root, "signals", "list", "--at", "2031-01-01")
    assert all(row["overdue"] for row in later if row["state"] == "open")
    assert {row["on"] for row in told(workspace.root, "agreements", "retention", "--dry-run")} == {today.isoformat()}
    [quarters] = told(workspace.root, "publish", "list")
    assert quarters["open"] == [each.name for each in open_quarters(workspace, at=own_now(workspace))]


def test_a_day_begins_at_midnight_in_the_town_not_at_midnight_utc(sample_demo: Path) -> None:
    workspace = Workspace.open(sample_demo / "werkmap")
    assert day_in_town(workspace, datetime(2026, 9, 6, 22, 30, tzinfo=UTC)) == date(2026, 9, 7)
    assert day_in_town(workspace, datetime(2026, 12, 6, 22, 30, tzinfo=UTC)) == date(2026, 12, 6)
