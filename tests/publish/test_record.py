# SPDX-License-Identifier: EUPL-1.2
"""How a quarter went, as it goes out: frozen with the figures, and bad news told like good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from learn.conftest import TYPE, ZONE, SmallTown, small_town, top
from publish.towns import areas_of
from stip.agreements import record_pause
from stip.learn import Verdict, score_week
from stip.publish import Quarter, State, figures_of, in_quarter, published_record
from stip.publish.door import approve, propose
from stip.publish.hits import Hits, Told
from stip.publish.interval import difference_of, share_of, verdict_on
from stip.publish.ready import open_quarters
from stip.publish.record import record_of
from stip.settings import LearnSettings
from stip.space import Areas, shift_week, week_start
from stip.store import Workspace, read_cells, read_incidents

from publish.test_door import AT, WHY, town  # isort: skip

__all__ = ["small_town", "town"]

QUARTER = Quarter(2026, 3)
WEEKS = [shift_week("2026-W28", number) for number in range(12)]
SECRET = bytes(range(32))
LATER = week_start("2026-W50", ZONE)


def whole_town(workspace: Workspace) -> Areas:
    """Give two neighbourhoods; every cell of the small town lies in the first."""
    areas = areas_of(2)
    x_m, y_m = workspace.grid.centre(read_cells(workspace)["cell"].to_numpy(np.int64))
    frame = areas.frame.copy()
    frame.loc[0, "geometry"] = shapely.box(x_m.min() - 500, y_m.min() - 500, x_m.max() + 500, y_m.max() + 500)
    frame.loc[1, "geometry"] = shapely.box(1, 1, 2, 2)
    return Areas(frame)


def told(small_town: SmallTown) -> dict[str, Any]:
    workspace = small_town.workspace
    areas = whole_town(workspace)
    states = pd.Series([str(State.PUBLISHED)] * 2, index=areas.frame["area_code"])
    incidents = in_quarter(read_incidents(workspace), QUARTER, ZONE)
    figures = figures_of(
        incidents, QUARTER, areas, states, crime_types=(TYPE,), town=("GM9999", "Stad"), secret=SECRET
    )
    return record_of(workspace, QUARTER, incidents, figures, areas=areas, states=states, secret=SECRET, at=LATER)


@pytest.fixture
def measured(small_town: SmallTown) -> SmallTown:
    """Give twelve weeks in which the outlook caught six of ten reports and the baseline one; in two, the reverse."""
    small_town.deliveries("2026-W20", 32)
    for number, week in enumerate(WEEKS):
        small_town.outlook(top(3, 4, 5, 6, 7, 8), top(50, 51, 52, 53, 54, 55), week=week)
        came = [3, 50, 51, 52, 53, 54, 55] if number in (4, 9) else [3, 4, 5, 6, 7, 8, 50]
        small_town.incidents([*came, 100, 101, 102], week=week)
        score_week(small_town.workspace, week, at=LATER)
    return small_town


def test_a_good_quarter_is_told_with_its_bad_weeks(measured: SmallTown) -> None:
    found = told(measured)
    (line,) = found["types"]
    assert found["weeks"] == WEEKS
    assert line["reported"]["low"] <= 120 <= line["reported"]["high"]
    assert line["outlook"]["low"] <= 62 <= line["outlook"]["high"]
    assert line["baseline"]["low"] <= 22 <= line["baseline"]["high"]
    assert (line["verdict_label"], found["all"]["verdict_label"]) == ("beter", "beter")
    assert "De vooruitblik was beter." in line["sentence"]
    assert found["weeks_beside"] | {"sentence": ""} == {
        "told": True, "better": 10, "worse": 2, "equal": 0, "sentence": "",
    }  # fmt: skip
    assert line["expected"] % 5 == 0
    assert found["work"]["overrides"] is None
    assert found["measure"]["state_label"] in ("gehaald", "niet gehaald", "geen uitspraak")
    json.dumps(found)


def test_every_count_is_rounded_and_asking_again_gives_the_same(measured: SmallTown) -> None:
    found = told(measured)
    for line in found["types"]:
        assert all(line[side]["figure"] % 5 == 0 for side in ("reported", "outlook", "baseline"))
    assert told(measured) == found


def test_a_quarter_without_measured_weeks_says_so(small_town: SmallTown) -> None:
    small_town.deliveries("2026-W20", 32)
    small_town.incidents([1, 2, 3], week=WEEKS[0])
    found = told(small_town)
    assert (found["types"], found["all"], found["weeks"]) == ([], None, [])
    assert "nog geen hele week" in str(found["lacking"])


def test_what_is_on_hold_is_told_as_on_hold(measured: SmallTown) -> None:
    record_pause(measured.workspace, "learn", paused=True, reason="Wij kijken het na.", role="fg", at=LATER)
    found = told(measured)
    assert found["types"] == []
    assert "op pauze" in str(found["lacking"])


def test_it_goes_out_with_the_figures_and_never_changes(town: Workspace) -> None:
    published = town.root / "published"
    quarter = open_quarters(town, at=AT)[-1]
    run = propose(town, quarter, at=AT)
    assert published_record(published) == []
    approve(town, run, role="fg", reason=WHY, at=AT)
    (found,) = published_record(published)
    assert found == run.notes["record"] | {"run_id": run.run_id}
    assert (published / "record" / f"{quarter.name}.json").exists()


def test_a_record_without_its_figures_is_not_out(tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "2026-K2.json").write_text("{}", encoding="utf-8")
    assert published_record(tmp_path) == []


def hits(reported: int, outlook: int, baseline: int) -> Hits:
    return Hits(Told.of(reported), Told.of(outlook), Told.of(baseline))


def test_intervals_hold_every_count_behind_the_figures() -> None:
    whole, part = Told.of(60), Told.of(20)
    share = share_of(part, whole)
    assert share is not None
    assert share.low < part.low / whole.high < share.share < part.high / whole.low < share.high
    assert share_of(Told.of(0), Told.of(0)) is None
    gap = difference_of(hits(60, 20, 5), 13)
    assert gap is not None
    for mine in range(16, 25):
        for theirs in range(1, 10):
            for total in range(56, 65):
                assert gap.low < (mine - theirs) / total < gap.high


@pytest.mark.parametrize(
    ("reported", "outlook", "baseline", "weeks", "said"),
    [
        (400, 200, 20, 13, Verdict.BETTER),
        (400, 20, 200, 13, Verdict.WORSE),
        (400, 60, 50, 13, Verdict.UNDECIDED),
        (4000, 100, 300, 13, Verdict.WORSE),
        (4000, 100, 100, 13, Verdict.NOT_BETTER),
        (400, 200, 20, 11, Verdict.TOO_FEW),
        (30, 20, 0, 13, Verdict.TOO_FEW),
    ],
)
def test_the_verdict_follows_from_the_figures(
    reported: int, outlook: int, baseline: int, weeks: int, said: Verdict
) -> None:
    found = hits(reported, outlook, baseline)
    margin = LearnSettings(verdict_margin=0.03)
    assert verdict_on(found, difference_of(found, weeks), weeks, margin) is said


def test_weeks_that_cross_the_border_of_a_quarter_do_not_count(measured: SmallTown) -> None:
    measured.outlook(top(3), top(50), week="2026-W27")  # Monday 29 June
    measured.incidents([3], week="2026-W27", day=3)
    score_week(measured.workspace, "2026-W27", at=LATER)
    found = told(measured)
    assert "2026-W27" not in found["weeks"]
    assert found["weeks_in_quarter"] == 12
