# SPDX-License-Identifier: EUPL-1.2
"""Everything that can be read in the files of a folder, decoded: what a scan for what may not be there looks in."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq


def decoded(file: Path) -> list[str]:
    """Return the texts in a file: its name, its bytes, and what stands in it when it is Parquet or a workbook."""
    texts = [file.read_bytes().decode("utf-8", errors="ignore"), file.name]
    if file.suffix == ".parquet":
        texts.append(str(pq.read_schema(file).metadata))
        table = pq.read_table(file)
        texts += table.column_names
        for column in table.columns:
            nested = pa.types.is_nested(column.type)  # values of which Arrow cannot tell the different ones
            texts += map(str, (column if nested else column.unique()).to_pylist())
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as package:
            texts += [package.read(name).decode("utf-8", errors="ignore") for name in package.namelist()]
        sheets = openpyxl.load_workbook(file).worksheets
        texts += [str(cell) for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line]
    return texts


def found_in(folder: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return the files in which a pattern is found."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [str(file) for file in files if pattern.search("\n".join(decoded(file)))]
