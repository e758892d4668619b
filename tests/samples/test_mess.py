# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.samples import SampleTown, planted_faults
from stip.samples.mess import GRAVE, MENDABLE, as_csv, make_a_mess
from stip.samples.police import HEADINGS


def clean(size: int) -> pd.DataFrame:
    row = dict.fromkeys(HEADINGS, "iets") | {"X": "150100", "Y": "436200"}
    row |= {"Begin-pleegdatum/tijd": "01-03-2026 10:00:00", "Eind-pleegdatum/tijd": "01-03-2026 12:00:00"}
    return pd.DataFrame([row | {"Incident Identificatie": f"N{n:04d}"} for n in range(size)])


@pytest.mark.parametrize("town", ["full", "small"])
def test_every_class_of_fault_is_planted(town: str, request: pytest.FixtureRequest) -> None:
    made: SampleTown = request.getfixturevalue(town)
    faults = planted_faults(made.folder)
    assert set(faults.loc[faults["file"] == made.history.name, "fault"]) == set(MENDABLE) | set(GRAVE)
    weekly = faults[faults["file"] != made.history.name]
    assert set(weekly["fault"]) >= {"multi_line", "missing_end", "missing_place", "unknown_code", "swapped_axes"}


@pytest.mark.parametrize("town", ["full", "small"])
def test_no_file_has_so_many_grave_faults_that_it_must_be_stopped(town: str, request: pytest.FixtureRequest) -> None:
    made: SampleTown = request.getfixturevalue(town)
    faults = planted_faults(made.folder)
    grave = faults[faults["fault"].isin(list(GRAVE))].groupby("file").size()
    for path in (made.history, *made.weekly):
        rows = len(list(csv.reader(io.StringIO(path.read_text(encoding="cp1252"), newline=""), delimiter=";"))) - 1
        assert 0 < grave[path.name] / rows < 0.05
    total = pd.read_csv(made.history, sep=";", encoding="cp1252", dtype=str)
    assert 0.01 < grave[made.history.name] / len(total) < 0.02


def test_each_fault_looks_as_it_is_called(full: SampleTown) -> None:
    rows = pd.read_csv(full.history, sep=";", encoding="cp1252", dtype=str, keep_default_na=False)
    faults = planted_faults(full.folder)
    faults = faults[faults["file"] == full.history.name]
    assert (rows["Incident Identificatie"].iloc[faults["row"]].to_numpy() == faults["number"].to_numpy()).all()

    def of(fault: str) -> pd.DataFrame:
        return rows.iloc[faults.loc[faults["fault"] == fault, "row"]]

    assert (of("swapped_axes")["X"].astype(int) > 400_000).all()
    assert of("decimal_comma")["X"].str.fullmatch(r"\d{6},\d+").all()
    assert (of("missing_end")["Eind-pleegdatum/tijd"] == "").all()
    assert of("multi_line")["Object"].str.contains("\n").all()
    assert of("trailing_spaces")["Incidentsoort code"].str.endswith(" ").all()
    assert (of("missing_place")[["X", "Y"]] == "").all(axis=None)
    assert (of("unknown_code")["Incidentsoort code"] == "Z99").all()
    assert of("impossible_date")["Begin-pleegdatum/tijd"].str.startswith("31-02").all()
    assert (of("far_away")["X"] == "0").all()
    wrong = of("end_before_begin")
    begin, end = (
        pd.to_datetime(wrong[heading], format="%d-%m-%Y %H:%M:%S")
        for heading in ("Begin-pleegdatum/tijd", "Eind-pleegdatum/tijd")
    )
    assert (begin > end).all()
    twice = rows.iloc[faults.loc[faults["fault"] == "duplicate", "row"] - 1]
    assert (twice.to_numpy() == of("duplicate").to_numpy()).all()


@settings(max_examples=15, deadline=None)
@given(size=st.integers(20, 220), number=st.integers(0, 40), seed=st.integers(0, 99))
def test_rows_without_a_fault_are_left_alone(size: int, number: int, seed: int) -> None:
    rows = clean(size)
    messy, faults = make_a_mess(rows, name="proef.csv", number=number, seed=seed)
    assert len(messy) == size + (faults["fault"] == "duplicate").sum()
    assert faults["row"].is_unique
    untouched = messy.drop(index=faults["row"]).reset_index(drop=True)
    expected = rows[rows["Incident Identificatie"].isin(untouched["Incident Identificatie"])].reset_index(drop=True)
    assert untouched.to_numpy().tolist() == expected[list(HEADINGS)].to_numpy().tolist()
    again, _ = make_a_mess(rows, name="proef.csv", number=number, seed=seed)
    assert again.to_numpy().tolist() == messy.to_numpy().tolist()


def test_a_file_is_written_in_cp1252_with_quotes_where_they_must_be() -> None:
    rows = clean(1).assign(Object="één\ntwee; drie", Pleegstraatnaam="Ampèrestraat")
    content = as_csv(rows[list(HEADINGS)])
    assert b"Amp\xe8restraat" in content
    assert b'"\xe9\xe9n\ntwee; drie"' in content
    assert content.count(b'"') == 2
