# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake.incident_files import RECEIVED, agree, row, rows, save, text
from stip.intake import IntakeReport, read_incident_file
from stip.store import Workspace


@pytest.fixture
def report(workspace: Workspace, tmp_path: Path) -> IntakeReport:
    """Return the report about a file with something of everything."""
    agree(workspace)
    odd = [row(90, x=""), row(91, soort="BATTERY"), row(92, einde=""), row(93, einde="", soort="a72")]
    return read_incident_file(
        workspace, save(tmp_path / "f.csv", text([*rows(40), *odd])), "proef", received_at=RECEIVED
    )


def test_the_counts_add_up(report: IntakeReport) -> None:
    assert (report.rows, report.accepted, report.repaired, report.refused, report.not_ours) == (44, 40, 2, 2, 1)
    assert report.refused_share == pytest.approx(1 / 43)
    frame = report.to_frame().set_index("rule")
    assert frame["rows"].to_dict() == {"other_type": 1, "no_place": 1, "no_end": 2, "code_respelled": 1}
    assert frame.loc["no_place", "outcome"] == "refused"


def test_it_can_be_kept_as_json(report: IntakeReport) -> None:
    told = json.loads(json.dumps(report.to_dict()))
    assert told["period"] == ["2026-08-01", "2026-09-01"]
    assert told["repaired_rules"][0] == {
        "rule": "no_end",
        "what": "geen einde ingevuld",
        "rows": 2,
        "first_rows": [44, 45],
        "advice": "Het einde is gelijk aan het begin, of aan het eind van die dag.",
    }
    assert "account" not in told


def test_the_refused_rows_are_numbers_and_reasons(report: IntakeReport) -> None:
    frame = report.refused_rows()
    assert list(frame.columns) == ["rij", "regel", "reden", "advies"]
    assert frame[["rij", "regel"]].to_numpy().tolist() == [[42, "no_place"], [43, "other_type"]]
