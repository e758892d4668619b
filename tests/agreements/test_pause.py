# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stip.agreements import check_not_paused, install_shipped, is_paused, record_pause
from stip.errors import AgreementError, OnHold
from stip.store import Workspace, read_decisions

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)


def pause(workspace: Workspace, what: str = "outlook", *, paused: bool = True, minutes: int = 0, **words: str) -> str:
    told = {"reason": "De cijfers kloppen niet.", "role": "analist"} | words
    return record_pause(workspace, what, paused=paused, at=NOW + timedelta(minutes=minutes), **told)


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


@pytest.mark.parametrize("what", ["all", "link", "outlook", "plan", "learn", "source:bvh"])
def test_a_pause_stops_and_a_resume_lets_go(town: Workspace, what: str) -> None:
    check_not_paused(town, what)
    pause(town, what)
    assert is_paused(town, what)
    with pytest.raises(AgreementError, match="De cijfers kloppen niet"):
        check_not_paused(town, what)
    pause(town, what, paused=False, minutes=1, reason="Hersteld.")
    assert not is_paused(town, what)
    check_not_paused(town, what)
    assert read_decisions(town, "pause")["paused"].tolist() == [True, False]


def test_a_pause_of_everything_stops_each_stage_but_is_not_a_pause_of_that_stage(town: Workspace) -> None:
    pause(town, "all")
    with pytest.raises(AgreementError, match="Alles staat op pauze"):
        check_not_paused(town, "plan")
    assert not is_paused(town, "plan")


@pytest.mark.parametrize(
    ("what", "words", "sentence"),
    [
        ("intaak", {}, "‘intaak’ kan niet op pauze. Kies uit all, link, outlook, plan, learn, publish, source:"),
        ("source:onbekend", {}, "kan niet op pauze"),
        ("outlook", {"role": "Jan Jansen"}, "Deze rol ken ik niet. Kies uit analist"),
        ("outlook", {"reason": "  "}, "Een reden ontbreekt"),
        ("outlook", {"reason": "x" * 141}, "telt 141 tekens; 140 mag"),
        ("outlook", {"reason": "Bel jan@voorbeeld.nl"}, "wijst"),
    ],
)
def test_what_cannot_be_paused_is_said_without_repeating_it(
    town: Workspace, what: str, words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(AgreementError, match=sentence) as caught:
        pause(town, what, **words)
    assert "Jansen" not in str(caught.value)
    assert "jan@" not in str(caught.value)
    assert read_decisions(town, "pause").empty


def test_pausing_twice_or_resuming_what_runs_is_said(town: Workspace) -> None:
    with pytest.raises(AgreementError, match="staat niet op pauze"):
        pause(town, paused=False)
    pause(town)
    with pytest.raises(AgreementError, match="staat al op pauze"):
        pause(town, minutes=1)
    assert len(read_decisions(town, "pause")) == 1


def test_a_pause_names_its_day_in_the_town_and_how_it_is_lifted(town: Workspace) -> None:
    pause(town, "source:bvh", minutes=14 * 60 + 30)  # 22:30 UTC is half past midnight in Amsterdam
    with pytest.raises(
        OnHold, match=r"De bron ‘Meldingen van de politie.*’ .* sinds 8 september 2026: .*De FG of het bestuur kan"
    ) as caught:
        check_not_paused(town, "source:bvh")
    assert caught.value.what == "source:bvh"
    check_not_paused(town, "source:incidents")


def test_a_source_that_lost_its_agreement_can_still_be_resumed(town: Workspace) -> None:
    pause(town, "source:bvh")
    (town.agreements / "bvh.toml").unlink()
    pause(town, "source:bvh", paused=False, minutes=1)
    check_not_paused(town, "source:bvh")
