# SPDX-License-Identifier: EUPL-1.2
"""Reading the figures that are out, each quarter on its own: one file that is broken hides no other quarter.

A folder counts when its name is a quarter and the facts in it say the same one, so that a copy counts nothing twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pandas.api.types import is_numeric_dtype

from stip.errors import SettingsError
from stip.publish.figures import FIGURE, State
from stip.publish.periods import Quarter
from stip.store import Workspace

BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, pa.ArrowException)
"""What reading a file raises that is not what it should be."""
_TEXTS = ("quarter", "run_id", "approved_at", "known_until", "method", "role")


@dataclass(frozen=True)
class Out:
    """A quarter that is out.

    Attributes
    ----------
    facts : dict
        What was written down beside it.
    figures : DataFrame that keeps the FIGURE contract
    """

    facts: dict[str, Any]
    figures: pd.DataFrame


def published_quarters(workspace: Workspace) -> list[Quarter]:
    """Return the quarters that are out, oldest first; one that cannot be read is out all the same."""
    return sorted(Quarter.named(folder.name) for folder in _folders(workspace.root / "published"))


def published_figures(published: Path) -> pd.DataFrame:
    """Return everything that is out, by the FIGURE contract; this is all that a public process can read.

    Parameters
    ----------
    published : Path
        The folder ``published``. A quarter that cannot be read is left out: see `unreadable_quarters`.
    """
    tables = [one.figures for one in map(_read, _folders(published)) if one is not None]
    empty = FIGURE.schema.empty_table().to_pandas()
    return pd.concat(tables, ignore_index=True) if tables else empty


def published_facts(published: Path) -> list[dict[str, Any]]:
    """Return what was written down beside each quarter that is out and can be read, oldest first."""
    return [one.facts for one in map(_read, _folders(published)) if one is not None]


def unreadable_quarters(published: Path) -> list[Quarter]:
    """Return the quarters that are out but cannot be read, oldest first."""
    return [Quarter.named(folder.name) for folder in _folders(published) if _read(folder) is None]


def readable_record(told: Any, quarter: str) -> bool:
    """Whether what was read is the evaluation of this quarter, with all that a page shows of it."""
    try:
        rows = [*told["types"], *([told["all"]] if told["all"] else [])]
        for row in rows:
            shares = [row[name]["share"] for name in ("outlook", "baseline")]
            numbers = [row[name]["figure"] for name in ("reported", "outlook", "baseline")]
            numbers += [share[name] for share in shares if share for name in ("share", "low", "high")]
            if not all(isinstance(number, int | float) for number in numbers):
                return False
            if not all(isinstance(row[name], str) for name in ("label", "verdict_label", "sentence")):
                return False
        parts = [told["work"], told["measure"], told["weeks_beside"]]
        texts = [told["label"], told["lacking"], told["method"]]
    except BROKEN:
        return False
    return (
        told["quarter"] == quarter
        and all(isinstance(part, dict) for part in parts)
        and all(isinstance(text, str) for text in texts)
    )


def _folders(published: Path) -> list[Path]:
    return sorted(
        file.parent for file in (published / "figures").glob("*/facts.json") if _is_quarter(file.parent.name)
    )


def _is_quarter(name: str) -> bool:
    try:
        Quarter.named(name)
    except SettingsError:
        return False
    return True


def _read(folder: Path) -> Out | None:
    try:
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        if not _fits(facts, folder.name):
            return None
        figures = pd.read_parquet(folder / "figures.parquet")
        if not _are_figures(figures, folder.name):
            return None
    except BROKEN:
        return None
    return Out(facts, figures)


def _are_figures(figures: pd.DataFrame, quarter: str) -> bool:
    return (
        list(figures.columns) == FIGURE.schema.names
        and all(is_numeric_dtype(figures[name]) for name in ("figure", "area_year"))
        and bool((figures["quarter"] == quarter).all() and figures["state"].isin(list(State)).all())
    )


def _fits(facts: Any, quarter: str) -> bool:
    for name in ("approved_at", "known_until"):
        datetime.fromisoformat(facts[name])
    labels = facts["labels"]
    return (
        facts["quarter"] == quarter
        and all(isinstance(facts[name], str) for name in _TEXTS)
        and isinstance(labels, dict)
        and all(isinstance(label, str) for label in labels.values())
    )
