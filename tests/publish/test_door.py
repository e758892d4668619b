# SPDX-License-Identifier: EUPL-1.2
"""The door: what may go out, who lets it, and that it never changes afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stip.agreements import record_pause
from stip.errors import AgreementError, SettingsError, WorkspaceError
from stip.publish import (
    AREA,
    BASE,
    Quarter,
    State,
    approve,
    closed_quarters,
    door,
    held_back,
    in_quarter,
    open_quarters,
    propose,
    published_areas,
    published_facts,
    published_figures,
    published_issues,
    published_quarters,
    secret_of,
    tell_issue,
)
from stip.store import Workspace, batches, read_batch, read_decisions, read_incidents, replace_batch, undo_batch

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)
WHY = "Nagekeken met de analist."


@pytest.fixture
def town(sample_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(sample_demo, tmp_path / "demo")
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "demo" / "sleutels"))
    return Workspace.open(tmp_path / "demo" / "werkmap")


def test_quarters_go_out_four_weeks_after_their_end_and_never_in_part() -> None:
    assert closed_quarters(date(2026, 1, 1), date(2026, 4, 28)) == []
    assert closed_quarters(date(2026, 1, 1), date(2026, 4, 29)) == [Quarter(2026, 1)]
    assert closed_quarters(date(2025, 12, 31), date(2026, 4, 29)) == [Quarter(2026, 1)]
    assert Quarter.named("2025-K4").next == Quarter(2026, 1)
    assert (Quarter(2026, 4).last, Quarter.of(date(2026, 12, 31))) == (date(2026, 12, 31), Quarter(2026, 4))


@pytest.mark.parametrize("name", ["0000-K1", "1899-K4", "3001-K1", "9999-K4"])
def test_a_quarter_that_lies_centuries_away_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=f"‘{name}’ ligt niet tussen 1900 en 3000"):
        Quarter.named(name)
    assert Quarter.named("3000-K4").last == date(3000, 12, 31)


def test_an_approval_that_was_cut_off_and_given_again_counts_once(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = propose(town, open_quarters(town, at=AT)[-1], at=AT)
    real = door.record

    def killed_after(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(door, "record", killed_after)
        approve(town, run, role="fg", reason=WHY, at=AT)
    assert published_quarters(town) == []
    approve(town, run, role="bestuur", reason=WHY, at=AT + timedelta(hours=1))
    (facts,) = published_facts(town.root / "published")
    (row,) = read_decisions(town, "approval").to_dict("records")
    assert (row["role"], row["at"]) == (facts["role"], datetime.fromisoformat(facts["approved_at"]))
    assert len(read_decisions(town, "approval", history=True)) == 2


def test_from_proposal_to_public_and_never_again(town: Workspace) -> None:
    quarter = open_quarters(town, at=AT)[-1]
    run = propose(town, quarter, at=AT)
    assert published_figures(town.root / "published").empty
    approve(town, run, role="fg", reason=WHY, at=AT)
    figures = published_figures(town.root / "published")
    assert (figures["figure"].dropna() % BASE == 0).all()
    areas = figures[figures["level"] == AREA]
    assert (areas["state"] == State.PUBLISHED).mean() >= 0.6
    assert published_quarters(town) == [quarter]
    facts = published_facts(town.root / "published")[0]
    assert facts["role"] == "fg"
    assert facts["sources"] == ["bvh"]  # of reports; a pause of one of them keeps these figures in
    assert facts["reporting"]["home_burglary"] == "breng"
    assert facts["reporting"].keys() == facts["labels"].keys()
    assert set(areas["area_code"]) == set(published_areas(town.root / "published", quarter.year)["area_code"])
    assert read_decisions(town, "approval")["what"].tolist() == [quarter.name]
    undo_batch(town, batches(town)[0]["batch_id"], at=AT, reason="Proef.")
    with pytest.raises(WorkspaceError, match="al openbaar"):
        propose(town, quarter, at=AT)
    with pytest.raises(WorkspaceError, match="al openbaar"):
        approve(town, run, role="fg", reason=WHY, at=AT)
    pd.testing.assert_frame_equal(published_figures(town.root / "published"), figures)


def test_what_may_not_go_out_is_refused(town: Workspace) -> None:
    quarter = open_quarters(town, at=AT)[-1]
    with pytest.raises(WorkspaceError, match="mag pas op"):
        propose(town, Quarter(2026, 3), at=AT)
    with pytest.raises(WorkspaceError, match="mag pas op"):
        propose(town, Quarter(2098, 4), at=datetime(2099, 3, 1, tzinfo=UTC))  # no waiting by typing
    with pytest.raises(WorkspaceError, match="kwam al geregeld"):
        propose(town, Quarter(2001, 1), at=AT)
    run = propose(town, quarter, at=AT)
    with pytest.raises(AgreementError, match="mag dit niet goedkeuren"):
        approve(town, run, role="analist", reason=WHY, at=AT)
    record_pause(town, "source:bvh", paused=True, reason="Wij kijken de bron na.", role="fg", at=AT)
    with pytest.raises(AgreementError, match="openbaar"):
        approve(town, run, role="fg", reason=WHY, at=AT)
    with pytest.raises(AgreementError, match="Bron ‘bvh’ telt mee in dit kwartaal"):
        propose(town, quarter, at=AT)  # without it the figures would be too low, and stay so
    record_pause(town, "publish", paused=True, reason="Wij kijken alles na.", role="fg", at=AT)
    with pytest.raises(AgreementError, match="openbaar maken staat op pauze"):
        propose(town, quarter, at=AT)
    assert not (town.root / "published" / "figures" / quarter.name).exists()


def test_a_quarter_that_lacks_weeks_stays_in_and_a_stray_report_opens_none(town: Workspace) -> None:
    waiting = open_quarters(town, at=AT)
    lost = pd.Timestamp("2026-04-13T00:00Z"), pd.Timestamp("2026-06-15T00:00Z")
    for batch in batches(town):
        held = read_batch(town, batch["batch_id"])
        left = held[~held["from_at"].between(*lost)].reset_index(drop=True)
        old = left["from_at"] == left["from_at"].min()
        left.loc[old, ["from_at", "to_at"]] -= pd.Timedelta(days=7 * 365)
        replace_batch(town, batch["batch_id"], left)
    assert open_quarters(town, at=AT) == [quarter for quarter in waiting if quarter != Quarter(2026, 2)], "no noughts"
    with pytest.raises(WorkspaceError, match="een deel van het tweede kwartaal van 2026: week 17"):
        propose(town, Quarter(2026, 2), at=AT)


def test_a_type_that_is_no_longer_delivered_keeps_the_quarter_in(town: Workspace) -> None:
    for batch in batches(town):
        held = read_batch(town, batch["batch_id"])
        gone = (held["crime_type"] == "vandalism") & (held["from_at"] >= pd.Timestamp("2026-04-01T00:00Z"))
        if gone.any():
            replace_batch(town, batch["batch_id"], held[~gone].reset_index(drop=True))
    with pytest.raises(WorkspaceError, match=f"soort ‘{town.settings.crime_types['vandalism'].label}’"):
        propose(town, Quarter(2026, 2), at=AT)
    others = {name: kind for name, kind in town.settings.crime_types.items() if name != "vandalism"}
    without = replace(town, settings=town.settings.model_copy(update={"crime_types": others}))
    assert "vandalism" not in set(propose(without, Quarter(2026, 2), at=AT).table("figures")["crime_type"])


def test_a_quarter_that_stays_in_names_the_source_that_holds_it(town: Workspace) -> None:
    assert not any(held_back(town, at=AT).values())
    last = batches(town)[-1]["batch_id"]
    few = read_batch(town, last)
    few.loc[few.index[:2], "source"] = "incidents"
    replace_batch(town, last, few)
    held = held_back(town, at=AT)
    assert open_quarters(town, at=AT) == [] and Quarter(2026, 2) in held
    for quarter, why in held.items():
        assert "bron ‘incidents’ pas vanaf" in why and "bvh" not in why
        with pytest.raises(WorkspaceError) as refused:
            propose(town, quarter, at=AT)
        assert str(refused.value) == why, "the list says what proposing says"
    record_pause(town, "source:bvh", paused=True, reason="Wij kijken de bron na.", role="fg", at=AT)
    replace_batch(town, last, few.assign(source="bvh"))
    assert all("Geen enkele bron" in why or "Bron ‘bvh’" in why for why in held_back(town, at=AT).values())


def test_a_secret_that_is_gone_is_not_drawn_again(town: Workspace, tmp_path: Path) -> None:
    first, *_, last = open_quarters(town, at=AT)
    approve(town, propose(town, first, at=AT), role="fg", reason=WHY, at=AT)
    (secret,) = (tmp_path / "demo" / "sleutels").glob("*.openbaar")
    assert secret.stat().st_mode & 0o077 == 0
    secret.unlink()
    with pytest.raises(WorkspaceError, match="kluis"):
        propose(town, last, at=AT)


def test_a_secret_that_is_gone_is_not_drawn_again_before_anything_is_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret = secret_of(workspace, published=False)
    assert secret_of(workspace, published=False) == secret
    (file,) = (tmp_path / "keys").glob("*.openbaar")
    kept = file.read_text(encoding="ascii")
    file.unlink()
    with pytest.raises(WorkspaceError, match="kluis"):
        secret_of(workspace, published=False)  # a coarse reader may have seen figures made with it
    file.write_text("ab" * 32, encoding="ascii")
    file.chmod(0o600)
    with pytest.raises(WorkspaceError, match="een ander dan eerst"):
        secret_of(workspace, published=False)
    file.write_text(kept, encoding="ascii")
    assert secret_of(workspace, published=False) == secret
    assert secret.hex() not in "".join(
        path.read_text(errors="replace") for path in workspace.root.rglob("*") if path.is_file()
    )


def test_what_changed_since_the_proposal_keeps_it_in(town: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    run = propose(town, open_quarters(town, at=AT)[-1], at=AT)
    stricter = town.settings.dwellings.model_copy(update={"minimum": 400})
    changed = replace(town, settings=town.settings.model_copy(update={"dwellings": stricter}))
    with pytest.raises(WorkspaceError, match="regel voor woningen"):
        approve(changed, run, role="fg", reason=WHY, at=AT)

    def someone_pauses(workspace: Workspace, *, on: date) -> list[str]:
        record_pause(workspace, "publish", paused=True, reason="Wij kijken alles na.", role="fg", at=AT)
        return list(run.facts["settings"]["sources"])

    monkeypatch.setattr("stip.publish.door.allowed_sources", someone_pauses)
    with pytest.raises(AgreementError, match="openbaar maken staat op pauze"):
        approve(town, run, role="fg", reason=WHY, at=AT)
    assert not (town.root / "published" / "places").exists(), "no borders change before the approval is sure"
    assert published_quarters(town) == []


def test_reports_withdrawn_since_the_proposal_keep_it_in(town: Workspace) -> None:
    quarter = open_quarters(town, at=AT)[-1]
    run = propose(town, quarter, at=AT)
    again = propose(town, quarter, at=AT)
    assert again.run_id == run.run_id, "the same reports are the same proposal"
    newest = batches(town)[-1]["batch_id"]
    held = read_batch(town, newest)
    late = held.iloc[[0]].assign(incident_id="ab" * 16, known_at=pd.Timestamp(AT) + pd.Timedelta(days=1))
    replace_batch(town, newest, pd.concat([held, late], ignore_index=True))
    inside = in_quarter(read_incidents(town, known_before=AT), quarter, town.settings.town.time_zone)
    one = inside.iloc[0]
    held = read_batch(town, one["batch_id"])
    replace_batch(town, one["batch_id"], held[held["incident_id"] != one["incident_id"]].reset_index(drop=True))
    with pytest.raises(WorkspaceError, match="leveringen teruggedraaid, toegevoegd of veranderd"):
        approve(town, run, role="fg", reason=WHY, at=AT)
    assert published_quarters(town) == []
    replace_batch(town, one["batch_id"], held)
    approve(town, run, role="fg", reason=WHY, at=AT)  # what became known later changes nothing


def test_what_is_wrong_is_told_beside_the_figures_and_changes_none(town: Workspace) -> None:
    quarter = open_quarters(town, at=AT)[-1]
    published = town.root / "published"
    with pytest.raises(WorkspaceError, match="niet openbaar"):
        tell_issue(town, quarter, WHY, role="fg", at=AT)
    approve(town, propose(town, quarter, at=AT), role="fg", reason=WHY, at=AT)
    figures = published_figures(published)
    assert published_issues(published) == []
    tell_issue(town, quarter, "Een levering  was te laat.", role="fg", at=AT)
    tell_issue(town, quarter, "In juni ontbreekt een week.", role="bestuur", at=AT)
    assert [issue["sentence"] for issue in published_issues(published)] == [
        "Een levering was te laat.",
        "In juni ontbreekt een week.",
    ]
    assert published_issues(published)[0] == {
        "quarter": quarter.name,
        "since": AT.isoformat(),
        "sentence": "Een levering was te laat.",
    }
    pd.testing.assert_frame_equal(published_figures(published), figures)
    for sentence in ("", "x" * 141, "Volgens mevrouw Jansen klopt het niet."):
        with pytest.raises(AgreementError):
            tell_issue(town, quarter, sentence, role="fg", at=AT)
    with pytest.raises(AgreementError, match="mag dit niet"):
        tell_issue(town, quarter, WHY, role="analist", at=AT)
    assert len(published_issues(published)) == 2
    (published / "figures" / quarter.name / "issues.json").write_text("[{")
    with pytest.raises(WorkspaceError, match="niet te lezen"):
        tell_issue(town, quarter, WHY, role="fg", at=AT)
