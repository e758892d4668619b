# SPDX-License-Identifier: EUPL-1.2
"""The demo opens on a week that is under way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stip.learn import courses
from stip.plan import standing_plan
from stip.publish import open_quarters, published_quarters
from stip.signals import signals_of
from stip.space import monday
from stip.store import Workspace, own_now, read_decisions
from stip.week import open_demo, run_demo


def test_it_opens_with_plan_feedback_an_overdue_signal_and_a_decision(
    sample_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(sample_demo, folder)
    monkeypatch.setenv("STIP_KEYS", str(folder / "sleutels"))
    result = run_demo(folder, size="small", progress=lambda said: None)
    opened = open_demo(folder, result)
    assert "vastgesteld" in opened.view.status.lower()
    assert opened.view.places == result.view.places
    workspace = Workspace.open(folder / "werkmap")
    assert len(standing_plan(workspace, opened.view.week)) == len(opened.view.places)
    assert len(read_decisions(workspace, "feedback"))
    opens = monday(opened.view.week)
    assert sum(known.overdue(opens) for known in signals_of(workspace)) == 1
    out = published_quarters(workspace)
    assert len(out) >= 2
    assert open_quarters(workspace, at=own_now(workspace)) == [out[-1].next], "one waits for someone at the desk"
    again = open_demo(folder, opened)
    assert again.view.status == opened.view.status
    assert len(courses(workspace)) == 1
    assert published_quarters(workspace) == out
