# SPDX-License-Identifier: EUPL-1.2
"""Reports are read once: looking back masks what was read, exactly as reading as of then would give it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.test import Client

from stip.store import Workspace, publish_batch, read_incidents
from stip_web.dots import seen as reading

MONTH = timedelta(days=30)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what is read of the incidents."""
    found: list[str] = []
    for name in ("read_incidents", "read_versions"):
        real = getattr(reading, name)

        def counted(*args: Any, _real: Any = real, _name: str = name, **more: Any) -> Any:
            found.append(_name)
            return _real(*args, **more)

        monkeypatch.setattr(reading, name, counted)
    return found


@pytest.fixture
def corrected(own_site: Path) -> Workspace:
    """Give a town where a month after the fact thirty reports turn out to be of another type, week and place."""
    workspace = Workspace.open(own_site)
    incidents = read_incidents(workspace)
    last = incidents["known_at"].max()
    old = incidents[incidents["known_at"] < last - 4 * MONTH]
    some = old.iloc[:: max(1, len(old) // 30)].copy()
    types = list(incidents["crime_type"].unique())
    some["crime_type"] = pd.array(
        [types[0] if each != types[0] else types[1] for each in some["crime_type"]], "string"
    )
    some["known_at"] = some["known_at"] + MONTH
    some["version"] = (some["version"] + 1).astype("int32")
    some["batch_id"] = pd.array(["correct1"] * len(some), "string")
    publish_batch(workspace, some, {"batch_id": "correct1", "received_at": str(last)})
    again = some.iloc[::3].assign(version=lambda rows: (rows["version"] + 1).astype("int32"))
    again["known_at"] = again["known_at"] - 2 * MONTH  # a higher version that was known before the lower one
    again["batch_id"] = pd.array(["correct2"] * len(again), "string")
    publish_batch(workspace, again, {"batch_id": "correct2", "received_at": str(last)})
    return workspace


@pytest.mark.parametrize("fine", [True])
def test_looking_back_gives_what_was_read_as_of_then(fine: bool, corrected: Workspace) -> None:
    now = reading.see(corrected, fine=fine)
    assert now.earlier is not None
    assert now.earlier.n > 10
    for weeks in (0, 3, 12, 16, 18, 20, 26, 52):
        moment = now.known_until - timedelta(weeks=weeks) + timedelta(microseconds=1)  # type: ignore[operator]
        read = read_incidents(corrected, known_before=moment).assign(corrected_at=np.iinfo(np.int64).max)
        expected = reading._make(corrected, read, reading.read_areas(corrected), fine=fine, stamp="")
        found = [
            row
            for seen in (now, now.earlier)
            for row, counted in zip(_rows(seen), seen.counted_before(moment), strict=True)
            if counted
        ]
        assert sorted(found, key=str) == sorted(_rows(expected), key=str), weeks


def test_no_period_makes_the_site_read_again(
    as_role: Callable[[str], Client], own_site: Path, reads: list[str]
) -> None:
    fine, coarse = as_role("analyst"), as_role("policy")
    for week in range(1, 9):
        other = f"vergelijk_van=2025-{week:02d}-06&vergelijk_tot=2025-{week + 2:02d}-02"
        for client in (fine, coarse):
            assert client.get(f"/kaart/vergelijk.json?van=2026-03-30&tot=2026-04-26&{other}").status_code == 200
            assert client.get("/kaart/stippen.bin").status_code == 200
    assert reads.count("read_incidents") == 2
    assert reads.count("read_versions") <= 2


def _rows(seen: reading.Seen) -> list[tuple[object, ...]]:
    return [
        (*place, seen.kinds[kind], seen.area_codes[area], *rest)
        for place, kind, area, rest in zip(
            zip(seen.x_m.tolist(), seen.y_m.tolist(), strict=True),
            seen.kind.tolist(),
            seen.area.tolist(),
            zip(seen.day.tolist(), seen.hour.tolist(), seen.merged.tolist(), strict=True),
            strict=True,
        )
    ]
