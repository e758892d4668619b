# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.incident_files import COLUMNS, HEADINGS, RECEIVED, agree, row, rows, save, text, workbook
from stip.errors import AgreementError, FileError, TooManyRefused, WorkspaceError
from stip.intake import IntakeReport, read_incident_file
from stip.intake.tables import encoding
from stip.settings import read_toml
from stip.store import Workspace, batches, read_incidents


def read(workspace: Workspace, path: Path, **options: object) -> IntakeReport:
    return read_incident_file(workspace, path, "proef", **({"received_at": RECEIVED} | options))  # type: ignore[arg-type]


def repaired(report: IntakeReport) -> dict[str, int]:
    return {count.rule.code: count.rows for count in report.repaired_rules}


def refused(report: IntakeReport) -> dict[str, tuple[int, ...]]:
    return {count.rule.code: count.first_rows for count in report.refused_rules}


def test_a_file_without_faults_comes_in_whole(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    done: list[float] = []
    report = read(workspace, save(tmp_path / "f.csv", text(rows(50))), progress=done.append)
    assert (report.rows, report.accepted, report.repaired, report.refused, report.new) == (50, 50, 0, 0, 50)
    assert report.by_type == {"bicycle_theft": 50}
    assert report.period == (date(2026, 8, 1), date(2026, 8, 28))
    assert done[-1] == 1.0
    stored = read_incidents(workspace)
    first = stored.iloc[0]
    assert (stored["x_m"].min(), first["y_m"], first["precision_m"]) == (136_005, 455_005, 10)
    assert first["from_at"] == pd.Timestamp("2026-08-01T08:00", tz="UTC")
    assert first["known_at"] == pd.Timestamp("2026-08-01T18:15", tz="UTC")
    assert not stored["incident_id"].str.contains("PL").any()
    (manifest,) = batches(workspace)
    assert manifest["batch_id"] == report.batch_id
    assert (manifest["rows"], manifest["incidents"], manifest["source"]) == (50, 50, "proef")


def test_each_fault_has_its_own_rule(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    faults = [
        ("no_id", row(1, nummer="")),
        ("no_code", row(2, soort=" ")),
        ("other_type", row(3, soort="B99")),
        ("personal_data", row(4, soort="bel 06-12345678")),
        ("unknown_code", row(5, soort="Fietsdiefstall")),
        ("no_begin", row(6, begin="")),
        ("begin_unreadable", row(7, begin="vorige week")),
        ("in_future", row(8, begin="08-09-2026 10:00:00")),
        ("no_place", row(9, x="")),
        ("at_origin", row(10, x="0", y="0")),
        ("outside", row(11, x="136000", y="900000")),
    ]
    lines = text([*(line for _, line in faults), *rows(40)])
    lines += "te;weinig\n" + ";".join(HEADINGS) + "\n" + ";".join(rows(1)[0].values()) + "\n"
    report = read(workspace, save(tmp_path / "f.csv", lines), accept_refused=True)
    assert refused(report) == {
        **{rule: (number + 2,) for number, (rule, _) in enumerate(faults)},
        "ragged": (53,),
        "header_again": (54,),
        "duplicate": (13,),
    }
    assert (report.rows, report.accepted, report.refused, report.not_ours) == (54, 40, 14, 2)
    frame = report.refused_rows()
    assert frame["rij"].tolist() == [*range(2, 14), 53, 54]
    assert len(read_incidents(workspace)) == 40


def test_what_can_be_repaired_is(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    lines = [
        row(1, soort=" a72 "),
        row(2, einde=""),
        row(3, einde="01-09-2026 08:00:00"),
        row(4, begin="01-07-2026 08:00:00"),
        row(5, x="455000", y="136000"),
        row(6, x="136000,5"),
        row(7, x="136000.5"),
        row(8, x="136001.5"),
        row(9, bekend="01-09-2026 12:00:00"),
        row(10, begin="29-03-2026 02:30:00", einde="29-03-2026 04:00:00", bekend="30-03-2026 04:00:00"),
        row(11, begin="2026-08-30", einde="2026-08-30"),
    ]
    report = read(workspace, save(tmp_path / "f.csv", text([*lines, *rows(40)[12:]])))
    assert repaired(report) == {
        "code_respelled": 1,
        "no_end": 1,
        "end_before_begin": 1,
        "window_cut": 1,
        "axes_swapped": 1,
        "decimal_mixed": 1,
        "reported_before_end": 1,
        "clock_skipped": 1,
        "only_day": 1,
    }
    assert (report.accepted, report.repaired, report.refused) == (30, 9, 0)


def test_too_many_refused_stops_all_of_it_unless_told_otherwise(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text([*rows(10), row(99, x="")]))
    with pytest.raises(TooManyRefused, match=r"1 van 11 \(9,1 %\); de grens is 5,0 %.*geen plek") as stopped:
        read(workspace, path)
    assert isinstance(stopped.value.report, IntakeReport)
    assert (stopped.value.report.rows, stopped.value.report.batch_id) == (11, None)
    assert batches(workspace) == []
    assert read(workspace, path, accept_refused=True).new == 10


def test_other_types_do_not_count_toward_the_limit(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    others = [line | {"nummer": f"X{n}", "soort": "BATTERY", "x": ""} for n, line in enumerate(rows(30))]
    report = read(workspace, save(tmp_path / "f.csv", text([*rows(10), *others])))
    assert (report.accepted, report.refused, report.not_ours, report.refused_share) == (10, 30, 30, 0)
    assert report.other_codes == {"BATTERY": 30}
    with pytest.raises(TooManyRefused, match="Geen enkele rij"):
        read(workspace, save(tmp_path / "g.csv", text(others)))


def test_reading_the_same_file_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)))
    first = read(workspace, path)
    before = {file: file.read_bytes() for file in workspace.root.rglob("*") if file.is_file()}
    again = read(workspace, path, received_at=RECEIVED + timedelta(days=1))
    assert first.batch_id is not None
    assert first.batch_id.isalnum()
    assert (again.batch_id, again.new, again.unchanged, again.accepted) == (None, 0, 20, 20)
    assert {file: file.read_bytes() for file in workspace.root.rglob("*") if file.is_file()} == before


def test_a_corrected_report_supersedes_and_is_known_from_receipt(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    read(workspace, save(tmp_path / "f.csv", text(rows(20))))
    lines = rows(20)
    lines[4] |= {"einde": "05-08-2026 12:00:00"}
    later = RECEIVED + timedelta(days=7)
    report = read(workspace, save(tmp_path / "g.csv", text([*lines, row(21)])), received_at=later)
    assert (report.new, report.corrected, report.unchanged) == (1, 1, 19)
    now = read_incidents(workspace)
    (corrected,) = now[now["version"] == 2].itertuples()
    assert corrected.known_at == pd.Timestamp(later)
    assert len(now) == 21
    then = read_incidents(workspace, known_before=later)
    assert (len(then), set(then["version"])) == (21, {1})
    # The first file, read again, is what it was: it corrects nothing back.
    again = read(workspace, tmp_path / "f.csv", received_at=later + timedelta(days=1))
    assert (again.batch_id, again.unchanged) == (None, 20)


def test_an_older_delivery_corrects_nothing(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    read(workspace, save(tmp_path / "f.csv", text(rows(20))))
    lines = rows(21)
    lines[4] |= {"einde": "05-08-2026 12:00:00"}
    report = read(workspace, save(tmp_path / "g.csv", text(lines)), received_at=RECEIVED - timedelta(days=1))
    assert (report.new, report.corrected, report.unchanged, report.older) == (1, 0, 19, 1)


def test_a_type_added_later_is_read_from_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text([*rows(20), row(30, soort="B99")]))
    first = read(workspace, path)
    toml = workspace.root / "stip.toml"
    toml.write_text(toml.read_text().replace('"A72"', '"A72", "B99"'))
    wider = Workspace.open(workspace.root)
    second = read(wider, path)
    assert (second.new, second.unchanged, second.batch_id) == (1, 20, f"{first.batch_id}n2")
    assert len(read_incidents(wider)) == 21


def test_a_trial_run_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)))
    before = sorted(file for file in tmp_path.rglob("*") if file.is_file() and file.name != ".lock")
    report = read(workspace, path, dry_run=True)
    assert (report.new, report.dry_run) == (20, True)
    assert sorted(file for file in tmp_path.rglob("*") if file.is_file() and file.name != ".lock") == before
    assert report.batch_id == read(workspace, path).batch_id


