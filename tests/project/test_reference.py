# SPDX-License-Identifier: EUPL-1.2
"""The reference pages say what the code says, and every document that is promised is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
assert _spec is not None and _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)


@pytest.mark.parametrize("file", sorted(reference.PAGES))
def test_reference_page_is_up_to_date(file: str) -> None:
    written = (ROOT / "docs" / "reference" / file).read_text(encoding="utf-8")
    assert written == reference.PAGES[file](), "run `make reference` and commit what changed"


def test_every_setting_is_told_in_words() -> None:
    page = reference.settings_page() + reference.agreements_page()
    untold = re.findall(r"### `(\w+)`\n\n\*", page)
    assert untold == []


def test_every_command_has_a_help_text() -> None:
    page = reference.commands_page()
    commands = re.findall(r"## `(stip [^`]+)`\n\n```text\n(.*?)\n```", page, re.DOTALL)
    assert len(commands) > 10
    silent = [
        name
        for name, help_text in commands
        if len(help_text.splitlines()) < 3 or not help_text.splitlines()[2].strip()
    ]
    assert silent == []


def test_the_readme_names_only_commands_that_exist() -> None:
    page = reference.commands_page()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = set(re.findall(r"## `stip ([^`]+)`", page))
    used = re.findall(r"^stip ([a-z]+(?: [a-z]+)?)", readme, re.MULTILINE)
    assert used
    assert [words for words in used if words not in known and words.split()[0] not in known] == []
