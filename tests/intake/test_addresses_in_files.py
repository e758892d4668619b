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
from stip.link import AddressBook, addresses_found
from stip.store import Workspace, batches, read_incidents


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
    assert batches(workspace)[0]["addresses"] == {"matched": 29, "unmatched": 1}


def test_how_addresses_were_found_reaches_the_report_of_links(workspace: Workspace, tmp_path: Path) -> None:
    places = {"straat": {"role": "street"}, "huisnummer": {"role": "house_number"}}
    headings = ("nummer", "soort", "begin", "straat", "huisnummer")
    agree(workspace, columns={name: COLUMNS[name] for name in headings[:3]} | places)
    book = AddressBook(
        pd.DataFrame(
            [("Oudegracht", "12", 136_500.0), ("Kerkstraat", "1", 137_000.0), ("Kerkstraat", "1", 139_000.0)],
            columns=["street", "house_number", "x_m"],
        ).assign(postcode=None, place_name=None, y_m=455_500.0)
    )
    lines = [line | {"straat": "Oudegracht", "huisnummer": "12"} for line in rows(30)]
    for number in (3, 4):
        lines[number] |= {"straat": "Kerkstraat", "huisnummer": "1"}
    lines[5] |= {"straat": "Nergensweg", "huisnummer": "7"}
    path = save(tmp_path / "f.csv", text(lines, headings=headings))
    read_incident_file(workspace, path, "proef", received_at=RECEIVED, addresses=book, accept_refused=True)
    told = addresses_found(batches(workspace)).to_dict("records")
    assert [(row["subject"], row["total"], row["matched"], row["ambiguous"], row["unmatched"]) for row in told] == [
        ("proef", 30, 27, 2, 1)
    ]


def test_a_file_with_points_only_counts_no_addresses(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    read_incident_file(workspace, save(tmp_path / "f.csv", text(rows(20))), "proef", received_at=RECEIVED)
    assert "addresses" not in batches(workspace)[0]


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
