# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.settings import Settings, Town
from stip.store import INCIDENT, Workspace, conform, publish_batch, read_batch, read_incidents
from stip.store.layout import ROWS_PER_GROUP, in_reading_order, morton
from store import made

ROWS = 3 * ROWS_PER_GROUP


def many(rows: int = ROWS) -> pd.DataFrame:
    draw = np.random.default_rng(1)
    frame = made.incidents("big", rows=rows)
    frame["from_at"] = made.MONDAY - pd.to_timedelta(draw.integers(0, 365 * 86_400, rows), unit="s")
    frame["to_at"] = frame["from_at"] + made.HOUR
    frame["x_m"] = 130_000.0 + draw.integers(0, 1000, rows) * 10
    frame["y_m"] = 450_000.0 + draw.integers(0, 1000, rows) * 10
    frame["version"] = np.where(draw.random(rows) < 0.02, 2, 1)
    return frame


def test_a_small_batch_stays_as_it_came_in() -> None:
    table = conform(made.incidents("b1", rows=50).iloc[::-1], INCIDENT)
    assert in_reading_order(table).equals(table)


def test_a_large_batch_keeps_every_row() -> None:
    table = conform(many(), INCIDENT)
    ordered = in_reading_order(table)
    assert not ordered.equals(table)
    assert ordered.sort_by("incident_id").equals(table.sort_by("incident_id"))


def test_versions_lie_apart_then_months_then_places() -> None:
    rows = in_reading_order(conform(many(), INCIDENT)).to_pandas()
    corrected = rows["version"].to_numpy() > 1
    month = (rows["from_at"] - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(days=30)
    curve = morton(rows["x_m"].to_numpy(), rows["y_m"].to_numpy()).astype(np.int64)
    keys = list(zip(corrected, month, curve, strict=True))
    assert keys == sorted(keys) and len(set(month)) > 10 and corrected.any()


def test_near_squares_lie_near_on_the_curve() -> None:
    x, y = (along.ravel() * 250.0 for along in np.meshgrid(np.arange(32), np.arange(32)))
    place = morton(x, y)
    assert len(np.unique(place)) == 1024 and place.max() == 1023
    part = place < 256
    assert np.ptp(x[part]) <= 16 * 250 and np.ptp(y[part]) <= 16 * 250
    assert len(morton(np.empty(0), np.empty(0))) == 0


def test_most_of_a_file_cannot_hold_a_period_and_a_box(workspace: Workspace) -> None:
    publish_batch(workspace, many(12 * ROWS_PER_GROUP), made.manifest("big"))
    file = pq.ParquetFile(next(workspace.data.rglob("incidents.parquet")))
    columns = {file.schema_arrow.field(n).name: n for n in range(len(file.schema_arrow))}
    since = (made.MONDAY - timedelta(days=28)).to_pydatetime()
    may = 0
    for group in range(file.num_row_groups):
        bounds = {
            name: file.metadata.row_group(group).column(columns[name]).statistics
            for name in ("from_at", "x_m", "y_m")
        }
        may += (
            bounds["from_at"].max >= since
            and bounds["x_m"].min < 132_000
            and bounds["x_m"].max >= 131_000
            and bounds["y_m"].min < 452_000
            and bounds["y_m"].max >= 451_000
        )
    assert file.num_row_groups >= 12
    assert may <= file.num_row_groups // 3


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give a workspace in which a third of the incidents moved, in place, time or type, in later versions."""
    workspace = Workspace.create(tmp_path_factory.mktemp("layout") / "town", Settings(town=Town(name="Proefstad")))
    draw = np.random.default_rng(2)
    frame = many(400).assign(version=1, known_at=made.MONDAY)
    publish_batch(workspace, frame, made.manifest("a0"))
    for number in (2, 3):
        some = frame.sample(150, random_state=number).assign(version=number)
        some["known_at"] = made.MONDAY + pd.Timedelta(days=number)
        some["x_m"] += draw.integers(-300, 300, 150) * 10.0
        some["from_at"] += pd.to_timedelta(draw.integers(-100, 100, 150), unit="D")
        some["to_at"] = some["from_at"] + made.HOUR
        some["crime_type"] = draw.choice(["home_burglary", "vandalism"], 150)
        publish_batch(workspace, some, made.manifest(f"a{number}"))
    return workspace


@settings(deadline=None, max_examples=40)
@given(
    st.none() | st.integers(0, 5),
    st.none() | st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.none() | st.tuples(st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 9000), st.integers(1, 9000)),
    st.sampled_from([(), ("vandalism",), ("home_burglary", "vandalism")]),
)
def test_what_is_asked_holds_for_the_version_that_counts(
    versions: Workspace,
    known_days: int | None,
    from_days: int | None,
    to_days: int | None,
    square: tuple[int, int, int, int] | None,
    crime_types: tuple[str, ...],
) -> None:
    rows = pd.concat([read_batch(versions, batch) for batch in ("a0", "a2", "a3")])
    now = made.MONDAY.to_pydatetime()
    known = None if known_days is None else now + timedelta(days=known_days, hours=1)
    if known is not None:
        rows = rows[rows["known_at"] < known]
    rows = rows.sort_values("version").drop_duplicates("incident_id", keep="last")
    from_at = None if from_days is None else now - timedelta(days=from_days)
    to_at = None if to_days is None else now - timedelta(days=to_days)
    rows = rows[rows["from_at"] >= from_at] if from_at else rows
    rows = rows[rows["from_at"] < to_at] if to_at else rows
    rows = rows[rows["crime_type"].isin(crime_types)] if crime_types else rows
    box = None
    if square is not None:
        west, south, wide, tall = 130_000.0 + square[0], 450_000.0 + square[1], *map(float, square[2:])
        box = (west, south, west + wide, south + tall)
        rows = rows[rows["x_m"].between(west, box[2], inclusive="left")]
        rows = rows[rows["y_m"].between(south, box[3], inclusive="left")]
    found = read_incidents(
        versions, crime_types=crime_types, known_before=known, from_at=from_at, to_at=to_at, box_m=box
    )
    expected = rows.sort_values(["from_at", "incident_id"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
