# SPDX-License-Identifier: EUPL-1.2
"""The figures that may go out: by neighbourhood, quarter and type, and for the whole town by quarter and type.

There is one geography and one grid of periods. Districts and years are sums of what is published, made by whoever
wants them: a sum of published figures tells nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd
import pyarrow as pa

from stip.link import recode_areas
from stip.publish.periods import Quarter
from stip.publish.rounding import Ints, Keys, bounds_of, draws, report_keys, rounded, total_of
from stip.space import Areas
from stip.store import Contract

METHOD = (
    "Elk cijfer is een veelvoud van 5. Of het naar boven of naar beneden gaat, bepaalt een loting die bij de "
    "meldingen zelf hoort: dezelfde meldingen krijgen altijd dezelfde uitkomst. Gemiddeld klopt het. Een cijfer "
    "wijkt hoogstens 4 af. Het cijfer van de gemeente telt de buurten die er staan, en is apart afgerond."
)


class State(StrEnum):
    """Why a figure is there, or is not."""

    PUBLISHED = "published"
    FEW_DWELLINGS = "few_dwellings"
    UNKNOWN_DWELLINGS = "unknown_dwellings"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]


_LABELS = {
    State.PUBLISHED: "openbaar",
    State.FEW_DWELLINGS: "niet openbaar: er staan te weinig woningen",
    State.UNKNOWN_DWELLINGS: "niet openbaar: het aantal woningen is niet bekend",
}

FIGURE = Contract(
    "figure",
    pa.schema(
        [
            pa.field("quarter", pa.string(), nullable=False),
            pa.field("level", pa.string(), nullable=False),  # buurt or gemeente
            pa.field("area_code", pa.string(), nullable=False),
            pa.field("area_name", pa.string(), nullable=False),
            pa.field("area_year", pa.int16(), nullable=False),
            pa.field("crime_type", pa.string(), nullable=False),
            pa.field("figure", pa.int64()),  # a multiple of 5; empty where it is hidden
            pa.field("state", pa.string(), nullable=False),
        ]
    ),
    key=("quarter", "level", "area_code", "crime_type"),
)
TOWN = "gemeente"
AREA = "buurt"


def in_quarter(incidents: pd.DataFrame, quarter: Quarter, time_zone: str) -> pd.DataFrame:
    """Return the reports of a quarter; one with a window counts where its middle lies, so that each counts once.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    """
    middle = incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2
    begin, end = (pd.Timestamp(moment(time_zone)) for moment in (quarter.begins_at, quarter.ends_at))
    return incidents[(middle >= begin) & (middle < end)]


def states_of(areas: Areas, dwellings: Mapping[str, int] | None, *, minimum: int) -> pd.Series[str]:
    """Return, by neighbourhood, whether its figures may go out.

    Parameters
    ----------
    dwellings : mapping of str to int, optional
        By code, each neighbourhood; one that is left out is not known, and does not go out. None when the town has no
        table of dwellings.
    minimum : int
        With at least one dwelling but fewer than this, a neighbourhood is hidden.
    """
    codes = areas.frame["area_code"].to_list()
    if dwellings is None:
        return pd.Series(str(State.UNKNOWN_DWELLINGS), index=codes)
    return pd.Series([str(_state(dwellings.get(code), minimum)) for code in codes], index=codes)


def _state(dwellings: int | None, minimum: int) -> State:
    if dwellings is None:
        return State.UNKNOWN_DWELLINGS
    return State.FEW_DWELLINGS if 0 < dwellings < minimum else State.PUBLISHED


def figures_of(
    incidents: pd.DataFrame,
    quarter: Quarter,
    areas: Areas,
    states: pd.Series[str],
    *,
    crime_types: tuple[str, ...],
    town: tuple[str, str],
    secret: bytes,
) -> pd.DataFrame:
    """Return the figures of one quarter, rounded.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
        Of this quarter; see `in_quarter`. What lies in no neighbourhood is not counted.
    states : Series of str, indexed by area code
        As `states_of` gives it.
    town : (str, str)
        Code and name of the municipality.
    secret : bytes

    Returns
    -------
    DataFrame that keeps the FIGURE contract
        Zeros included: for each type a row for the town and for each neighbourhood. True counts are in none of them.
    """
    here = recode_areas(incidents, areas)[0].dropna(subset="area_code")
    keys = report_keys(here["incident_id"], secret)
    codes = areas.frame["area_code"].to_list()
    names = areas.names()
    place = pd.Index(codes).get_indexer(pd.Index(here["area_code"]))
    shown = (states.reindex(codes) == State.PUBLISHED).to_numpy(bool)
    rows: list[tuple[str, str, str, str, int | None, str]] = []
    for crime_type in crime_types:
        of_type = (here["crime_type"] == crime_type).to_numpy(bool)
        counts, cell_keys = _summed(place[of_type], keys[of_type], len(codes))
        figures, total = _rounded(counts, cell_keys, shown, secret)
        told = zip(codes, figures, states.reindex(codes), strict=True)
        state_of_town = State.PUBLISHED if total is not None else State(str(states.iloc[0]))
        rows.append((TOWN, town[0] or TOWN, town[1], crime_type, total, str(state_of_town)))
        rows += [
            (AREA, code, names[code], crime_type, figure if state == State.PUBLISHED else None, state)
            for code, figure, state in told
        ]
    frame = pd.DataFrame(rows, columns=["level", "area_code", "area_name", "crime_type", "figure", "state"])
    frame["figure"] = frame["figure"].astype("Int64")
    return frame.assign(quarter=quarter.name, area_year=np.int16(areas.year))[FIGURE.schema.names]


def _summed(place: Ints, keys: Keys, n: int) -> tuple[Ints, Keys]:
    """Return how many reports each place has, and the sum of their keys, which runs over on purpose."""
    cell_keys = np.zeros(n, dtype=np.uint64)
    np.add.at(cell_keys, place, keys)
    return np.bincount(place, minlength=n).astype(np.int64), cell_keys


def _rounded(counts: Ints, cell_keys: Keys, shown: np.ndarray, secret: bytes) -> tuple[list[int], int | None]:
    """Return the figure of each neighbourhood, and that of those together that are shown; None when none is."""
    figures = rounded(counts, draws(cell_keys, secret))
    low, high = bounds_of(figures[shown])
    with np.errstate(over="ignore"):
        whole = np.add.reduce(cell_keys[shown], dtype=np.uint64, keepdims=True)
    draw = float(draws(whole, secret, of_totals=True)[0])
    total = total_of(int(counts[shown].sum()), draw, low, high) if shown.any() else None
    return [int(figure) for figure in figures], total
