# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from stip.store import Workspace, batches
from stip_web.workspaces.clock import now
from stip_web.workspaces.freshness import freshness, late_sources


def newest(workspace: Workspace) -> datetime:
    return max(datetime.fromisoformat(str(held["received_at"])) for held in batches(workspace))


@pytest.mark.django_db
def test_in_its_own_week_the_sample_town_is_on_time(site: Path) -> None:
    assert late_sources(Workspace.open(site), now(Workspace.open(site))) == []


@pytest.mark.django_db
def test_a_weekly_source_is_late_a_week_and_two_days_after_the_last(site: Path) -> None:
    workspace = Workspace.open(site)
    last = newest(workspace)
    assert late_sources(workspace, last + timedelta(days=8)) == []
    (late,) = late_sources(workspace, last + timedelta(days=9))
    assert (late.source, late.rhythm_in_words) == ("bvh", "elke week")
    assert "is te laat" in late.sentence and "werd verwacht" in late.sentence
    assert late.expected == last + timedelta(days=7)


@pytest.mark.django_db
def test_a_source_that_never_came_is_not_late(own_site: Path) -> None:
    text = (own_site / "agreements" / "bvh.toml").read_text().replace('source = "bvh"', 'source = "nieuw"')
    (own_site / "agreements" / "nieuw.toml").write_text(text)
    workspace = Workspace.open(own_site)
    found = {one.source: one for one in freshness(workspace, newest(workspace) + timedelta(days=900))}
    assert (found["nieuw"].last, found["nieuw"].late) == (None, False)
    assert found["nieuw"].rhythm_in_words == "elke week (aangenomen)"
    assert found["bvh"].late
