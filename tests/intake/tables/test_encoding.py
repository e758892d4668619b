# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.incident_files import save
from stip.intake.tables.encoding import find_encoding, utf8_pieces

DUTCH = "naam;plaats\nCafé De Ruïne;’s-Gravenhage\nReünie;Ophemert\ncoördinaat;Écluse\n"


def read(path: Path) -> str:
    return b"".join(piece for piece, _ in utf8_pieces(path, find_encoding(path))).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_each_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    assert read(save(tmp_path / "f.csv", DUTCH, encoding=encoding)) == DUTCH


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "mac_roman"])
def test_encodings_from_before_windows_are_found(tmp_path: Path, encoding: str) -> None:
    text = DUTCH.replace("’", "'")
    assert read(save(tmp_path / "f.csv", text, encoding=encoding)) == text


def test_a_few_bad_bytes_do_not_make_it_another_encoding(tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", (DUTCH * 3).encode() + b"Caf\xe9\n")
    found = find_encoding(path)
    assert (found.codec, found.unreadable) == ("utf-8", 1)
    assert any("1 tekens zijn niet te lezen" in fact for fact in found.facts)
    assert read(path) == DUTCH * 3 + "Caf\ufffd\n"


def test_empty_bytes_are_left_out_and_told(tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", b"a;b\n1;\0002\n" + b"\0" * 2)
    assert read(path) == "a;b\n1;2\n"
    assert any("3 lege bytes" in fact for fact in find_encoding(path).facts)


def test_a_sign_cut_in_two_at_the_end_is_told(tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", DUTCH.encode() + "é".encode()[:1])
    assert read(path) == DUTCH + "\ufffd"
    assert find_encoding(path).unreadable == 1


@given(st.text(alphabet="aë;é\n€ü1", min_size=1, max_size=80))
def test_utf8_is_never_taken_for_something_else(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = save(tmp_path_factory.mktemp("e") / "f.csv", text)
    assert read(path) == text
