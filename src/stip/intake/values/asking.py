# SPDX-License-Identifier: EUPL-1.2
"""Questions about columns of text, answered by DuckDB in memory: nothing is written, and no message holds a value."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa


class Asker:
    """An in-memory DuckDB that reads no file, writes none, and is asked about one column at a time."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        for setting in ("temp_directory = ''", "enable_external_access = false", "TimeZone = 'UTC'"):
            self._connection.execute(f"set {setting}")

    def ask(self, query: str, column: pa.Array, *parameters: Any) -> pa.Table:
        """Answer a query about the text ``v`` of the table ``cells``, in the order of the rows."""
        with_place = pa.table({"v": column})
        self._connection.register("cells", with_place)
        try:
            return self._connection.sql(query, params=list(parameters)).to_arrow_table()
        finally:
            self._connection.unregister("cells")

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()
