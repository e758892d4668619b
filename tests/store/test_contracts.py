# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.store import DECISIONS, INCIDENT, SCORE, Contract, conform
from store import made

CANARY = "Jan Jansen, 30-02-1970"


def test_a_table_that_keeps_its_contract_passes_unchanged() -> None:
    frame = made.incidents("b1")
    before = frame.copy(deep=True)
    table = conform(frame[frame.columns[::-1]], INCIDENT)
    pd.testing.assert_frame_equal(frame, before)
    assert table.schema.equals(INCIDENT.schema)
    assert table.schema.metadata == {b"contract": b"incident"}
    assert table["incident_id"].to_pylist() == list(frame["incident_id"])


@given(st.sampled_from(INCIDENT.schema.names))
def test_a_missing_column_is_named(name: str) -> None:
    with pytest.raises(ContractError, match=f"Tabel incident mist ‘{name}’. De kolommen zijn incident_id, "):
        conform(made.incidents("b1").drop(columns=name), INCIDENT)


def test_a_column_too_many_is_named_also_when_it_stands_twice() -> None:
    frame = made.incidents("b1")
    with pytest.raises(ContractError, match="een kolom te veel: ‘suspect’"):
        conform(frame.assign(suspect="x"), INCIDENT)
    with pytest.raises(ContractError, match="een kolom te veel: ‘x_m’"):
        conform(pd.concat([frame, frame[["x_m"]]], axis=1), INCIDENT)


REQUIRED = [field.name for field in INCIDENT.schema if not field.nullable]
WRONG = [name for name in INCIDENT.schema.names if name in ("version", "from_at", "x_m", "area_year")]


@pytest.mark.parametrize("name", REQUIRED)
def test_an_empty_value_is_refused_where_it_may_not_be(name: str) -> None:
    frame = made.incidents("b1")
    frame[name] = frame[name].astype(object).where(frame.index != 2, None)
    if name in ("from_at", "to_at", "known_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    with pytest.raises(ContractError, match=f"‘{name}’ is ergens leeg"):
        conform(frame, INCIDENT)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_type_is_named_but_its_value_never(name: str) -> None:
    frame = made.incidents("b1")
    frame[name] = CANARY
    with pytest.raises(ContractError, match=f"‘{name}’") as caught:
        conform(frame, INCIDENT)
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_a_coordinate_is_a_finite_number(value: float) -> None:
    with pytest.raises(ContractError, match="‘x_m’ bevat een waarde die geen getal is"):
        conform(made.incidents("b1").assign(x_m=[1.0, 2.0, value, 4.0, 5.0]), INCIDENT)


@pytest.mark.parametrize(
    "moments",
    [
        pd.Series(pd.to_datetime(["2026-09-07 12:00"] * 5)),
        pd.Series([datetime(2026, 9, 7, 12)] * 5, dtype=object),  # noqa: DTZ001
        pd.Series([1_788_000_000] * 5),
    ],
)
def test_a_moment_without_zone_is_not_taken_for_utc(moments: pd.Series[pd.Timestamp]) -> None:
    with pytest.raises(ContractError, match="‘known_at’ heeft geen tijdzone"):
        conform(made.incidents("b1").assign(known_at=moments), INCIDENT)


def test_local_moments_become_utc() -> None:
    frame = made.incidents("b1")
    frame["known_at"] = frame["known_at"].dt.tz_convert("Europe/Amsterdam")
    assert conform(frame, INCIDENT)["known_at"].to_pylist()[0] == made.MONDAY.to_pydatetime()


def test_a_fraction_is_no_whole_number_and_a_big_number_does_not_wrap() -> None:
    for version in (1.5, 2**40):
        with pytest.raises(ContractError, match="‘version’ bevat een waarde die geen int32 is"):
            conform(made.incidents("b1").assign(version=version), INCIDENT)


def test_two_rows_do_not_share_a_key() -> None:
    frame = pd.concat([made.incidents("b1"), made.incidents("b1", rows=1)])
    with pytest.raises(ContractError, match=r"dezelfde incident_id \+ version"):
        conform(frame, INCIDENT)
    conform(pd.concat([made.incidents("b1"), made.incidents("b1", rows=1, version=2)]), INCIDENT)


@pytest.mark.parametrize("contract", [INCIDENT, SCORE, *DECISIONS.values()], ids=lambda contract: contract.name)
def test_an_empty_table_keeps_every_contract(contract: Contract) -> None:
    empty = contract.schema.empty_table()
    assert conform(empty.to_pandas(), contract).schema.equals(contract.schema)
    assert conform(pd.DataFrame(columns=contract.schema.names), contract).num_rows == 0
    assert set(contract.key) <= set(contract.schema.names)
