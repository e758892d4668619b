# SPDX-License-Identifier: EUPL-1.2
"""The desk that starts tells the public process what stands still, also a pause from before there were notices."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from stip.agreements import record_pause
from stip.publish import published_pauses
from stip.store import Workspace
from stip_web.workspaces.outside import tell_pauses_if_possible


def test_a_pause_without_a_notice_is_told_when_the_desk_starts(own_site: Path) -> None:
    at = datetime(2026, 9, 7, 8, tzinfo=UTC)
    record_pause(Workspace.open(own_site), "publish", paused=True, reason="Wij kijken het na.", role="fg", at=at)
    (own_site / "published" / "pauses.json").unlink()
    tell_pauses_if_possible()
    assert [row["name"] for row in published_pauses(own_site / "published")] == ["publish"]


def test_without_a_workspace_the_desk_starts_too(settings: object, tmp_path: Path) -> None:
    settings.STIP_WORKSPACE = tmp_path / "nergens"  # type: ignore[attr-defined]
    tell_pauses_if_possible()
    assert not (tmp_path / "nergens").exists()
