# SPDX-License-Identifier: EUPL-1.2
"""The table of threats cannot lie: each row names a test that is there, and each letter of both lists has its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "threats.md"
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def rows(heading: str) -> list[list[str]]:
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return cells[2:]


STRIDE, LINDDUN = rows("The system (STRIDE)"), rows("The people in the data (LINDDUN)")


@pytest.mark.parametrize("row", [*STRIDE, *LINDDUN], ids=lambda row: row[1][:60])
def test_each_row_names_a_test_that_is_there(row: list[str]) -> None:
    letter, threat, where, holds, proof = row
    assert all((letter, threat, where, holds))
    named = PROOF.findall(proof)
    assert named
    assert PROOF.sub("", proof).strip() == "", "nothing but tests is a proof"
    for file, test in named:
        assert (ROOT / file).is_file(), file
        found = re.findall(r"^def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
        assert found, f"{file} tests nothing"
        assert not test or test in found, f"{file} has no {test}"


def test_both_lists_were_walked_whole() -> None:
    assert {row[0] for row in STRIDE} == set("STRIDE")
    assert {row[0] for row in LINDDUN} == set("LINDDUN")
    assert [row[0] for row in LINDDUN].count("N") == 2, "non-repudiation and non-compliance"


def test_where_is_a_place_that_the_page_explains() -> None:
    places = {"file", "workspace", "desk", "phone", "API", "out", "machine"}
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"**{place}**" in text for place in places)
    for row in [*STRIDE, *LINDDUN]:
        assert {place.strip() for place in row[2].split(",")} <= places, row


def test_every_test_of_this_room_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    room = ROOT / "tests" / "web" / "security"
    assert [file.name for file in room.glob("test_*.py") if f"tests/web/security/{file.name}" not in text] == []
