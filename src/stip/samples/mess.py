# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong between a police desk and a municipality: each fault planted on purpose, and written down."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import pandas as pd

from stip.samples.chance import chance
from stip.samples.police import HEADINGS

Row = dict[str, str]

_BEGIN, _END = "Begin-pleegdatum/tijd", "Eind-pleegdatum/tijd"


def _swapped_axes(row: Row) -> Row:
    return row | {"X": row["Y"], "Y": row["X"]}


def _decimal_comma(row: Row) -> Row:
    return row | {"X": f"{row['X']},40", "Y": f"{row['Y']},75"}


def _missing_end(row: Row) -> Row:
    return row | {_END: "", "Eind-pleegdag v/d week": "", "Eind-pleegdagdeel": ""}


def _multi_line(row: Row) -> Row:
    return row | {"Object": "Erf/Tuin/Balkon\nOpenbare Weg/-Water"}


def _trailing_spaces(row: Row) -> Row:
    padded = ("Incidentsoort code", "Incidentsoort", "Pleegstraatnaam", _BEGIN, "X")
    return row | {heading: f"{row[heading]}  " for heading in padded}


def _end_before_begin(row: Row) -> Row:
    later = pd.to_datetime(row[_END], format="%d-%m-%Y %H:%M:%S") + pd.Timedelta(hours=3)
    return row | {_BEGIN: later.strftime("%d-%m-%Y %H:%M:%S")}


def _missing_place(row: Row) -> Row:
    return row | {"X": "", "Y": ""}


def _unknown_code(row: Row) -> Row:
    return row | {"Incidentsoort code": "Z99", "Incidentsoort": "Overige Voorvallen"}


def _impossible_date(row: Row) -> Row:
    return row | {_BEGIN: "31-02-2026 25:10:00"}


def _far_away(row: Row) -> Row:
    return row | {"X": "0", "Y": "0"}


def _same(row: Row) -> Row:
    return dict(row)


# Faults that a good intake mends; share of rows.
MENDABLE: dict[str, tuple[Callable[[Row], Row], float]] = {
    "swapped_axes": (_swapped_axes, 0.004),
    "decimal_comma": (_decimal_comma, 0.005),
    "missing_end": (_missing_end, 0.012),
    "multi_line": (_multi_line, 0.010),
    "trailing_spaces": (_trailing_spaces, 0.012),
}
# Faults after which a row may well be refused; together below one row in forty.
GRAVE: dict[str, tuple[Callable[[Row], Row], float]] = {
    "missing_place": (_missing_place, 0.0060),
    "end_before_begin": (_end_before_begin, 0.0030),
    "unknown_code": (_unknown_code, 0.0030),
    "duplicate": (_same, 0.0020),
    "impossible_date": (_impossible_date, 0.0010),
    "far_away": (_far_away, 0.0010),
}
_FEW = 200


def make_a_mess(rows: pd.DataFrame, *, name: str, number: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Plant faults in the rows of one file.

    Parameters
    ----------
    rows : DataFrame of text under `stip.samples.police.HEADINGS`
    name : str
        Name of the file.
    number : int
        Which file it is: small files take turns with the grave faults, one or two each.

    Returns
    -------
    rows : DataFrame
        With faults; a duplicate comes right after its row.
    faults : DataFrame
        ``file``, ``row`` (from 0, in the file), ``number`` (of the incident), ``fault``.
    """
    rng = chance(seed, f"mess {name}")
    plan = _large(len(rows)) if len(rows) >= _FEW else _small(len(rows), number)
    hit = rng.permutation(len(rows))[: len(plan)]
    fault_of = dict(zip(hit.tolist(), plan, strict=False))
    ways = MENDABLE | GRAVE
    written: list[Row] = []
    faults: list[tuple[str, int, str, str]] = []
    for at, values in enumerate(rows[list(HEADINGS)].to_numpy(dtype=str).tolist()):
        row: Row = dict(zip(HEADINGS, values, strict=True))
        fault = fault_of.get(at)
        if fault == "duplicate":
            written.append(row)
        if fault is not None:
            faults.append((name, len(written), row["Incident Identificatie"], fault))
        written.append(ways[fault][0](row) if fault else row)
    table = pd.DataFrame(written, columns=list(HEADINGS), dtype=object)
    return table, pd.DataFrame(faults, columns=["file", "row", "number", "fault"])


def _large(size: int) -> list[str]:
    return [fault for fault, (_, share) in (MENDABLE | GRAVE).items() for _ in range(max(round(size * share), 1))]


def _small(size: int, number: int) -> list[str]:
    grave = list(GRAVE)
    turns = [grave[(2 * number + turn) % len(grave)] for turn in range(2 if size >= 55 else 1)]
    if number % len(MENDABLE) == 0:
        return [*turns, "multi_line", "missing_end", "trailing_spaces", "swapped_axes"]
    return [*turns, "multi_line", "missing_end", "trailing_spaces", "decimal_comma", list(MENDABLE)[number % 5]]


def as_csv(rows: pd.DataFrame) -> bytes:
    """Return the file as it is sent: semicolons, cp1252, quotes only where they must be."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(rows.columns)
    writer.writerows(rows.fillna("").astype(str).to_numpy(dtype=np.object_).tolist())
    return text.getvalue().encode("cp1252")
