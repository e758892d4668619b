# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from stip.samples import SampleTown, planted_faults, true_incidents
from stip.samples.police import CODES, HEADINGS
from stip.space import monday


def read(path: Path) -> pd.DataFrame:
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert {len(row) for row in rows} == {len(HEADINGS)}
    return pd.DataFrame(rows[1:], columns=rows[0])


def moments(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column.str.strip(), format="%d-%m-%Y %H:%M:%S", errors="coerce")


@pytest.mark.real
def test_headings_are_those_of_a_real_export(small: SampleTown, real_data: Path) -> None:
    real = next((real_data / "groningen" / "raw").glob("bvh_export*.csv"))
    first = real.read_bytes().split(b"\n", 1)[0]
    assert small.history.read_bytes().split(b"\n", 1)[0] == first


def test_files_have_the_stated_shape(full: SampleTown) -> None:
    for path in (full.history, *full.weekly):
        rows = read(path)
        assert tuple(rows.columns) == HEADINGS
        assert b"\r" not in path.read_bytes()
        assert rows["Incident Identificatie"].str.fullmatch(r"PL9999_BVH_20\d{2}\d{6}").all()
        assert moments(rows["Kennisnamedatum/tijd"]).notna().all()


def test_history_holds_what_was_known_before_the_first_week(full: SampleTown) -> None:
    known = moments(read(full.history)["Kennisnamedatum/tijd"])
    assert known.max() < pd.Timestamp(monday("2026-W25"))


def test_a_weekly_file_holds_what_became_known_and_corrections(full: SampleTown) -> None:
    before = set(read(full.history)["Incident Identificatie"])
    corrections = 0
    for path in full.weekly:
        rows = read(path)
        opens = pd.Timestamp(monday(path.stem.removeprefix("bvh_")))
        known = moments(rows["Kennisnamedatum/tijd"])
        assert known.max() < opens + pd.Timedelta(days=7)
        earlier = rows[known < opens]
        assert set(earlier["Incident Identificatie"]) <= before
        corrections += len(earlier)
        before |= set(rows["Incident Identificatie"])
    assert corrections > 20


def test_late_reports_come_in_later_files(full: SampleTown) -> None:
    rows = read(full.weekly[-1])
    began = moments(rows["Begin-pleegdatum/tijd"])
    week = pd.Timestamp(monday("2026-W36"))
    assert (began < week - pd.Timedelta(days=7)).sum() >= 3


def test_every_incident_known_in_time_is_delivered_once_or_corrected(full: SampleTown) -> None:
    rows = pd.concat([read(path) for path in (full.history, *full.weekly)])
    truth = true_incidents(full.folder)
    closes = pd.Timestamp(monday("2026-W37"), tz="Europe/Amsterdam")
    assert set(truth.loc[truth["known_at"] < closes, "number"]) <= set(rows["Incident Identificatie"])
    assert not truth.loc[truth["known_at"] >= closes, "number"].isin(rows["Incident Identificatie"]).any()


def test_police_found_crimes_are_among_them(full: SampleTown) -> None:
    codes = read(full.history)["Incidentsoort code"].str.strip().value_counts(normalize=True)
    assert 0.02 < codes["F40"] + codes["F43"] < 0.06
    assert {code for code, _ in CODES.values()} | {"Z99"} == set(codes.index)


def test_columns_to_be_refused_hold_something_to_refuse(full: SampleTown) -> None:
    rows = read(full.history)
    assert (rows["Verdachten"].astype(int) > 0).mean() > 0.01
    assert (rows["Pleeghuisnummer met toev."] != "").mean() > 0.8
    assert rows["Project(en)"].str.contains("Verzonnen").any()
    assert (rows["Pleegpostcode"].str.fullmatch(r"\d{4}[A-Z]{2}")).mean() > 0.8


def test_what_has_no_number_piles_up_in_the_middle_of_its_street(full: SampleTown) -> None:
    rows = read(full.history)
    bicycles = rows[rows["Incidentsoort code"].str.strip() == "A72"]
    bare = bicycles[bicycles["Pleeghuisnummer met toev."] == ""]
    assert 0.05 < len(bare) / len(bicycles) < 0.25
    truth = true_incidents(full.folder)
    assert 0.01 < (truth["cell"] != truth["recorded_cell"]).mean() < 0.06
    homes = truth[truth["crime_type"] == "home_burglary"]
    assert (homes["cell"] == homes["recorded_cell"]).all()


def test_day_and_part_of_day_agree_with_the_moment(full: SampleTown) -> None:
    rows = read(full.weekly[0])
    planted = planted_faults(full.folder)
    wrong = planted.loc[planted["file"] == full.weekly[0].name, "number"]
    rows = rows[~rows["Incident Identificatie"].isin(wrong)]
    days = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    parts = ["nacht", "ochtend", "middag", "avond"]
    for prefix in ("Begin-pleeg", "Eind-pleeg", "Kennisname"):
        at = moments(rows[f"{prefix}datum/tijd"])
        assert [days[day] for day in at.dt.day_of_week] == rows[f"{prefix}dag v/d week"].tolist()
        assert [parts[hour // 6] for hour in at.dt.hour] == rows[f"{prefix}dagdeel"].tolist()
