# SPDX-License-Identifier: EUPL-1.2
"""Questions about columns of text, answered by DuckDB in memory: nothing is written, and no message holds a value."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa


class Asker:
    """An in-memory DuckDB that reads no file, writes none, and is asked about one column at a time."""

    _made: duckdb.DuckDBPyConnection | None = None

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """Of the first question on; a file of which all dates are of one known form asks none."""
        if self._made is None:
            made = duckdb.connect()
            for setting in ("temp_directory = ''", "enable_external_access = false", "TimeZone = 'UTC'"):
                made.execute(f"set {setting}")
            self._made = made  # only when it is closed to the world
        return self._made

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
        if self._made is not None:
            self._made.close()
