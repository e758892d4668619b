# SPDX-License-Identifier: EUPL-1.2
"""What stands beside an outlook: the count that was frozen with it, or another plain count of what was known then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import HistoryError
from stip.outlook import inputs_of, make_forecasters, model_label, read_history, rolling
from stip.store import Run, Workspace
from stip_web.outlooks.keys import Unchanged

BESIDE = ("same_season_last_year", "recent_mean", "last_52_weeks", "long_run")
"""Plain counts that somebody can put beside the outlook; the one that was frozen with it is there always."""

_READ = ("data/incidents", "data/cells.parquet", "data/features.parquet", "decisions/pause")


@dataclass(frozen=True, eq=False)
class Beside:
    """A plain count beside an outlook.

    Attributes
    ----------
    name, label : str
    expected : Series of float, indexed by cell
        Of the crime types asked, together.
    note : str
        What must be known of it, in Dutch; empty when nothing must.
    """

    name: str
    label: str
    expected: pd.Series[float]
    note: str = ""


def choices(run: Run) -> dict[str, str]:
    """Give what can stand beside this outlook: name and label, the frozen one first."""
    names = dict.fromkeys((str(run.notes["baseline"]), *BESIDE))
    return {name: model_label(name) for name in names}


def beside(workspace: Workspace, run: Run, name: str, crime_types: tuple[str, ...]) -> Beside:
    """Give a plain count: the frozen one as it was frozen, another counted on what was known on that Monday.

    When the reports of then are gone, because their retention is over, the frozen one stands in and the note says so.
    """
    frozen = str(run.notes["baseline"])
    if name in ("", frozen):
        return _frozen(run, frozen, crime_types)
    try:
        table, same = _counted(
            Unchanged(workspace, *_READ), run.week, name, tuple(run.notes["by_type"]), run.facts["run_id"]
        )
    except HistoryError:
        found = _frozen(run, frozen, crime_types)
        note = f"‘{model_label(name)}’ is niet meer te tellen: de meldingen van toen zijn er niet meer."
        return Beside(found.name, found.label, found.expected, f"{note} Hier staat ‘{found.label}’.")
    changed = (
        ""
        if same == run.facts["inputs"].get("arrivals")
        else (
            f"‘{model_label(name)}’ is nu geteld. De meldingen van toen zijn intussen niet meer allemaal dezelfde; "
            "de vooruitblik zelf is niet veranderd."
        )
    )
    return Beside(name, model_label(name), table[list(crime_types)].sum(axis=1), changed)


def _frozen(run: Run, name: str, crime_types: tuple[str, ...]) -> Beside:
    table = run.table("outlook")
    rows = table[table["crime_type"].isin(crime_types)]
    return Beside(name, model_label(name), rows.groupby("cell")["baseline"].sum())


@lru_cache(maxsize=16)
def _counted(
    key: Unchanged, week: str, name: str, crime_types: tuple[str, ...], run_id: str
) -> tuple[pd.DataFrame, str]:
    """Count anew on what was known when the week began; also the fingerprint of those reports."""
    workspace = key.workspace
    history = read_history(workspace, week, crime_types=crime_types)
    forecasters = make_forecasters((name,), crime_types, workspace.settings.outlook)
    now = history.cutoff_week
    found: dict[str, npt.NDArray[np.float64]] = {
        forecast.crime_type: forecast.expected
        for forecast in rolling(history, forecasters, first_week=now, last_week=now, refit_weeks=1)
    }
    return pd.DataFrame(found, index=history.area.cells), inputs_of(history)["arrivals"]
