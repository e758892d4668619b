# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from stip.errors import SettingsError, WorkspaceError
from stip.store import Run, Workspace, fingerprint, freeze_run, latest_run, open_run, run_id_of, runs_of
from store import made


def freeze(workspace: Workspace, number: int = 1, *, week: str = "2026-W37", rows: int = 9) -> Run:
    return freeze_run(
        workspace,
        kind="outlook",
        week=week,
        settings={"seed": 7},
        inputs={"n": str(number)},
        tables={"outlook": made.result(rows)},
        notes={"until": date(2026, 9, 7)},
    )


def test_the_same_question_finds_the_run_that_answered_it(workspace: Workspace) -> None:
    run = freeze(workspace)
    again = freeze(workspace, rows=3)
    assert again.facts == run.facts
    assert len(again.table("outlook")) == 9
    assert run.run_id == run_id_of("outlook", "2026-W37", {"seed": 7}, {"n": "1"})
    assert (run.week, run.notes) == ("2026-W37", {"until": "2026-09-07"})
    assert [one.run_id for one in runs_of(workspace, "outlook")] == [run.run_id]


def test_runs_by_week_and_kind_oldest_first(workspace: Workspace) -> None:
    later, earlier = freeze(workspace, 1, week="2026-W38"), freeze(workspace, 2)
    assert [run.run_id for run in runs_of(workspace, "outlook")] == [earlier.run_id, later.run_id]
    assert [run.run_id for run in runs_of(workspace, "outlook", "2026-W38")] == [later.run_id]
    assert runs_of(workspace, "plan") == []
    newest = latest_run(workspace, "outlook")
    assert newest is not None
    assert newest.run_id == later.run_id
    assert latest_run(workspace, "plan") is None


@pytest.mark.parametrize("week", ["*", "2026-W*", "../x", "2026-W54"])
def test_runs_are_not_looked_for_in_what_is_no_week(workspace: Workspace, week: str) -> None:
    freeze(workspace)
    with pytest.raises(SettingsError, match="is geen week"):
        latest_run(workspace, "outlook", week)


def test_runs_made_right_after_each_other_keep_their_order(workspace: Workspace) -> None:
    made = [freeze(workspace, number).run_id for number in range(6)]
    assert [run.run_id for run in runs_of(workspace, "outlook")] == made


@pytest.mark.parametrize("name", ["outlook.parquet", "run.json"])
def test_any_changed_byte_is_seen(workspace: Workspace, name: str) -> None:
    run = freeze(workspace)
    assert run.intact()
    path = run.folder / name
    content = path.read_bytes()
    place = content.index(b'"seed": 7') + 8 if name == "run.json" else len(content) // 2
    changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    path.write_bytes(changed)
    assert not open_run(run.folder).intact()
    path.write_bytes(content)
    assert open_run(run.folder).intact()


def test_a_table_that_went_or_came_is_seen(workspace: Workspace) -> None:
    run = freeze(workspace)
    extra = run.folder / "extra.parquet"
    extra.write_bytes((run.folder / "outlook.parquet").read_bytes())
    assert not run.intact()
    extra.unlink()
    (run.folder / "outlook.parquet").unlink()
    assert not run.intact()
    with pytest.raises(WorkspaceError, match="heeft geen tabel ‘outlook’"):
        run.table("outlook")


def test_what_cannot_be_opened_ends_in_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="geen uitkomst"):
        open_run(workspace.root / "runs" / "2026-W37" / "outlook" / "x")
    run = freeze(workspace)
    (run.folder / "outlook.parquet").write_bytes(b"PAR1")
    with pytest.raises(WorkspaceError, match="outlook.parquet is niet te lezen"):
        run.table("outlook")
    for text in ("{", json.dumps([1]), "{}"):
        (run.folder / "run.json").write_text(text)
        with pytest.raises(WorkspaceError, match="run.json is niet te lezen.*stip doctor"):
            runs_of(workspace, "outlook")


def test_the_fingerprint_sees_every_value_the_order_and_the_names() -> None:
    frame = pd.DataFrame({"a": [1, 2], "t": ["x", None], "cells": [[1, 2], [3]]})
    others = [
        frame.assign(a=[1, 3]),
        frame.iloc[::-1],
        frame.rename(columns={"a": "b"}),
        frame[["t", "a", "cells"]],
        frame.assign(cells=[[1, 2], [4]]),
        frame.assign(cells=[[1], [2, 3]]),
        frame.assign(t=["x", "y"]),
        frame.head(1),
    ]
    prints = [fingerprint(one) for one in [frame, *others]]
    assert len(set(prints)) == len(prints)
    assert fingerprint(frame) == fingerprint(frame.copy())
    assert fingerprint(frame, frame) != fingerprint(frame)


def test_the_fingerprint_survives_a_round_trip(tmp_path: Path) -> None:
    frame = pd.DataFrame({"cells": [[1, 2], [3]], "reasons": [["a"], []], "x": [1.5, np.nan]})
    frame.to_parquet(tmp_path / "t.parquet")
    assert fingerprint(pd.read_parquet(tmp_path / "t.parquet")) == fingerprint(frame)


def test_long_lists_and_shapes_count_in_full() -> None:
    long = list(range(5000))
    assert fingerprint(pd.DataFrame({"c": [np.array(long)]})) != fingerprint(
        pd.DataFrame({"c": [np.array([*long[:2500], 0, *long[2501:]])]})
    )
    here, there = (gpd.GeoDataFrame(geometry=[Point(1, y)], crs="EPSG:28992") for y in (2, 3))
    assert fingerprint(here) != fingerprint(there)


@given(st.lists(st.lists(st.integers(-(2**62), 2**62), max_size=4), min_size=1, max_size=6))
def test_lists_and_arrays_have_the_same_print(lists: list[list[int]]) -> None:
    arrays = [np.array(one, dtype=np.int64) for one in lists]
    assert fingerprint(pd.DataFrame({"c": lists})) == fingerprint(pd.DataFrame({"c": arrays}))
