# SPDX-License-Identifier: EUPL-1.2
"""Incident files for tests: rows as text, an agreement about them, and the ways they can be written."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pyarrow as pa

from stip.agreements import Agreement
from stip.intake.values.asking import Asker
from stip.settings import write_toml
from stip.store import Workspace, write_text

RECEIVED = datetime(2026, 9, 7, 6, 30, tzinfo=UTC)
HEADINGS = ("nummer", "soort", "begin", "einde", "bekend", "x", "y")
COLUMNS = {
    "nummer": {"role": "incident_id"},
    "soort": {"role": "crime_code"},
    "begin": {"role": "from_at"},
    "einde": {"role": "to_at"},
    "bekend": {"role": "reported_at"},
    "x": {"role": "x"},
    "y": {"role": "y"},
}


def agreement(**changes: object) -> Agreement:
    """Return an agreement about files with `HEADINGS`."""
    facts: dict[str, object] = {
        "source": "proef",
        "title": "Proefbestand",
        "kind": "incidents",
        "purposes": ["stippenkaart"],
        "legal_basis": "Proef.",
        "valid_from": "2020-01-01",
        "valid_until": "2099-12-31",
        "retention_months": 1200,
        "precision_m": 10,
        "columns": COLUMNS,
    }
    return Agreement.model_validate(facts | changes)


def agree(workspace: Workspace, **changes: object) -> Agreement:
    """Put an agreement in a workspace."""
    made = agreement(**changes)
    write_text(workspace.agreements / f"{made.source}.toml", write_toml(made))
    return made


def without_end(workspace: Workspace) -> None:
    """Let the ready-made agreements hold, and reports be kept, as long as there are tests."""
    for file in workspace.agreements.glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace("valid_until = 2028", "valid_until = 2099")
        write_text(file, text.replace("retention_months = 60", "retention_months = 1200"))


def row(number: int = 1, **changes: str) -> dict[str, str]:
    """Return a row without faults: a bicycle theft in Utrecht on 1 September 2026."""
    good = {
        "nummer": f"PL{number:06d}",
        "soort": "A72",
        "begin": "01-09-2026 10:00:00",
        "einde": "01-09-2026 16:30:00",
        "bekend": "02-09-2026 09:15:00",
        "x": str(136_000 + number % 1000),
        "y": str(455_000 + number // 1000),
    }
    return good | changes


def rows(count: int, **changes: str) -> list[dict[str, str]]:
    """Return rows without faults; the day differs, so that the order of day and month can be found."""
    days = [f"{1 + n % 28:02d}-08-2026" for n in range(count)]
    return [
        row(
            n + 1,
            **({"begin": f"{day} 10:00:00", "einde": f"{day} 16:30:00", "bekend": f"{day} 20:15:00"} | changes),
        )
        for n, day in enumerate(days)
    ]


def text(lines: Sequence[Mapping[str, str]], *, headings: Sequence[str] = HEADINGS, separator: str = ";") -> str:
    """Return rows as text with separators."""
    written = [separator.join(headings)]
    written += [separator.join(line.get(heading, "") for heading in headings) for line in lines]
    return "\n".join(written) + "\n"


def save(path: Path, content: str | bytes, *, encoding: str = "utf-8") -> Path:
    """Write a file as it stands."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def workbook(path: Path, cells: Sequence[Sequence[object]], *, title: str = "Blad1") -> Path:
    """Write one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for line in cells:
        sheet.append(list(line))
    held = io.BytesIO()
    book.save(held)
    path.write_bytes(held.getvalue())
    return path


def column(*values: str | None) -> pa.Array:
    """Return a column of text."""
    return pa.array(values, pa.string())


@cache
def asking() -> Asker:
    """Return somebody to ask; one for all tests, for opening takes longer than asking."""
    return Asker()
