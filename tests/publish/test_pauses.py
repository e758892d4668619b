# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from stip.agreements import install_shipped, pauses, publish_pauses, record_pause
from stip.agreements import pause as pausing
from stip.errors import AgreementError, WorkspaceError
from stip.publish import published_pauses, stands_still
from stip.store import Workspace

AT = datetime(2026, 9, 7, 22, 30, tzinfo=UTC)  # half past midnight in the town


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def put(town: Workspace, what: str, *, paused: bool = True) -> None:
    record_pause(town, what, paused=paused, reason="Niet waar het hoort.", role="fg", at=AT)


def test_nothing_stands_still_where_nobody_ever_paused(town: Workspace) -> None:
    assert published_pauses(town.root / "published") == []
    assert stands_still(town.root / "published") is None


def test_a_pause_is_told_outside_at_once_and_gone_when_it_is_lifted(town: Workspace) -> None:
    for what in ("source:bvh", "outlook", "all"):
        put(town, what)
    told = published_pauses(town.root / "published")
    assert [(row["what"], row["name"], row["since"]) for row in told] == [
        ("bron", "bvh", "2026-09-08"),
        ("stage", "outlook", "2026-09-08"),
        ("everything", "all", "2026-09-08"),
    ]
    assert told[0]["sentence"].startswith("De bron ‘") and "08-09-2026" in told[0]["sentence"]
    put(town, "all", paused=False)
    put(town, "source:bvh", paused=False)
    assert [row["name"] for row in published_pauses(town.root / "published")] == ["outlook"]


def test_outside_is_told_neither_who_nor_why(town: Workspace) -> None:
    put(town, "outlook")
    text = (town.root / "published" / "pauses.json").read_text(encoding="utf-8")
    assert "Niet waar het hoort" not in text and '"fg"' not in text
    assert all(set(row) == {"what", "name", "label", "since", "sentence"} for row in json.loads(text))


@pytest.mark.parametrize(
    ("what", "stops"), [("publish", True), ("all", True), ("outlook", False), ("source:bvh", False)]
)
def test_which_pauses_stop_publishing(town: Workspace, what: str, stops: bool) -> None:
    put(town, what)
    assert (stands_still(town.root / "published") is not None) is stops


@pytest.mark.parametrize(
    ("facts", "stops"),
    [
        ('{"sources": ["bvh"]}', True),
        ('{"sources": ["andere"]}', False),
        ('{"quarter": "2026-K1"}', True),  # from before sources were written down: it may be any
        ("{", True),
    ],
)
def test_a_paused_source_stops_the_figures_that_were_made_of_it(town: Workspace, facts: str, stops: bool) -> None:
    put(town, "source:bvh")
    for quarter, said in (("2025-K4", '{"sources": ["andere"]}'), ("2026-K1", facts)):
        folder = town.root / "published" / "figures" / quarter
        folder.mkdir(parents=True)
        (folder / "facts.json").write_text(said, encoding="utf-8")
    notice = stands_still(town.root / "published")
    assert (notice is not None) is stops
    assert notice is None or notice["sentence"].startswith("De bron ‘")
    assert stands_still(town.root / "published", "learn") is None
    put(town, "source:bvh", paused=False)
    assert stands_still(town.root / "published") is None


def notice(**changed: str) -> str:
    one = {"what": "stage", "name": "publish", "label": "", "since": "2026-09-07", "sentence": "Dit staat stil."}
    return json.dumps([one | changed])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        '[{"what": "bron"}]',
        notice(what="nonsense"),
        notice(name="nonsense"),
        notice(sentence="\ud800"),
    ],
)
def test_a_notice_that_cannot_be_read_stops_everything(town: Workspace, text: str) -> None:
    put(town, "source:bvh")
    (town.root / "published" / "pauses.json").write_text(text, encoding="utf-8")
    notice = stands_still(town.root / "published")
    assert notice is not None and notice["what"] == "everything"


def test_figures_without_a_notice_beside_them_stand_still(town: Workspace) -> None:
    put(town, "source:bvh")
    notice, facts = (
        town.root / "published" / "pauses.json",
        town.root / "published" / "figures" / "2026-K1" / "facts.json",
    )
    notice.unlink()  # a pause from before there were notices
    assert stands_still(town.root / "published") is None
    facts.parent.mkdir(parents=True)
    facts.write_text("{}", encoding="utf-8")
    held = stands_still(town.root / "published")
    assert held is not None and held["what"] == "everything"
    publish_pauses(town)
    assert [row["name"] for row in published_pauses(town.root / "published")] == ["bvh"]
    written = notice.stat().st_mtime_ns
    publish_pauses(town)
    assert notice.stat().st_mtime_ns == written


def test_a_pause_that_could_not_be_recorded_leaves_no_notice(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def full(*_: object, **__: object) -> list[str]:
        seen.extend(published_pauses(town.root / "published"))
        raise WorkspaceError("De schijf is vol.")

    monkeypatch.setattr(pausing, "record", full)
    with pytest.raises(WorkspaceError):
        put(town, "outlook")
    assert [row["name"] for row in seen] == ["outlook"], "outside stops before inside"
    assert published_pauses(town.root / "published") == []
    assert pauses(town).empty


def test_what_is_refused_changes_nothing_outside(town: Workspace) -> None:
    with pytest.raises(AgreementError):
        put(town, "outlook", paused=False)
    assert not (town.root / "published" / "pauses.json").exists()


def test_a_file_that_nests_without_end_stops_everything(town: Workspace) -> None:
    (town.root / "published").mkdir(exist_ok=True)
    (town.root / "published" / "pauses.json").write_text("[" * 100_000)
    assert [row["what"] for row in published_pauses(town.root / "published")] == ["everything"]
