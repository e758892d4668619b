# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv

from stip.intake.tables import lexer
from stip.intake.tables.lexer import HEADER_AGAIN, RAGGED, Cut, cut_records


def cut(
    text: bytes, columns: int, *, final: bool = True, header: bytes = b"", separator: str = ";"
) -> tuple[Cut, bytes, list[int], list[int], list[int]]:
    found, good, rows, broken, kinds, _ = cut_records(
        np.frombuffer(bytearray(text), dtype=np.uint8),
        final=final,
        separator=ord(separator),
        columns=columns,
        header=np.frombuffer(header, dtype=np.uint8),
        first_row=1,
        wanted=np.arange(columns),
    )
    return found, good.tobytes(), rows.tolist(), broken.tolist(), kinds.tolist()


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    found, good, rows, broken, kinds = cut(b"a;b\r\n\r\n1;2\r3\n;\n4;5", 2, header=b"a;b")
    assert good == b"1;2\n4;5\n"
    assert rows == [3, 6]
    assert (broken, kinds) == ([1, 4], [HEADER_AGAIN, RAGGED])
    assert (found.blank, found.next_row) == (2, 7)


def test_empty_cells_too_many_are_cut_and_others_refused() -> None:
    found, good, rows, broken, _ = cut(b"1;2;;\n1;2;;x\n1\n", 2)
    assert (good, rows, broken, found.cut_short) == (b"1;2\n", [1], [2, 3], 1)


def test_a_quoted_cell_may_hold_lines_and_separators() -> None:
    found, good, rows, _, _ = cut(b'1;"a;""b""\nc";2\n3;4;5\n', 3)
    assert good == b'1;"a;""b""\nc";2\n3;4;5\n'
    assert (rows, found.over_lines) == ([1, 2], 1)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (b'1;"t Hof;2\n3;4;5\n6;7;8\n', [1, 2, 3]),  # never closed
        (b'1;"t Hof;2\n3;4;5\n6;"x";8\n', [1, 2, 3]),  # closed by a quote that opens another cell
        (b'1;"t Hof;2\n' + b"3;4;5\n" * 500 + b'6;7;"\n', list(range(1, 503))),  # closed much later
    ],
)
def test_a_lone_quote_swallows_no_rows(text: bytes, kept: list[int]) -> None:
    found, _, rows, broken, _ = cut(text, 3)
    assert (rows, broken) == (kept, [])
    assert found.mended >= 1


def test_a_piece_that_ends_half_way_waits_for_the_rest() -> None:
    for half in (b"1;2\n3;", b"1;2\n3;4", b'1;2\n"3\n', b'1;2\n"3"', b"1;2\n3;4\r"):
        found, good, rows, _, _ = cut(half, 2, final=False)
        assert (found.consumed, good, rows) == (4, b"1;2\n", [1])


signs = st.text(alphabet='ab;"\n\r \té', max_size=6)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(signs, min_size=width, max_size=width), min_size=1, max_size=8)
)


@given(tables)
def test_what_a_csv_writer_wrote_is_read_back(table: list[list[str]]) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    found, good, rows, broken, _ = cut(held.getvalue().encode(), len(table[0]))
    kept = [line for line in table if any(line)]
    assert (len(rows), broken, found.mended) == (len(kept), [], 0)
    if kept:
        names = [str(place) for place in range(len(table[0]))]
        read = arrow_csv.read_csv(
            pa.py_buffer(good),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(delimiter=";", newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
        assert [list(line.values()) for line in read.to_pylist()] == kept


noise = st.binary(max_size=60).map(lambda text: bytes(b'ab;"\n\r;\n '[byte % 9] for byte in text))


@given(noise, st.integers(1, 4))
def test_each_record_is_good_broken_or_blank(text: bytes, columns: int) -> None:
    found, good, rows, broken, _ = cut(text, columns)
    assert found.consumed == len(text)
    assert found.next_row - 1 == len(rows) + len(broken) + found.blank
    assert sorted(rows + broken) == sorted(set(rows + broken))
    if rows:
        names = [str(place) for place in range(columns)]
        read = arrow_csv.read_csv(
            pa.py_buffer(good),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(delimiter=";", newlines_in_values=True, ignore_empty_lines=False),
        )
        assert read.num_rows == len(rows)


@given(noise, st.integers(1, 4), st.integers(0, 60))
def test_cutting_in_pieces_gives_the_same_records(text: bytes, columns: int, at: int) -> None:
    whole = cut(text, columns)
    first = cut(text[:at], columns, final=False)
    rest = cut(text[first[0].consumed :], columns)
    assert first[1] + rest[1] == whole[1]
    assert first[0].blank + rest[0].blank == whole[0].blank


@settings(max_examples=60)
@given(noise, st.integers(1, 4), st.booleans())
def test_no_index_runs_out_of_bounds(text: bytes, columns: int, final: bool) -> None:
    """The compiled lexer checks no bounds; the same code run by Python does."""
    compiled = lexer.next_record
    array = np.frombuffer(bytearray(text), dtype=np.uint8)
    place = 0
    while place < len(text):
        by_python, by_numba = np.zeros(columns, dtype=np.int64), np.zeros(columns, dtype=np.int64)
        plain = compiled.py_func(array.copy(), place, len(text), final, ord(";"), columns, by_python)
        assert plain == compiled(array.copy(), place, len(text), final, ord(";"), columns, by_numba)
        assert by_python.tolist() == by_numba.tolist()
        if plain[1] < 0:
            break
        place = plain[1]
