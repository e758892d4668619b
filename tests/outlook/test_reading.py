# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from outlook.conftest import WEEK, incidents, make_town
from stip.errors import HistoryError
from stip.outlook import StudyArea, make_outlook, read_history
from stip.settings import Reporting, write_toml
from stip.space import shift_week, week_at, week_number
from stip.store import Workspace, publish_batch, read_incidents, write_text

ZONE = "Europe/Amsterdam"


def test_a_target_without_any_report_is_refused_naming_what_is_there(tmp_path: Path, area: StudyArea) -> None:
    town = make_town(tmp_path / "town", area, incidents(area, crime_type="bicycle_theft", weeks=20))
    with pytest.raises(HistoryError, match="geen meldingen van Woninginbraak \\(home_burglary\\)") as refused:
        make_outlook(town, WEEK)
    assert "Wel van Fietsdiefstal (bicycle_theft)" in str(refused.value)
    assert "targets" in str(refused.value)
    assert read_history(town, WEEK, crime_types=("bicycle_theft",)).crime_types[0] == "bicycle_theft"


def test_a_target_that_only_lies_outside_the_area_is_refused_too(tmp_path: Path, area: StudyArea) -> None:
    far = incidents(area, weeks=20).assign(x_m=1000.0)
    near = incidents(area, crime_type="bicycle_theft", weeks=20, seed=2)
    town = make_town(tmp_path / "town", area, pd.concat([far, near], ignore_index=True))
    with pytest.raises(HistoryError, match="in het gebied geen meldingen van Woninginbraak"):
        read_history(town, WEEK)


def test_a_week_far_beyond_the_newest_report_is_refused_and_a_nearer_one_is_not(town: Workspace) -> None:
    newest = week_at(read_incidents(town)["known_at"].max().to_pydatetime(), ZONE)
    assert read_history(town, shift_week(newest, 4)).cutoff_week == week_number(newest) + 4
    with pytest.raises(HistoryError, match=f"nieuwste melding kwam binnen in {newest}") as refused:
        read_history(town, shift_week(newest, 5))
    assert "5 weken" in str(refused.value)
    assert shift_week(newest, 4) in str(refused.value)


def test_other_types_come_along_as_signals_but_not_what_the_police_find_themselves(
    town: Workspace, area: StudyArea
) -> None:
    for number, kind in enumerate(("vandalism", "bicycle_theft"), start=5):
        reports = incidents(area, crime_type=kind, seed=number, weeks=30).assign(batch_id=f"b{number}")
        publish_batch(town, reports, {"batch_id": f"b{number}", "received_at": "2026-09-07T06:00:00Z"})
    # One that is not reported yet comes along too: what comes later may not tell which there are.
    signals = ("bicycle_theft", "theft_from_vehicle", "vandalism")
    assert read_history(town, WEEK).crime_types == ("home_burglary", *signals)
    by_police = town.settings.crime_types["vandalism"].model_copy(update={"reporting": Reporting.POLICE})
    types = {**town.settings.crime_types, "vandalism": by_police}
    write_text(town.root / "stip.toml", write_toml(town.settings.model_copy(update={"crime_types": types})))
    history = read_history(Workspace.open(town.root), WEEK)
    assert history.crime_types == ("home_burglary", "bicycle_theft", "theft_from_vehicle")
    assert set(history.type_index) == {0, 1}
