# SPDX-License-Identifier: EUPL-1.2
"""The house keeps its own rules: front doors, file sizes, licence headers, no machine's paths or registries."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path.parent.name for path in (ROOT / "src" / "stip").glob("*/__init__.py"))


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("room", ROOMS)
def test_front_door_is_sorted_and_complete(room: str) -> None:
    door = importlib.import_module(f"stip.{room}")
    names = list(door.__all__)
    assert names == sorted(set(names), key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert [name for name in names if not hasattr(door, name)] == []


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in tracked("*.py", "*.ts")}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > 400} == {}
    assert len(lengths) > 20


def test_nobody_takes_the_day_of_now_by_utc() -> None:
    """Between midnight and two it is yesterday by UTC: `day_in_town` and `stip_web.workspaces.clock.today` know."""
    by_utc = re.compile(r"\bnow\([^()\n]*(\(\))?\)\.date\(\)")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked("src/*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if by_utc.search(line)
    ]
    assert found == []


def test_each_python_file_names_the_licence() -> None:
    bare = [
        path
        for path in tracked("*.py")
        if not path.read_text(encoding="utf-8").startswith("# SPDX-License-Identifier: EUPL-1.2")
    ]
    assert [str(path.relative_to(ROOT)) for path in bare if path.stat().st_size] == []


@pytest.mark.parametrize("pattern", ["*.toml", "*.yml", "*.yaml", "*.html", "Makefile", ".ci/*", ".editorconfig"])
def test_files_with_room_for_a_comment_name_their_licence_too(pattern: str) -> None:
    found = tracked(pattern)
    bare = [
        path for path in found if "SPDX-License-Identifier: EUPL-1.2" not in path.read_text(encoding="utf-8")[:200]
    ]
    assert [str(path.relative_to(ROOT)) for path in bare] == []


def test_nothing_names_a_registry_or_a_machine() -> None:
    # Written in parts, so that this file does not find itself.
    forbidden = re.compile(
        "|".join(
            [
                "py" + r"pi\.org",
                "python" + r"hosted\.org",
                "registry" + r"\.npmjs",
                "/wo" + "rk/(main|shared)",
                "/ro" + "ot/",
            ]
        )
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path.suffix not in {".png", ".parquet", ".gpkg"}
        for match in [forbidden.search(path.read_text(encoding="utf-8", errors="ignore"))]
        if match
    ]
    assert found == []


def test_tests_mirror_the_rooms() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert set(ROOMS) <= folders
