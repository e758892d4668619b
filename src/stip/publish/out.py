# SPDX-License-Identifier: EUPL-1.2
"""Reading the figures that are out, each quarter on its own: one file that is broken hides no other quarter.

A folder counts when its name is a quarter and the facts in it say the same one, so that a copy counts nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stip.errors import SettingsError, StipError
from stip.publish.figures import AREA, FIGURE, TOWN, State
from stip.publish.periods import Quarter
from stip.publish.rounding import BASE
from stip.publish.told import BROKEN, QUARTER_FACTS, read_told
from stip.store import Workspace
from stip.store.reading import read_parquet


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
        facts = read_told(folder / "facts.json", QUARTER_FACTS)
        table = read_parquet(folder / "figures.parquet", FIGURE.schema)
        table.validate(full=True)
    except (*BROKEN, StipError):
        return None
    figures = table.to_pandas()
    return Out(facts, figures) if facts["quarter"] == folder.name and _are_figures(figures, folder.name) else None


def _are_figures(figures: pd.DataFrame, quarter: str) -> bool:
    """Tell whether a table of the right columns holds rounded figures where they may be shown, and only there."""
    figure, texts = figures["figure"], figures[["area_code", "crime_type"]]
    told = figure.dropna()
    return bool(
        not figures.drop(columns="figure").isna().any(axis=None)
        and (texts != "").all(axis=None)
        and (figures["quarter"] == quarter).all()
        and figures["level"].isin([TOWN, AREA]).all()
        and figures["state"].isin(list(State)).all()
        and (figure.notna() == (figures["state"] == State.PUBLISHED)).all()
        and (told >= 0).all()
        and (told % BASE == 0).all()
        and not figures.duplicated(list(FIGURE.key)).any()
    )
