# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.agreements import KeyRing, check_keys, reports_by_key
from stip.agreements.keys import Key
from stip.errors import AgreementError, WorkspaceError
from stip.store import Workspace, publish_batch

NUMBERS = pd.Series(
    ["PL0100-2026000001", "PL0100-2026000002", " PL0100-2026000001 ", None, "", "  "], index=range(5, 11)
)


def publish(workspace: Workspace, ids: list[str], batch_id: str = "b1") -> None:
    moment = pd.Timestamp("2026-09-07 10:00", tz="UTC")
    rows = pd.DataFrame({"incident_id": ids}).assign(
        source="bvh",
        batch_id=batch_id,
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
    publish_batch(
        workspace, rows, {"batch_id": batch_id, "received_at": datetime(2026, 9, 7, tzinfo=UTC).isoformat()}
    )


def test_the_key_lies_outside_the_workspace_and_only_its_owner_reads_it(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    assert workspace.root not in ring.path.parents
    assert ring.path.stem == (workspace.data / "workspace_id").read_text(encoding="utf-8").strip()
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.path.parent.stat().st_mode) == 0o700
    secret = ring.active.secret.hex()
    for file in workspace.root.rglob("*"):
        assert not file.is_file() or secret not in file.read_text(encoding="utf-8")
    assert secret not in repr(ring)


def test_numbers_are_stable_aligned_and_unlike_the_source(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    hashed = ring.hash_ids(NUMBERS, source="bvh")
    assert hashed.index.tolist() == NUMBERS.index.tolist()
    assert hashed[5] == hashed[7] != hashed[6]
    assert hashed[[8, 9, 10]].isna().all()
    assert hashed[5].startswith(ring.active.key_id)
    assert len(hashed[5]) == 32
    pd.testing.assert_series_equal(hashed, KeyRing.of(workspace).hash_ids(NUMBERS, source="bvh"))
    assert ring.hash_ids(NUMBERS, source="incidents")[5] != hashed[5]


def test_another_key_gives_other_numbers() -> None:
    one, two = (KeyRing(Path("x"), (Key("abcd", "2026-01-01", secret * 32),)) for secret in (b"1", b"2"))
    assert one.hash_ids(NUMBERS)[5] != two.hash_ids(NUMBERS)[5]


@given(st.lists(st.text(max_size=12), max_size=30))
def test_equal_numbers_and_only_those_meet(values: list[str]) -> None:
    ids = pd.concat([pd.Series(values[:3], dtype="string"), pd.Series(values[3:], dtype="string")], ignore_index=True)
    hashed = KeyRing(Path("x"), (Key("abcd", "2026-01-01", b"k" * 32),)).hash_ids(ids)
    kept = ids.str.strip()
    blank = kept == ""
    assert hashed[blank].isna().all()
    assert hashed[~blank].nunique() == kept[~blank].nunique()
    assert (hashed[~blank].str.len() == 32).all()


def test_older_keys_recognise_what_they_made(workspace: Workspace) -> None:
    first = KeyRing.of(workspace)
    before = first.hash_ids(NUMBERS)
    second = first.rotate()
    assert second.active != first.active
    assert KeyRing.of(workspace).keys == second.keys
    every = second.hash_ids_all(NUMBERS)
    assert list(every) == [second.active.key_id, first.active.key_id]
    pd.testing.assert_series_equal(every[first.active.key_id], before)
    assert every[second.active.key_id][5] != before[5]


def test_two_rotations_from_one_ring_lose_nothing(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    ring.rotate()
    assert len(ring.rotate().keys) == 3


def test_retiring(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    old = ring.active.key_id
    with pytest.raises(AgreementError, match="is in gebruik"):
        ring.retire(old)
    ring = ring.rotate()
    with pytest.raises(AgreementError, match="geen sleutel ‘zzzz’"):
        ring.retire("zzzz")
    assert [key.key_id for key in ring.retire(old).keys] == [ring.active.key_id]
    held = json.loads(ring.path.read_text(encoding="utf-8"))
    assert old not in [key["key_id"] for key in held["keys"]]
    assert held["retired"] == [old]


def test_reports_are_counted_by_key(workspace: Workspace) -> None:
    assert reports_by_key(workspace) == {}
    ring = KeyRing.of(workspace)
    publish(workspace, ring.hash_ids(pd.Series(["1", "2"])).tolist())
    publish(workspace, ring.rotate().hash_ids(pd.Series(["3"])).tolist(), "b2")
    assert sorted(reports_by_key(workspace).values()) == [1, 2]


def test_a_lost_key_is_told_and_not_replaced(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    publish(workspace, ring.hash_ids(pd.Series(["1"])).tolist())
    ring.path.unlink()
    with pytest.raises(WorkspaceError, match="is weg, terwijl de werkmap 1 leveringen heeft"):
        KeyRing.of(workspace)
    assert not ring.path.exists()


def test_a_damaged_or_open_key_is_refused(workspace: Workspace) -> None:
    path = KeyRing.of(workspace).path
    path.chmod(0o644)
    with pytest.raises(WorkspaceError, match="chmod 600"):
        KeyRing.of(workspace)
    path.chmod(0o600)
    for content in ("", "{}", '{"keys": []}', '{"keys": [{"key_id": "abcd"}]}', "[1]"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(WorkspaceError, match="beschadigd"):
            KeyRing.of(workspace)


@pytest.mark.parametrize(
    "change",
    [
        {"secret": ""},
        {"secret": "ab" * 31},
        {"secret": "ab" * 100},
        {"key_id": ""},
        {"key_id": "x"},
        {"key_id": "ABCD"},
        {"key_id": 5},
        {"made_at": ""},
        {"made_at": None},
    ],
)
def test_a_key_that_is_not_whole_is_refused(workspace: Workspace, change: dict[str, object]) -> None:
    path = KeyRing.of(workspace).path
    whole = {"key_id": "abcd", "made_at": "2026-09-07T08:00:00+00:00", "secret": "ab" * 32}
    path.write_text(json.dumps({"keys": [whole]}), encoding="utf-8")
    assert KeyRing.of(workspace).active.key_id == "abcd"
    path.write_text(json.dumps({"keys": [whole | change]}), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="beschadigd"):
        KeyRing.of(workspace)


def test_the_key_of_another_workspace_is_refused(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    check_keys(workspace, ring)
    publish(workspace, ring.hash_ids(pd.Series(["1", "2"])).tolist())
    check_keys(workspace, ring.rotate())
    other = {"key_id": "abcd", "made_at": "2026-09-07T08:00:00+00:00", "secret": "ab" * 32}
    ring.path.write_text(json.dumps({"keys": [other]}), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="hoort niet bij deze werkmap"):
        check_keys(workspace, KeyRing.of(workspace))


def test_a_key_that_was_retired_on_purpose_stops_nothing(workspace: Workspace) -> None:
    ring = KeyRing.of(workspace)
    publish(workspace, ring.hash_ids(pd.Series(["1"])).tolist())
    left = ring.rotate().retire(ring.active.key_id).rotate()
    check_keys(workspace, left)


def test_a_damaged_workspace_id_is_told(workspace: Workspace) -> None:
    KeyRing.of(workspace)
    (workspace.data / "workspace_id").write_bytes(bytes(range(128, 160)))
    with pytest.raises(WorkspaceError, match="beschadigd"):
        KeyRing.of(workspace)


@pytest.mark.parametrize("inside", [".", "keys", "data/keys", "data/../agreements"])
def test_a_key_folder_inside_the_workspace_is_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setenv("STIP_KEYS", str(workspace.root / inside))
    with pytest.raises(WorkspaceError, match="ligt in de werkmap"):
        KeyRing.of(workspace)


def test_a_link_into_the_workspace_is_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(workspace.root / "data")
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "link"))
    with pytest.raises(WorkspaceError, match="ligt in de werkmap"):
        KeyRing.of(workspace)


def test_without_a_setting_the_key_lies_with_the_user(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("STIP_KEYS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert KeyRing.of(workspace).path.is_relative_to(tmp_path / "home")


def test_processes_that_start_at_once_share_one_key(workspace: Workspace) -> None:
    code = (
        "import sys; from stip.store import Workspace; from stip.agreements import KeyRing; "
        "print(KeyRing.of(Workspace.open(sys.argv[1])).active.key_id)"
    )
    command = [sys.executable, "-c", code, str(workspace.root)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) for _ in range(2)]
    answers = {process.communicate(timeout=120)[0].strip() for process in started}
    assert answers == {KeyRing.of(workspace).active.key_id}


def test_numbers_are_those_of_blake2(workspace: Workspace) -> None:
    key = KeyRing.of(workspace).active
    found = KeyRing.of(workspace).hash_ids(NUMBERS, source="bvh")
    for text, number in zip(NUMBERS, found, strict=True):
        if isinstance(text, str) and text.strip():
            digest = hashlib.blake2b(b"bvh\0" + text.strip().encode(), key=key.secret, digest_size=14).hexdigest()
            assert number == key.key_id + digest
        else:
            assert number is pd.NA