def test_a_trial_run_needs_no_right_to_write(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)))
    read(workspace, path, dry_run=True)  # the first time a key is made

    def closed(_: Workspace) -> None:
        raise WorkspaceError("closed")

    monkeypatch.setattr(Workspace, "writing", closed)
    assert read(workspace, path, dry_run=True).new == 20
    with pytest.raises(WorkspaceError):
        read(workspace, path)


def test_every_format_gives_the_same_incidents(workspace: Workspace, tmp_path: Path) -> None:
    declared = COLUMNS | {"geometry": {"role": "geometry"}}
    agree(workspace, columns=declared)
    lines = rows(20)
    frame = pd.DataFrame(lines)
    paths = [
        save(tmp_path / "a.csv", text(lines)),
        save(tmp_path / "b.txt", text(lines, separator="\t"), encoding="utf-16"),
        workbook(tmp_path / "c.xlsx", [HEADINGS, *(line.values() for line in lines)]),
        tmp_path / "d.parquet",
        *(tmp_path / name for name in ("e.gpkg", "f.geojson", "g.parquet")),
    ]
    typed = {name: pd.to_datetime(frame[name], format="%d-%m-%Y %H:%M:%S") for name in ("begin", "einde", "bekend")}
    pq.write_table(pa.Table.from_pandas(frame.assign(**typed, x=frame["x"].astype(float))), paths[3])
    points = gpd.GeoDataFrame(
        frame.drop(columns=["x", "y"]),
        geometry=[shapely.Point(float(x), float(y)) for x, y in zip(frame["x"], frame["y"], strict=True)],
        crs="EPSG:28992",
    )
    points.to_file(paths[4])
    points.to_crs("EPSG:4326").to_file(paths[5], COORDINATE_PRECISION=12)
    points.to_parquet(paths[6])
    first = read(workspace, paths[0])
    assert first.new == 20
    for path in paths[1:]:
        report = read(workspace, path)
        assert (report.unchanged, report.accepted, report.batch_id) == (20, 20, None), path.name


