# SPDX-License-Identifier: EUPL-1.2
"""In a town of 40,000 cells the plan is as good as it says, and nothing beats its bound; time is left out."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.conftest import benchmark
from stip.plan import Question, propose
from stip.plan.visits import Visits
from stip.settings import PlanSettings

plan = benchmark("plan")

PATIENT = 600.0  # seconds: a busy machine ends with the same proof


@pytest.mark.slow
@pytest.mark.parametrize("districts", [0, 1])
@pytest.mark.parametrize("smooth", [0, 1])
def test_a_large_town_gets_a_plan_that_is_proven_within_the_gap(districts: int, smooth: int) -> None:
    outlook, cells, areas = plan.made_town(40_000, smooth)
    settings = PlanSettings(districts_per_week=districts, seconds=PATIENT)
    proposal = propose(outlook, cells, areas, Question(plan.WEEK, settings, seed=1))
    assert len(cells) == 40_000
    assert proposal.finished
    assert proposal.proven
    assert 0 <= proposal.gap <= settings.gap + 1e-9

    chosen = [place for place in proposal.places if place.origin == "outlook"]
    expected = outlook.set_index("cell")["expected"]
    worth = np.array([expected.loc[list(place.cells)].sum() for place in chosen])
    reached = float(worth @ Visits.of(settings).reach[[place.visits for place in chosen]])
    assert reached == pytest.approx(proposal.objective)
    assert reached <= proposal.bound * (1 + 1e-9) <= proposal.relaxed_bound * (1 + 1e-6)

    # The best place, then the best beside it, is a plan too: the bound holds for it, and the plan is no worse.
    greedy = plan.greedy_reach(outlook, cells, proposal, settings)
    assert greedy <= proposal.bound * (1 + 1e-9)
    assert reached >= greedy * (1 - 1e-9)
