# SPDX-License-Identifier: EUPL-1.2
"""Reports that come again, under another key or after their retention."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.incident_files import COLUMNS, HEADINGS, RECEIVED, agree, row, rows, save, text
from stip.agreements import KeyRing, retention
from stip.errors import TooManyRefused, WorkspaceError
from stip.intake import IntakeReport, read_incident_file
from stip.store import Workspace, batches, read_incidents


def read(workspace: Workspace, path: Path, *, received_at: datetime = RECEIVED) -> IntakeReport:
    return read_incident_file(workspace, path, "proef", received_at=received_at)


def test_reports_stored_under_an_older_key_are_recognised(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    read(workspace, save(tmp_path / "f.csv", text(rows(20))))
    KeyRing.of(workspace).rotate()
    lines = rows(21)
    lines[4] |= {"einde": "05-08-2026 12:00:00"}
    report = read(workspace, save(tmp_path / "g.csv", text(lines)), received_at=RECEIVED + timedelta(days=7))
    assert (report.new, report.corrected, report.unchanged) == (1, 1, 19)
    assert len(read_incidents(workspace)) == 21


def test_a_file_is_refused_when_the_key_is_that_of_another_workspace(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)))
    read(workspace, path)
    key = KeyRing.of(workspace).path
    key.write_text(re.sub('"secret": ".*"', f'"secret": "{"ab" * 32}"', key.read_text(encoding="utf-8")), "utf-8")
    key.write_text(re.sub('"key_id": ".*"', '"key_id": "zzzz"', key.read_text(encoding="utf-8")), "utf-8")
    with pytest.raises(WorkspaceError, match="beschadigd"):
        read(workspace, path)
    key.write_text(key.read_text(encoding="utf-8").replace("zzzz", "0000"), "utf-8")
    with pytest.raises(WorkspaceError, match="hoort niet bij deze werkmap"):
        read(workspace, path)
    assert len(batches(workspace)) == 1


def test_reports_without_numbers_are_recognised_under_an_older_key(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, id_from_content=True, columns={name: COLUMNS[name] for name in COLUMNS if name != "nummer"})
    path = save(tmp_path / "f.csv", text(rows(20), headings=HEADINGS[1:]))
    read(workspace, path)
    KeyRing.of(workspace).rotate()
    more = save(tmp_path / "g.csv", text(rows(21), headings=HEADINGS[1:]))
    for again, new in ((path, 0), (more, 1)):
        report = read(workspace, again, received_at=RECEIVED + timedelta(days=7))
        assert (report.new, report.corrected, report.unchanged) == (new, 0, 20)
    assert len(read_incidents(workspace)) == 21


def test_reports_past_their_retention_are_counted_and_never_stored(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, retention_months=600)
    old = row(99, begin="21-08-1970 10:00:00", einde="21-08-1970 11:00:00", bekend="22-08-1970 09:00:00")
    report = read(workspace, save(tmp_path / "f.csv", text([*rows(28), old])))
    assert (report.rows, report.refused, report.not_ours, report.past_retention) == (29, 1, 1, 1)
    assert [(count.rule.code, count.first_rows) for count in report.refused_rules] == [("past_retention", (30,))]
    told = "1 melding is ouder dan de bewaartermijn van de afspraak ‘proef’ (600 maanden) en niet opgeslagen."
    assert told in report.notes
    assert len(read_incidents(workspace)) == 28
    assert batches(workspace)[0]["refused_rules"] == {"past_retention": 1}


def test_an_agreement_may_let_older_reports_in_until_retention_is_run(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, retention_months=600, keep_past_retention=True)
    old = row(99, begin="21-08-1970 10:00:00", einde="21-08-1970 11:00:00", bekend="22-08-1970 09:00:00")
    report = read(workspace, save(tmp_path / "f.csv", text([*rows(28), old])))
    assert (report.rows, report.refused) == (29, 0)
    assert report.notes[0].startswith(
        "1 melding is ouder dan de bewaartermijn van de afspraak ‘proef’ (600 maanden)."
    )
    assert len(read_incidents(workspace)) == 29
    retention(workspace, on=datetime.now(UTC).date())
    assert len(read_incidents(workspace)) == 28


def test_older_reports_stay_out_while_it_cannot_be_read_whether_retention_was_run(
    workspace: Workspace, tmp_path: Path
) -> None:
    agree(workspace, retention_months=600, keep_past_retention=True)
    (workspace.data / "retention").mkdir()
    (workspace.data / "retention" / "20260101T000000000000.json").write_text("{", encoding="utf-8")
    old = row(99, begin="21-08-1970 10:00:00", einde="21-08-1970 11:00:00", bekend="22-08-1970 09:00:00")
    report = read(workspace, save(tmp_path / "f.csv", text([*rows(28), old])))
    assert (report.refused, report.past_retention) == (1, 1)


def test_what_retention_destroyed_does_not_come_back_with_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, retention_months=600, keep_past_retention=True)
    day = datetime.now(UTC).date()
    retention(workspace, on=day)  # nothing of this source was there: a first delivery may still go back further
    long_ago = {"begin": "21-08-1970 10:00:00", "einde": "21-08-1970 11:00:00", "bekend": "22-08-1970 09:00:00"}
    old = [row(100 + n, **long_ago) for n in range(30)]
    path = save(tmp_path / "f.csv", text([*rows(28), *old]))
    assert read(workspace, path).new == 58
    retention(workspace, on=day)
    again = read(workspace, path)
    assert (again.new, again.unchanged, again.past_retention) == (0, 28, 30)
    assert "30 meldingen zijn ouder" in again.notes[0]
    assert "niet opgeslagen" in again.notes[0]
    assert len(read_incidents(workspace)) == 28


def test_a_day_of_receipt_that_is_typed_does_not_lengthen_the_retention(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, retention_months=600)
    old = row(99, begin="21-08-1970 10:00:00", einde="21-08-1970 11:00:00", bekend="22-08-1970 09:00:00")
    path = save(tmp_path / "f.csv", text([old]))
    with pytest.raises(TooManyRefused, match="bewaart 600 maanden en alles is ouder. Er is niets opgeslagen"):
        read(workspace, path, received_at=datetime(1970, 9, 7, tzinfo=UTC))
    assert batches(workspace) == []
