# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.intake.incidents.versions import compare
from stip.store import INCIDENT, Workspace, publish_batch, read_incidents

MONDAY = pd.Timestamp("2026-09-07T06:30", tz="UTC")


def incidents(**ends: int) -> pd.DataFrame:
    """Return incidents by number, that end so many hours after they began."""
    begin = pd.Series(pd.Timestamp("2026-09-01T10:00", tz="UTC"), index=range(len(ends))).dt.as_unit("us")
    return pd.DataFrame(
        {
            "incident_id": pd.array(list(ends), dtype="string"),
            "source": "proef",
            "crime_type": "vandalism",
            "from_at": begin,
            "to_at": (begin + pd.to_timedelta(list(ends.values()), unit="h")).dt.as_unit("us"),
            "known_at": (begin + pd.Timedelta(days=1)).dt.as_unit("us"),
            "x_m": 136_005.0,
            "y_m": 455_005.0,
            "precision_m": 10.0,
            "area_code": pd.array([None] * len(ends), dtype="string"),
            "area_year": pd.array([None] * len(ends), dtype="Int16"),
        }
    )


def store(workspace: Workspace, batch_id: str, rows: pd.DataFrame, received_at: pd.Timestamp) -> None:
    frame = rows.assign(batch_id=batch_id)
    if "version" not in frame:
        frame["version"] = 1
    publish_batch(
        workspace, frame[INCIDENT.schema.names], {"batch_id": batch_id, "received_at": received_at.isoformat()}
    )


def test_new_corrected_unchanged_and_older(workspace: Workspace) -> None:
    store(workspace, "a", incidents(p=1, q=2, r=3), MONDAY)
    found = compare(workspace, incidents(p=1, q=5, s=4), received_at=MONDAY + pd.Timedelta(days=7), read_before=False)
    assert (found.new, found.corrected, found.unchanged, found.older) == (1, 1, 1, 0)
    stored = found.to_store.set_index("incident_id")
    assert stored["version"].to_dict() == {"q": 2, "s": 1}
    assert stored.loc["q", "known_at"] == MONDAY + pd.Timedelta(days=7)
    assert stored.loc["s", "known_at"] == pd.Timestamp("2026-09-02T10:00", tz="UTC")
    before = compare(workspace, incidents(q=5), received_at=MONDAY - pd.Timedelta(days=7), read_before=False)
    assert (before.older, len(before.to_store)) == (1, 0)
    again = compare(workspace, incidents(q=5, s=1), received_at=MONDAY + pd.Timedelta(days=7), read_before=True)
    assert (again.unchanged, again.new) == (1, 1)


def test_a_number_under_an_older_key_is_followed(workspace: Workspace) -> None:
    store(workspace, "a", incidents(old=1), MONDAY)
    rows = incidents(new=2).assign(under_k=pd.array(["old"], dtype="string"))
    found = compare(workspace, rows, received_at=MONDAY + pd.Timedelta(days=7), read_before=False)
    assert found.to_store[["incident_id", "version"]].to_numpy().tolist() == [["old", 2]]
    assert "under_k" not in found.to_store


def test_nothing_beside_nothing(workspace: Workspace) -> None:
    found = compare(workspace, incidents(), received_at=MONDAY, read_before=False)
    assert (found.new, len(found.to_store)) == (0, 0)


deliveries = st.lists(st.dictionaries(st.sampled_from("pqrs"), st.integers(1, 3), min_size=1), min_size=1, max_size=4)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries)
def test_the_last_delivery_of_a_report_counts(workspace: Workspace, weeks: list[dict[str, int]]) -> None:
    root = Workspace.create(
        workspace.root.parent / f"t{len(list(workspace.root.parent.iterdir()))}", workspace.settings
    )
    expected: dict[str, int] = {}
    for number, ends in enumerate(weeks):
        received = MONDAY + pd.Timedelta(weeks=number)
        found = compare(root, incidents(**ends), received_at=received, read_before=False)
        assert found.new + found.corrected + found.unchanged == len(ends)
        if len(found.to_store):
            store(root, f"b{number}", found.to_store, received)
        expected |= ends
    held = read_incidents(root)
    hours = (held["to_at"] - held["from_at"]) / pd.Timedelta(hours=1)
    assert dict(zip(held["incident_id"], hours.astype(int), strict=True)) == expected
