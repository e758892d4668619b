# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd
import pytest

from stip.samples.deliveries import Delivery, deliver
from stip.samples.geography import build_town
from stip.samples.history import SCALES, live_through
from stip.samples.police import add_police_work
from stip.samples.town import SEED


@pytest.fixture(scope="module")
def deliveries() -> list[Delivery]:
    town = build_town(seed=SEED, small=True)
    records = add_police_work(live_through(town, SCALES["small"], seed=SEED).incidents, seed=SEED)
    return deliver(records, town, weekly_files=12, seed=SEED)


def test_there_is_a_history_and_a_file_each_week(deliveries: list[Delivery]) -> None:
    assert [each.name for each in deliveries[:3]] == ["bvh_historie.csv", "bvh_2026-W25.csv", "bvh_2026-W26.csv"]
    assert len(deliveries) == 13
    assert len(deliveries[0].corrected) == 0


def test_a_correction_changes_what_it_says_and_nothing_else(deliveries: list[Delivery]) -> None:
    first = pd.concat([each.rows for each in deliveries]).drop_duplicates("Incident Identificatie")
    first = first.set_index("Incident Identificatie")
    allowed = {
        "window": {"Eind-pleegdatum/tijd", "Eind-pleegdag v/d week", "Eind-pleegdagdeel"},
        "place": {"X", "Y"},
        "solved": {"Opgehelderd", "Verdachten", "Aanhoudingen"},
    }
    seen = set()
    for each in deliveries:
        for number, change in each.corrected.itertuples(index=False):
            row = each.rows[each.rows["Incident Identificatie"] == number].iloc[-1]
            old = first.loc[number]
            assert {heading for heading in old.index if old[heading] != row[heading]} <= allowed[change]
            seen.add(change)
    assert seen == set(allowed)


def test_a_number_follows_the_order_in_which_police_came_to_know(deliveries: list[Delivery]) -> None:
    rows = deliveries[0].rows
    known = pd.to_datetime(rows["Kennisnamedatum/tijd"], format="%d-%m-%Y %H:%M:%S")
    assert rows["Incident Identificatie"].is_unique
    assert known[rows["Incident Identificatie"].argsort()].is_monotonic_increasing
