# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pytest

from intake.incident_files import save
from stip.errors import FileError
from stip.intake.tables import delimited, encoding
from stip.intake.tables.delimited import DelimitedTable
from stip.intake.tables.table import Block


def known(heading: str) -> bool:
    return heading in {"nummer", "soort"}


def read(path: Path, **wanted: int) -> tuple[DelimitedTable, list[Block]]:
    table = DelimitedTable(path, known=known)
    return table, list(table.blocks(wanted))


def cells(blocks: list[Block], name: str) -> list[str]:
    return [cell for block in blocks for cell in block.table[name].to_pylist()]


def test_only_wanted_columns_are_read(tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", "nummer;naam;soort\n1;Jansen;A72\n2;Pieters;A10\n")
    table, blocks = read(path, kind=2, id=0)
    assert blocks[0].table.column_names == ["kind", "id"]
    assert cells(blocks, "kind") == ["A72", "A10"]
    assert blocks[0].rows.tolist() == [2, 3]
    assert table.headings == ["nummer", "naam", "soort"]


def test_small_pieces_give_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f'{n};"regel\n{n}";A{n % 90 + 10}' for n in range(400)]
    path = save(tmp_path / "f.csv", "nummer;tekst;soort\n" + "\n".join([*lines, "stuk", "", "1;2;3"]))
    whole_table, whole = read(path, id=0, text=1)
    monkeypatch.setattr(encoding, "_PIECE", 97)
    table, pieces = read(path, id=0, text=1)
    assert len(pieces) > 50
    assert cells(pieces, "text") == cells(whole, "text")
    assert [row for block in pieces for row in block.rows.tolist()] == whole[0].rows.tolist()
    assert [row for block in pieces for row in block.ragged.tolist()] == whole[0].ragged.tolist() == [402]
    assert table.facts == whole_table.facts
    assert pieces[-1].done == 1.0


def test_what_was_mended_is_told(tmp_path: Path) -> None:
    path = save(tmp_path / "f.csv", 'Titel\nnummer;soort\n1;"t Hof\n\n2;"a\nb"\n3;A;;\nnummer;soort\n')
    table, blocks = read(path, id=0, kind=1)
    assert cells(blocks, "kind") == ["'t Hof", "a\nb", "A"]
    assert blocks[0].header_again.tolist() == [7]
    told = " ".join(table.facts)
    for words in ("kopregel is regel 2", "gelezen: 1", "één regel: 1", "overgeslagen: 1", "het eind: 1"):
        assert words in told


def test_a_last_line_without_end_is_told(tmp_path: Path) -> None:
    for text, told in (("nummer;soort\n1;A72", True), ("nummer;soort\n1;A72\n", False)):
        for encoding_name in ("utf-8", "utf-16"):
            table, _ = read(save(tmp_path / "f.csv", text, encoding=encoding_name), id=0)
            assert any("geen regeleinde" in fact for fact in table.facts) == told


def test_a_cell_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_PIECE", 100)
    monkeypatch.setattr(delimited, "_LONGEST_RECORD", 250)
    path = save(tmp_path / "f.csv", "nummer;soort\n1;A72\n2;" + "x" * 2000)
    with pytest.raises(FileError, match="na rij 2 geen regeleinde"):
        read(path, id=0)


def test_headings_without_rows(tmp_path: Path) -> None:
    _, blocks = read(save(tmp_path / "f.csv", "nummer;soort\n"), id=0)
    assert sum(len(block.rows) for block in blocks) == 0
