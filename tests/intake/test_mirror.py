# SPDX-License-Identifier: EUPL-1.2
"""The tests lie as the modules lie, and the door of the room is the only way in from outside."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
SOURCE = TESTS.parents[1] / "src" / "stip"


def test_each_test_lies_where_its_module_lies() -> None:
    found = {path.relative_to(TESTS) for path in TESTS.glob("*/test_*.py")}
    meant = {path.relative_to(SOURCE / "intake") for path in (SOURCE / "intake").glob("*/*.py")}
    assert {path for path in found if path.with_name(path.name.removeprefix("test_")) not in meant} == set()
    assert len(found) > 30


def test_other_rooms_come_in_by_the_door() -> None:
    inside = re.compile(r"^\s*(from|import) stip\.intake\.", re.MULTILINE)
    others = [path for path in SOURCE.rglob("*.py") if SOURCE / "intake" not in path.parents]
    assert [path.name for path in others if inside.search(path.read_text(encoding="utf-8"))] == []
    assert len(others) > 100
