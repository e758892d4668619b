# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from stip.samples import SampleTown, frozen
from stip.samples.seal import hash_bytes, hash_table


def test_the_full_town_is_the_one_that_was_sealed(full: SampleTown) -> None:
    assert full.seals == frozen()["full"]


def test_the_small_town_is_the_one_that_was_sealed(small: SampleTown) -> None:
    assert small.seals == frozen()["small"]


def test_a_seal_is_of_what_lies_on_disk(small: SampleTown) -> None:
    for path in (small.history, *small.weekly):
        assert hash_bytes(path.read_bytes()) == small.seals[path.name]


def test_a_table_has_another_seal_when_anything_in_it_changes() -> None:
    table = pd.DataFrame({"word": ["a", "b"], "figure": [1.0, 2.0]})
    others = [
        table.assign(word=["a", "c"]),
        table.assign(figure=[1.0, 2.01]),
        table.iloc[::-1],
        table.rename(columns={"word": "words"}),
    ]
    assert len({hash_table(each) for each in (table, *others)}) == 5


def test_the_last_bit_of_a_number_does_not_count() -> None:
    table = pd.DataFrame({"figure": [0.1 + 0.2]})
    assert hash_table(table) == hash_table(pd.DataFrame({"figure": [0.3]}))


def test_a_place_counts_to_a_decimetre() -> None:
    def at(x: float) -> str:
        return hash_table(gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(x, 5)], crs="EPSG:28992"))

    assert at(10.0) == at(10.000001)
    assert at(10.0) != at(10.2)
