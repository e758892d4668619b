# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.store import INCIDENT, conform, surely_distinct
from stip.store.contracts import _MANY

numbers = st.lists(st.integers(0, 40), min_size=1, max_size=30)


@given(numbers, st.sampled_from([8, 9, 16, 31, 32]))
def test_never_sure_of_a_column_with_twins(places: list[int], length: int) -> None:
    texts = pd.Series([f"{place:0{length}d}" for place in places], dtype="string")
    assert surely_distinct(texts) == (not texts.duplicated().any())


def test_a_column_put_together_from_parts_is_one() -> None:
    part = pd.Series([f"{place:032x}" for place in range(50)], dtype="string")
    assert surely_distinct(part)
    assert not surely_distinct(pd.concat([part, part[3:4]]))


@pytest.mark.parametrize("texts", [["12345678", None], ["12345678", "123456789"], ["1234567"], ["x" * 33], []])
def test_not_sure_of_other_columns(texts: list[str | None]) -> None:
    assert not surely_distinct(pd.Series(texts, dtype="string"))


@pytest.mark.parametrize("twins", [False, True])
def test_a_large_table_with_twins_breaks_its_contract(twins: bool) -> None:
    moment = pd.Timestamp("2026-09-07 10:00", tz="UTC")
    ids = pd.Series([f"{place:032x}" for place in range(_MANY + 1)], dtype="string")
    if twins:
        ids[7] = ids[_MANY]
    rows = pd.DataFrame({"incident_id": ids}).assign(
        **{"source": "bvh", "batch_id": "b", "version": 1, "crime_type": "bicycle_theft", "precision_m": 25.0},
        **dict.fromkeys(("from_at", "to_at", "known_at"), moment),
        **{"x_m": 1.0, "y_m": 1.0, "area_code": None, "area_year": None},
    )
    if twins:
        with pytest.raises(ContractError, match="dezelfde"):
            conform(rows, INCIDENT)
    else:
        assert conform(rows, INCIDENT).num_rows == len(rows)
