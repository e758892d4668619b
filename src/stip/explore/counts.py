# SPDX-License-Identifier: EUPL-1.2
"""How many there were in a period, by type, neighbourhood or district; windows are spread over their weeks."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from stip.errors import SettingsError
from stip.explore.periods import Period
from stip.link import weeks_of_windows
from stip.space import Areas, week_number

OUTSIDE = ""
"""Key of incidents that lie in no neighbourhood."""


class By(StrEnum):
    """What to count apart."""

    TOWN = "town"
    TYPE = "type"
    AREA = "area"
    DISTRICT = "district"


def counts_in(
    incidents: pd.DataFrame, periods: tuple[Period, ...], *, by: By, time_zone: str, areas: Areas | None = None
) -> pd.DataFrame:
    """Count incidents in some periods.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    periods : tuple of Period
    by : By
    time_zone : str
    areas : Areas, optional
        Gives every neighbourhood or district a row, with its name; needed to count by district.

    Returns
    -------
    DataFrame of float, indexed by ``key``
        One column a period, in the order asked, named by its place (0, 1 …). The key is a crime type, a code, or
        ``OUTSIDE`` where there is none. An incident counts by the share of its window that lies in the period.

    Raises
    ------
    SettingsError
        When districts are asked without areas, or the neighbourhoods are of another year than the areas.
    """
    keys, all_keys = _keys(incidents, by, areas)
    spread = weeks_of_windows(incidents["from_at"], incidents["to_at"], time_zone)
    week, row, weight = (spread[name].to_numpy() for name in ("week", "row", "weight"))
    place = pd.Index(all_keys, name="key")
    at = place.get_indexer(pd.Index(keys))[row]
    counts = {}
    for column, period in enumerate(periods):
        inside = (week >= week_number(period.first)) & (week <= week_number(period.last))
        counts[column] = np.bincount(at[inside], weight[inside], minlength=len(place))
    return pd.DataFrame(counts, index=place)


def names_of(keys: pd.Index[Any], by: By, areas: Areas | None) -> list[str]:
    """Return what each key is called: the name of an area, and the key itself for a type."""
    known: dict[str, str] = {}
    if areas is not None:
        known = areas.names() if by is By.AREA else areas.district_names() if by is By.DISTRICT else {}
    return [known.get(key, key) if key != OUTSIDE else "buiten de buurten" for key in keys]


def _keys(incidents: pd.DataFrame, by: By, areas: Areas | None) -> tuple[list[str], list[str]]:
    """Return the key of each incident, and every key there is in order."""
    if by is By.TOWN:
        return ["town"] * len(incidents), ["town"]
    if by is By.TYPE:
        kinds = incidents["crime_type"].astype(str).tolist()
        return kinds, sorted(set(kinds))
    codes = incidents["area_code"].astype("string").fillna(OUTSIDE)
    if areas is not None:
        years = set(incidents.loc[codes != OUTSIDE, "area_year"].dropna().astype(int)) - {areas.year}
        if years:
            raise SettingsError(
                f"Meldingen hebben buurten van {min(years)}, maar de gebieden zijn van {areas.year}. "
                "Doe eerst ‘stip link’; die zoekt de buurten opnieuw op."
            )
    if by is By.DISTRICT:
        if areas is None:
            raise SettingsError(
                "Zonder gebieden is niet te zeggen in welke wijk een buurt ligt. Lees eerst buurten in."
            )
        codes = codes.map(areas.district_of()).fillna(OUTSIDE)
        every = list(areas.district_names())
    else:
        every = list(areas.names()) if areas is not None else []
    return codes.tolist(), sorted({*every, *codes})
