# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from stip.errors import FileError
from stip.intake.tables.separators import SEPARATORS, find_layout


def known(heading: str) -> bool:
    return heading in {"nummer", "soort", "x"}


@pytest.mark.parametrize("separator", list(SEPARATORS))
def test_each_separator_is_found(separator: str) -> None:
    text = separator.join(["nummer", "soort", "x"]) + "\n" + separator.join(["1", "A72", "1;,|"]) + "\n"
    found = find_layout(text.encode(), known=known, name="f.csv")
    assert (found.separator, found.headings) == (separator, ["nummer", "soort", "x"])


def test_lines_above_the_headings_are_skipped() -> None:
    text = b"Uitvoer, gemaakt op maandag\n\nnummer;soort;x;y\n1;A72;3;4\n"
    found = find_layout(text, known=known, name="f.csv")
    assert (found.separator, found.skipped, found.headings) == (";", 2, ["nummer", "soort", "x", "y"])


def test_the_separator_may_be_told() -> None:
    found = find_layout(b"sep=,\na,b;c\n1,2\n3,4\n", known=known, name="f.csv")
    assert (found.separator, found.skipped, found.headings) == (",", 1, ["a", "b;c"])


def test_empty_headings_at_the_end_do_not_count() -> None:
    assert find_layout(b"nummer;soort;;\n1;2;;\n", known=known, name="f.csv").headings == ["nummer", "soort"]


def test_without_known_headings_the_width_decides() -> None:
    found = find_layout(b"Lijst\na|b|c\n1|2|3\n4|5|6\n", known=known, name="f.csv")
    assert (found.separator, found.headings) == ("|", ["a", "b", "c"])


def test_quoted_headings_may_hold_separators() -> None:
    found = find_layout(b'nummer;"soort; de code";x\n1;2;3\n', known=known, name="f.csv")
    assert found.headings == ["nummer", "soort; de code", "x"]


def test_one_line_without_end_is_not_called_empty() -> None:
    with pytest.raises(FileError, match=r"^f\.csv is niet in rijen te verdelen: een regel of cel is te lang"):
        find_layout(b"x" * 1_000_000, known=known, name="f.csv")


@pytest.mark.parametrize("content", [b"\n\n  \n\t\n", b"sep=;\n", b"\n" * 200_000])
def test_nothing_but_empty_lines_is_refused(content: bytes) -> None:
    with pytest.raises(FileError, match="is leeg"):
        find_layout(content, known=known, name="f.csv")