def test_rows_without_a_number_are_known_by_what_they_say(workspace: Workspace, tmp_path: Path) -> None:
    columns = {name: column for name, column in COLUMNS.items() if name != "nummer"}
    agree(workspace, columns=columns, id_from_content=True)
    lines = rows(20)
    same = [lines[3], lines[3]]
    assert read(workspace, save(tmp_path / "f.csv", text([*lines, *same]))).new == 22
    again = read(workspace, save(tmp_path / "g.csv", text([*same, *lines, row(50)])))
    assert (again.new, again.unchanged) == (1, 22)


def test_a_source_of_one_type_needs_no_column_for_it(workspace: Workspace, tmp_path: Path) -> None:
    columns = {name: column for name, column in COLUMNS.items() if name != "soort"}
    agree(workspace, columns=columns, crime_type="vandalism")
    assert read(workspace, save(tmp_path / "f.csv", text(rows(20)))).by_type == {"vandalism": 20}
    agree(workspace, columns=columns, crime_type="onbekend")
    with pytest.raises(AgreementError, match="stip.toml kent die niet"):
        read(workspace, tmp_path / "f.csv")


def test_a_missing_column_or_heading_line_is_said(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    short = [name for name in HEADINGS if name != "begin"]
    with pytest.raises(FileError, match="ontbreekt ‘begin’"):
        read(workspace, save(tmp_path / "f.csv", text(rows(3), headings=short)))
    bare = "\n".join(text(rows(3)).splitlines()[1:])
    with pytest.raises(FileError, match="geen enkele kolom") as stopped:
        read(workspace, save(tmp_path / "g.csv", bare))
    assert "PL000001" not in str(stopped.value)
    assert "de afspraak over ‘Proefbestand’" in str(stopped.value)


def test_dates_that_fit_both_orders_stop_the_file(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    doubtful = [row(n, begin=f"0{n}-0{n % 4 + 2}-2026 10:00:00", einde="", bekend="") for n in range(1, 8)]
    with pytest.raises(FileError, match="op twee manieren te lezen"):
        read(workspace, save(tmp_path / "f.csv", text(doubtful)))
    declared = COLUMNS | {"begin": COLUMNS["begin"] | {"date_format": "%d-%m-%Y %H:%M:%S"}}
    agree(workspace, columns=declared)
    report = read(workspace, tmp_path / "f.csv")
    assert (report.new, report.period) == (7, (date(2026, 2, 4), date(2026, 5, 7)))


def test_the_order_may_show_late_in_the_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_PIECE", 500)
    agree(workspace)
    doubtful = [row(n, begin="02-03-2026 10:00:00", einde="", bekend="") for n in range(1, 60)]
    report = read(workspace, save(tmp_path / "f.csv", text([*doubtful, row(99, begin="13-03-2026 10:00", einde="")])))
    assert (report.new, report.period) == (60, (date(2026, 3, 2), date(2026, 3, 13)))


def test_the_time_zone_of_the_agreement_goes_before_the_towns(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, time_zone="America/Chicago")
    read(workspace, save(tmp_path / "f.csv", text(rows(20))))
    assert read_incidents(workspace)["from_at"].min() == pd.Timestamp("2026-08-01T15:00", tz="UTC")


def test_reading_asks_for_an_agreement_and_a_moment_with_a_zone(workspace: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", text(rows(3)))
    with pytest.raises(AgreementError, match="geen afspraak ‘proef’"):
        read(workspace, path)
    agree(workspace, valid_until="2021-01-01")
    with pytest.raises(AgreementError, match="liep tot en met"):
        read(workspace, path)
    agree(workspace)
    with pytest.raises(FileError, match="geen tijdzone"):
        read(workspace, path, received_at=datetime(2026, 9, 7))  # noqa: DTZ001


def test_a_moment_of_receipt_that_is_still_to_come_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)))
    now = datetime.now(UTC)
    for later in (now + timedelta(hours=1), datetime(2062, 9, 14, 8, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        with pytest.raises(FileError, match="ligt in de toekomst"):
            read(workspace, path, received_at=later)
    assert batches(workspace) == []
    assert read(workspace, path, received_at=now + timedelta(minutes=2)).new == 20  # clocks differ a little


def test_a_file_without_rows_is_told_and_makes_no_delivery(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    report = read(workspace, save(tmp_path / "f.csv", text([])))
    assert (report.rows, report.batch_id, report.period) == (0, None, None)
    assert "geen enkele rij" in report.notes[0]


def test_settings_of_the_workspace_decide(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    toml = workspace.root / "stip.toml"
    toml.write_text(
        toml.read_text()
        .replace("refused_limit = 0.05", "refused_limit = 0.5")
        .replace("cap_hours = 168", "cap_hours = 2")
    )
    assert read_toml(toml, type(workspace.settings)).intake.window_cap_hours == 2
    report = read(Workspace.open(workspace.root), save(tmp_path / "f.csv", text([*rows(10), row(99, x="")])))
    assert (repaired(report), report.refused) == ({"window_cut": 10}, 1)


cell = st.one_of(
    st.sampled_from(
        ["", " ", "A72", "B99", "a72", "01-08-2026 10:00", "31-02-2026", "13-08-2026", "0", "136000", "455000,5", "x"]
    ),
    st.text(alphabet='a1;" \u20ac@-', max_size=8),
)
line = st.one_of(
    st.fixed_dictionaries({}, optional=dict.fromkeys(HEADINGS, cell)).map(
        lambda odd: ";".join((row(7) | odd).values())
    ),
    st.integers(1, 5).map(lambda number: ";".join(row(number).values())),
    st.lists(cell, max_size=9).map(";".join),
    st.just(";".join(HEADINGS)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(line, max_size=12))
def test_every_row_is_accounted_for(workspace: Workspace, tmp_path: Path, lines: list[str]) -> None:
    agree(workspace, columns=COLUMNS | {"begin": COLUMNS["begin"] | {"date_format": "%d-%m-%Y %H:%M:%S"}})
    path = save(tmp_path / "f.csv", "\n".join([";".join(HEADINGS), *lines]))
    report = read(workspace, path, accept_refused=True, dry_run=True)
    assert report.accepted + report.repaired + report.refused == report.rows
    assert sum(count.rows for count in report.refused_rules) == report.refused == len(report.refused_rows())
    assert report.new + report.corrected + report.unchanged + report.older == report.accepted + report.repaired
    assert len(set(report.account.numbers.tolist())) == report.rows
    if not any('"' in text for text in lines):
        assert report.rows == sum(bool(text.strip("; ")) for text in lines)
