# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv

from stip.intake.tables.cells import take_cells
from stip.intake.tables.lexer import cut_records


def columns_of(text: bytes, columns: int) -> tuple[list[pa.Array | None], bytes]:
    found = cut_records(
        np.frombuffer(bytearray(text), dtype=np.uint8),
        final=True,
        separator=ord(";"),
        columns=columns,
        header=np.empty(0, dtype=np.uint8),
        first_row=1,
        wanted=np.arange(columns),
    )
    return [take_cells(found.good, spans) for spans in found.spans], found.good.tobytes()


def test_cells_lose_the_marks_around_them() -> None:
    columns, _ = columns_of(b'1;"a;b\nc";\n2;;"d"\n', 3)
    assert [column.to_pylist() for column in columns if column is not None] == [["1", "2"], ["a;b\nc", ""], ["", "d"]]


def test_marks_inside_a_cell_are_left_to_a_reader_of_csv() -> None:
    columns, _ = columns_of(b'1;"a ""b"""\n2;c\n', 2)
    assert columns[1] is None


@given(
    st.binary(max_size=80).map(lambda text: bytes(b'ab;"\n\r;\n "'[byte % 10] for byte in text)), st.integers(1, 4)
)
def test_cells_are_what_a_reader_of_csv_reads(text: bytes, columns: int) -> None:
    found, good = columns_of(text, columns)
    names = [str(place) for place in range(columns)]
    if not good:
        return
    read = csv.read_csv(
        pa.py_buffer(good),
        read_options=csv.ReadOptions(column_names=names),
        parse_options=csv.ParseOptions(delimiter=";", newlines_in_values=True, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    for name, column in zip(names, found, strict=True):
        assert column is None or column.to_pylist() == read[name].to_pylist()
