# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from learn.conftest import WEEK, SmallTown, after, top
from stip.learn import Met, measure_outcome, score_week
from stip.settings import LearnSettings, Measure, Settings, write_toml
from stip.space import shift_week
from stip.store import Workspace

WEEKS = [shift_week(WEEK, number) for number in range(14)]


def with_measure(town: SmallTown, **measure: object) -> Workspace:
    """Open the town again with this measure."""
    learn = LearnSettings(bootstrap_draws=400, measure=Measure(**measure))  # type: ignore[arg-type]
    settings = town.workspace.settings.model_copy(update={"learn": learn})
    (town.workspace.root / "stip.toml").write_text(write_toml(Settings.model_validate(settings.model_dump())))
    return Workspace.open(town.workspace.root)


def scored(town: SmallTown, places: list[int], *, weeks: int = 14) -> None:
    for week in WEEKS[:weeks]:
        town.outlook(top(0, 1, 2, 3, 4, 5), top(0, 1, 2, 50, 51, 52), week=week)
        town.incidents(places, week=week)
    for week in WEEKS[:weeks]:
        score_week(town.workspace, week, at=after(week, weeks=8))


@pytest.mark.parametrize(
    ("places", "threshold", "met"),
    [
        ([3, 4, 5, 0], 0.1, Met.MET),
        ([3, 0, 1, 60], 0.3, Met.NOT_MET),
        ([50, 51, 0], 0.0, Met.NOT_MET),
    ],
)
def test_hits_beside_the_baseline_are_held_against_the_threshold(
    small_town: SmallTown, places: list[int], threshold: float, met: Met
) -> None:
    scored(small_town, places)
    found = measure_outcome(
        with_measure(small_town, kind="hits_share_beats_baseline", threshold=threshold, from_week=WEEK)
    )
    assert found.met is met
    assert len(found.weeks) == 14
    assert found.difference is not None
    assert f"in {len(found.weeks)} weken" in found.sentence
    assert found.sentence.endswith({Met.MET: "De maat is gehaald.", Met.NOT_MET: "De maat is niet gehaald."}[met])


def test_only_weeks_from_the_first_on_count_and_too_few_say_nothing(small_town: SmallTown) -> None:
    scored(small_town, [3, 4, 5, 0])
    found = measure_outcome(
        with_measure(small_town, kind="hits_share_beats_baseline", threshold=0.0, from_week=WEEKS[4])
    )
    assert (found.met, len(found.weeks), found.difference) == (Met.TOO_FEW, 10, None)
    assert "sinds week 41 van 2026 zijn er 10 definitieve weken en er zijn er 12 nodig" in found.sentence


@pytest.mark.parametrize(("before", "met"), [(8, Met.MET), (4, Met.NOT_MET), (0, Met.TOO_FEW)])
def test_reports_are_held_against_the_same_weeks_a_year_before(small_town: SmallTown, before: int, met: Met) -> None:
    for week in WEEKS:
        small_town.incidents([7] * before, week=shift_week(week, -52))
    scored(small_town, [1, 2, 3, 60])
    found = measure_outcome(with_measure(small_town, kind="reported_change", threshold=-0.2, from_week=WEEK))
    assert found.met is met
    if met is Met.TOO_FEW:
        assert "van een jaar eerder zijn niet voor elke week meldingen bekend" in found.sentence
    else:
        assert "Dit zegt niet waardoor het veranderde." in found.sentence
        assert f"kwamen 56 meldingen binnen, in dezelfde weken een jaar eerder {14 * before}" in found.sentence


def test_no_measure_is_said_so(small_town: SmallTown) -> None:
    found = measure_outcome(small_town.workspace)
    assert found.met is Met.TOO_FEW
    assert "learn.measure" in found.sentence
