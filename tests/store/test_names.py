# SPDX-License-Identifier: EUPL-1.2
"""A path where a name belongs leads nowhere: nothing outside its folder is read, written or removed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stip.agreements import load_agreement
from stip.errors import StipError
from stip.store import Workspace, read_batch, read_layer, runs_of, undo_batch, write_layer

ESCAPES = [
    "../uit",
    "../../uit",
    "/etc/passwd",
    "layers/../../uit",
    "..",
    ".",
    "",
    "a\x00b",
    "*",
    "[a-z]*",
    "x" * 300,
]
ESCAPES = ["../uit", "../../uit", "/etc/passwd", "a/../../uit", "..", ".", "", "a\x00b", "*", "[a-z]*", "x" * 300]
names = st.sampled_from(ESCAPES) | st.text(alphabet="./\\a*?[]\x00", max_size=8) | st.text(max_size=12)


def layer(name: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "layer": [name],
            "feature_id": ["1"],
            "value": [1.0],
            "category": [None],
            "observed_on": pd.array([pd.NaT], "datetime64[us]"),
            "source": ["proef"],
        },
        geometry=[shapely.Point(1, 1)],
        crs="EPSG:28992",
    )


def everything(workspace: Workspace) -> dict[str, bytes]:
    """Give what lies in the workspace and beside it, without the lock."""
    files = (path for path in workspace.root.parent.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path): path.read_bytes() for path in files if path.name != ".lock"}


@given(name=names)
@example(name="2000-W01")
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_leads_out_of_its_folder(name: str, workspace: Workspace) -> None:
    outside = workspace.root / "uit.parquet"
    if not outside.exists():
        layer("uit").to_parquet(outside)
    before = everything(workspace)
    with pytest.raises(StipError):
        read_layer(workspace, name)
    with pytest.raises(StipError):
        read_batch(workspace, name)
    with pytest.raises(StipError):
        undo_batch(workspace, name, at=datetime(2026, 9, 7, tzinfo=UTC), reason="Proef.")
    with pytest.raises(StipError):
        load_agreement(workspace, name)
    if name and not re.fullmatch(r"[0-9]{4}-W[0-9]{2}", name):  # a week is a good name
        with pytest.raises(StipError):
            runs_of(workspace, "plan", name)
    assert everything(workspace) == before


@pytest.mark.parametrize("name", ["../uit", "../../uit", "a/b"])
def test_a_layer_is_not_written_outside(name: str, workspace: Workspace) -> None:
    before = everything(workspace)
    with pytest.raises(StipError):
        write_layer(workspace, layer(name))
    assert everything(workspace) == before
