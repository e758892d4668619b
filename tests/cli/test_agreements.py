# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from stip.agreements import KeyRing, Kind, Role, install_shipped
from stip.cli.agreements import KINDS, ROLES, app
from stip.cli.workspace import add_to as add_workspace_commands
from stip.errors import AgreementError
from stip.store import Workspace, publish_batch, read_incidents

Stip = Callable[..., Result]


@pytest.fixture
def stip(workspace: Workspace) -> Stip:
    install_shipped(workspace)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)], env={"COLUMNS": "118"})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def report_id(workspace: Workspace) -> str:
    """One report of 2020 in the workspace."""
    moment = pd.Timestamp("2020-09-07 10:00", tz="UTC")
    ids = KeyRing.of(workspace).hash_ids(pd.Series(["PL0100-2020000001"]), source="bvh")
    rows = pd.DataFrame({"incident_id": ids}).assign(
        source="bvh",
        batch_id="b1",
        version=1,
        crime_type="bicycle_theft",
        from_at=moment,
        to_at=moment,
        known_at=moment,
        x_m=1.0,
        y_m=1.0,
        precision_m=25.0,
        area_code=None,
        area_year=None,
    )
    publish_batch(workspace, rows, {"batch_id": "b1", "source": "bvh"})
    return str(ids[0])


def test_every_kind_and_role_has_a_dutch_name() -> None:
    assert set(KINDS) == set(Kind)
    assert set(ROLES) == set(Role)


def test_list_and_show_speak_plain_dutch(stip: Stip) -> None:
    assert "31-12-2028" in stip("list").output
    shown = stip("show", "bvh").output
    assert "Elke andere kolom wordt ook geweigerd." in shown
    assert "wijst één woning aan" in shown
    assert [row["source"] for row in json.loads(stip("list", "--json").output)][:2] == ["adressen", "bag"]
    assert json.loads(stip("show", "bvh", "--json").output)["precision_m"] == 25


def test_check_exits_1_on_a_fault_only(stip: Stip) -> None:
    fine = stip("check", "--on", "2026-11-23")
    assert fine.exit_code == 0
    assert "0 fout, 19 nog te regelen." in fine.output
    assert "voorstel" in fine.output
    late = stip("check", "--on", "2029-01-01")
    assert late.exit_code == 1
    assert "8 fout" in late.output
    rows = json.loads(stip("check", "--on", "2029-01-01", "--json").output)
    assert {row["weight"] for row in rows} == {"fault", "open"}


def test_retention_first_shows_then_destroys(stip: Stip, workspace: Workspace, report_id: str) -> None:
    planned = stip("retention", "--dry-run", "--on", "2026-11-23")
    assert "Er zou 1 melding worden vernietigd." in planned.output
    assert len(read_incidents(workspace)) == 1
    done = stip("retention", "--on", "2026-11-23", "--json")
    assert json.loads(done.output)[0]["destroyed"] == 1
    assert read_incidents(workspace).empty
    assert "Er is niets te vernietigen." in stip("retention").output


def test_retention_exits_1_when_a_source_has_no_agreement(stip: Stip, workspace: Workspace, report_id: str) -> None:
    (workspace.agreements / "bvh.toml").unlink()
    left = stip("retention", "--on", "2026-11-23")
    assert left.exit_code == 1
    assert "Zonder afspraak, en dus niet opgeruimd: bvh." in left.output
    assert len(read_incidents(workspace)) == 1


def test_keys_are_rotated_and_retired_and_never_shown(stip: Stip, workspace: Workspace, report_id: str) -> None:
    ring = KeyRing.of(workspace)
    old = ring.active.key_id
    outputs = [stip("keys").output, stip("keys", "rotate").output, stip("keys", "--json").output]
    assert [row["reports"] for row in json.loads(outputs[2])["keys"]] == [1, 0]
    with pytest.raises(AgreementError, match="heeft nog 1 melding"):
        stip("keys", "retire", old)
    outputs.append(stip("keys", "retire", old, "--anyway").output)
    assert old not in outputs[3]
    assert all(ring.active.secret.hex() not in output for output in outputs)


def test_a_pause_is_set_shown_and_lifted(stip: Stip) -> None:
    told = ("--reason", "dubbele meldingen", "--role", "fg")
    assert "staat nu op pauze" in stip("pause", "source:bvh", *told).output
    assert "staat op pauze sinds" in stip("check", "--on", "2026-11-23").output
    assert json.loads(stip("resume", "source:bvh", *told, "--json").output)["paused"] is False
    assert "op pauze" not in stip("check", "--on", "2026-11-23").output


def test_the_doctor_names_a_key_that_is_strange_or_gone(stip: Stip, workspace: Workspace, report_id: str) -> None:
    def said(status: int) -> str:
        result = CliRunner().invoke(whole, ["doctor", "-w", str(workspace.root)], env={"COLUMNS": "400"})
        assert result.exit_code == status
        return " ".join(result.output.split())

    whole = typer.Typer()
    add_workspace_commands(whole)
    path = KeyRing.of(workspace).path
    kept = path.read_text(encoding="utf-8")
    assert "hoort niet bij deze werkmap" not in said(0)
    path.write_text(json.dumps({"keys": [{"key_id": "0000", "made_at": "2026-01-01", "secret": "ab" * 32}]}))
    assert "hoort niet bij deze werkmap" in said(1)
    path.unlink()
    assert "is weg, terwijl de werkmap 1 leveringen heeft" in said(1)
    assert not path.exists(), "a doctor looks, and makes no key"
    path.write_text(kept)
    path.chmod(0o644)
    assert "Anderen kunnen de sleutel" in said(1)
