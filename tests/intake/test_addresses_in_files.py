# SPDX-License-Identifier: EUPL-1.2
"""An address becomes a point inside the gate, and goes no further."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from intake.incident_files import COLUMNS, HEADINGS, RECEIVED, agree, rows, save, text
from stip.errors import FileError
from stip.intake import read_incident_file
from stip.store import Workspace, read_incidents


class Book:
    """Knows one address."""

    def __init__(self) -> None:
        self.asked: list[pd.DataFrame] = []

    def resolve(self, addresses: pd.DataFrame) -> pd.DataFrame:
        self.asked.append(addresses)
        known = addresses["street"].eq("Oudegracht").fillna(False).to_numpy(dtype=bool)
        return pd.DataFrame(
            {
                "x_m": np.where(known, 136_500.0, np.nan),
                "y_m": np.where(known, 455_500.0, np.nan),
                "quality": np.where(known, "matched", "unmatched"),
            },
            index=addresses.index,
        )


def test_addresses_become_points_and_go_no_further(workspace: Workspace, tmp_path: Path) -> None:
    places = {"straat": {"role": "street"}, "huisnummer": {"role": "house_number"}}
    agree(workspace, columns={name: COLUMNS[name] for name in ("nummer", "soort", "begin")} | places)
    lines = [line | {"straat": "Oudegracht", "huisnummer": "12"} for line in rows(30)]
    lines[3] |= {"straat": "Nergensstraat"}
    path = save(tmp_path / "f.csv", text(lines, headings=("nummer", "soort", "begin", "straat", "huisnummer")))
    with pytest.raises(FileError, match="heeft adressen en geen punten"):
        read_incident_file(workspace, path, "proef", received_at=RECEIVED)
    report = read_incident_file(workspace, path, "proef", received_at=RECEIVED, addresses=Book())
    assert [(count.rule.code, count.first_rows) for count in report.refused_rules] == [("address_unknown", (5,))]
    assert set(read_incidents(workspace)["x_m"]) == {136_505.0}


def test_an_address_helps_where_the_point_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace, columns=COLUMNS | {"straat": {"role": "street"}})
    lines = [line | {"straat": "Oudegracht"} for line in rows(30)]
    lines[3] |= {"x": ""}
    lines[4] |= {"x": "0", "y": "0"}
    book = Book()
    path = save(tmp_path / "f.csv", text(lines, headings=(*HEADINGS, "straat")))
    report = read_incident_file(workspace, path, "proef", received_at=RECEIVED, addresses=book)
    assert [(count.rule.code, count.rows) for count in report.repaired_rules] == [("place_of_address", 2)]
    assert [len(asked) for asked in book.asked] == [2]
