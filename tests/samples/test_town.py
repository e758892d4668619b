# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pytest

from stip.errors import SettingsError
from stip.samples import SampleTown, make_town


def test_every_file_is_there(full: SampleTown) -> None:
    missing = [name for name in full.seals if not (full.folder / name).is_file()]
    assert missing == []
    assert full.history.name == "bvh_historie.csv"
    assert [path.name for path in full.weekly] == [f"bvh_2026-W{week}.csv" for week in range(25, 37)]
    assert all(path.is_file() for path in (full.areas, full.addresses, full.dwellings, full.truth, full.truth_faults))


def test_another_seed_gives_another_town(small: SampleTown, tmp_path: Path) -> None:
    other = make_town(tmp_path, seed=7, size="small")
    same = {name for name, seal in other.seals.items() if small.seals[name] == seal}
    # What is drawn by hand stays: borders, water, parks, rails.
    assert same == {"buurten.gpkg", "water.gpkg", "groen.gpkg", "spoor.gpkg", "station.geojson"}


def test_the_number_of_weekly_files_moves_reports_and_nothing_else(small: SampleTown, tmp_path: Path) -> None:
    fewer = make_town(tmp_path, size="small", weekly_files=3)
    assert [path.name for path in fewer.weekly] == [path.name for path in small.weekly[-3:]]
    assert fewer.seals["truth.parquet"] == small.seals["truth.parquet"]
    assert fewer.seals["truth_incidents.parquet"] == small.seals["truth_incidents.parquet"]


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="reusachtig"):
        make_town(tmp_path, size="reusachtig")  # type: ignore[arg-type]


@pytest.mark.parametrize("files", [0, 40])
def test_too_few_or_too_many_weekly_files_are_refused(tmp_path: Path, files: int) -> None:
    with pytest.raises(SettingsError, match=f"{files} weekbestanden"):
        make_town(tmp_path, size="small", weekly_files=files)
