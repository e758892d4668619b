# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from intake.incident_files import RECEIVED, agree, agreement, rows, save, text
from stip.agreements import Column, Role
from stip.errors import AgreementError, FileError
from stip.intake import read_incident_file
from stip.intake.incidents.mapping import also_known
from stip.store import Workspace, batches


def test_a_declared_column_may_have_another_heading(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    path = save(tmp_path / "f.csv", text(rows(20)).replace("begin", "Pleegdatum", 1))
    with pytest.raises(FileError, match="ontbreekt ‘begin’"):
        read_incident_file(workspace, path, "proef", received_at=RECEIVED)
    columns = {Role.FROM_AT: Column(role=Role.FROM_AT, names=("pleegdatum",))}
    report = read_incident_file(workspace, path, "proef", received_at=RECEIVED, columns=columns)
    assert (report.accepted, report.refused_columns) == (20, ())


def test_a_date_format_that_is_chosen_takes_the_place_of_the_agreed_one() -> None:
    chosen = {Role.FROM_AT: Column(role=Role.FROM_AT, date_format="%m/%d/%Y")}
    assert also_known(agreement(), chosen).columns["begin"].date_format == "%m/%d/%Y"
    assert also_known(agreement(), chosen).columns["einde"].date_format == ""


@pytest.mark.parametrize(
    ("role", "heading"),
    [(Role.X, "Verdachten"), (Role.X, "nationaliteit"), (Role.X, "Object"), (Role.X, "begin"), (Role.POSTCODE, "pc")],
)
def test_what_is_refused_stays_refused(role: Role, heading: str) -> None:
    agreed = agreement(why_refused={"Object": "vrije tekst"})
    with pytest.raises(AgreementError) as refusal:
        also_known(agreed, {role: Column(role=role, names=(heading,))})
    assert heading not in str(refusal.value) or heading == "pc"


def test_rows_are_shown_after_the_gate_and_before_they_are_stored(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, precision_m=100)
    path = save(tmp_path / "f.csv", text(rows(20)))
    seen: list[pd.DataFrame] = []
    read_incident_file(workspace, path, "proef", received_at=RECEIVED, dry_run=True, look=seen.append)
    assert len(seen[0]) == 20
    assert (seen[0]["x_m"] % 100 == 50).all()
    assert not seen[0]["incident_id"].str.contains("PL").any()

    def stop(rows: pd.DataFrame) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_incident_file(workspace, path, "proef", received_at=RECEIVED, look=stop)
    assert batches(workspace) == []
