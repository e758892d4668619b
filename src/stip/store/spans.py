# SPDX-License-Identifier: EUPL-1.2
"""What lies in a batch, in a few numbers beside it, so that a question about elsewhere need not open it.

A batch without them is always opened; so they may be missing, but never too narrow.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

SPAN_FILE = "span.json"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ("from_at", "known_at", "x_m", "y_m", "version")
_WHOLE = ("from_at", "known_at", "version")

Bounds = dict[str, tuple[Any, Any]]
"""The least and the most of a column that is asked about; None where there is no such end."""


def span_of(table: pa.Table) -> str:
    """Return the least and the most of each column that is asked about, as JSON; moments in microseconds."""
    ends = {}
    for name in _COLUMNS if table.num_rows else ():
        column = table[name].cast(pa.int64()) if name in _WHOLE else table[name]
        least_and_most = pc.min_max(column)
        ends[name] = [least_and_most["min"].as_py(), least_and_most["max"].as_py()]
    return json.dumps(ends)


def may_hold(files: Sequence[str], bounds: Bounds) -> list[str]:
    """Return the files of batches that may hold something within the bounds, both ends included."""
    asked = {name: (_number(least), _number(most)) for name, (least, most) in bounds.items()}
    return [file for file in files if _overlaps(_span(Path(file).parent / SPAN_FILE), asked)]


def _span(file: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):  # without it, or with half of it, the batch itself tells
        found = json.loads(file.read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


def _overlaps(span: dict[str, Any], asked: Bounds) -> bool:
    for name, (least, most) in asked.items():
        if name in span:
            low, high = span[name]
            if (least is not None and high < least) or (most is not None and low > most):
                return False
    return True


def _number(end: Any) -> Any:
    return (end - _EPOCH) // timedelta(microseconds=1) if isinstance(end, datetime) else end
