# SPDX-License-Identifier: EUPL-1.2
"""The filter: the same for incidents and their counts, and by its meaning the same as that of the map's pages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field

from stip.space import Areas
from stip_web.answers.problems import Fault, Refused, bad_query, fault
from stip_web.api.geojson import inside_points
from stip_web.api.incidents.shown import UNKNOWN_HOUR, WEEKDAYS, Shown
from stip_web.api.parameters import Box, Day, Parameters

_HOUR = "([01]?[0-9]|2[0-3])"
_SOME = 200  # values of one key
WHOLE_WEEKS = "U ziet hele weken: de dag en het uur staan er niet in. Laat dit weg."
Mask = npt.NDArray[np.bool_]


class Weekday(StrEnum):
    """A day of the week, from Monday."""

    MON, TUE, WED, THU, FRI, SAT, SUN = WEEKDAYS


Code = Annotated[str, Field(max_length=60)]
Hours = Annotated[str, Field(pattern=f"^{_HOUR}(-{_HOUR})?$", examples=["20-23"])]


class When(Parameters):
    """Which incidents, by all but their place."""

    crime_type: list[Code] = Field([], max_length=_SOME, description="Such as bicycle_theft; all when none.")
    from_: Day | None = Field(None, alias="from", description="First day, by the middle of the time window.")
    to: Day | None = Field(None, description="Last day, included.")
    hour: list[Hours] = Field(
        [],
        max_length=24,
        description="Hours on the local clock, such as 20-23 or 22-3; leaves out what has no hour. "
        "Refused when coarse: those are whole weeks.",
    )
    weekday: list[Weekday] = Field(
        [], max_length=7, description="Days of the week; all when none. Refused when coarse: those are whole weeks."
    )
    source: list[Code] = Field([], max_length=_SOME, description="Sources, by the name of their agreement.")


class Where(Box):
    """Which incidents, by their place as it is shown."""

    area: list[Code] = Field([], max_length=_SOME, description="Codes of neighbourhoods (BU…) or districts (WK…).")


def check_known(when: When, where: Where, shown: Shown, areas: Areas | None, crime_types: set[str]) -> None:
    """Refuse what there is not: it would look as if nothing happened there.

    Raises
    ------
    Refused
        With every value that is not known.
    """
    codes = set() if areas is None else {*areas.names(), *areas.district_names()}
    sources = {*shown.table["source"], *shown.left_out["source"]}
    faults = [
        *_unknown("crimeType", when.crime_type, crime_types | set(shown.table["crime_type"])),
        *_unknown("source", when.source, sources),
        *_unknown("area", where.area, codes),
    ]
    if faults:
        raise Refused(400, errors=faults)
    if when.from_ and when.to and when.from_ > when.to:
        raise bad_query("to", "before_from", "De laatste dag ligt voor de eerste.")


def check_whole_weeks(when: When) -> None:
    """Refuse days of the week and hours for who sees whole weeks: none or all would be an answer that is not true.

    Raises
    ------
    Refused
    """
    faults = [
        fault("query", name, "whole_weeks", WHOLE_WEEKS)
        for name, asked in (("weekday", when.weekday), ("hour", when.hour))
        if asked
    ]
    if faults:
        raise Refused(400, errors=faults)


def in_time(table: pd.DataFrame, when: When) -> Mask:
    """Tell which rows fit, by all but their place and the hour."""
    keep = np.ones(len(table), dtype=np.bool_)
    for column, wanted in (("crime_type", when.crime_type), ("source", when.source)):
        if wanted:
            keep &= table[column].isin(wanted).to_numpy(bool)
    if when.from_:
        keep &= (table["day"] >= pd.Timestamp(when.from_)).to_numpy(bool)
    if when.to:
        keep &= (table["day"] <= pd.Timestamp(when.to)).to_numpy(bool)
    if when.weekday:
        keep &= table["weekday"].isin([WEEKDAYS.index(day) for day in when.weekday]).to_numpy(bool)
    return keep


def at_hours(table: pd.DataFrame, when: When) -> Mask:
    """Tell which rows fit the hours; all when none are asked."""
    if not when.hour:
        return np.ones(len(table), dtype=np.bool_)
    return table["hour"].isin(sorted({hour for text in when.hour for hour in hours_of(text)})).to_numpy(bool)


def hours_of(text: str) -> list[int]:
    """Return the hours of a range; one that ends before it begins goes on after midnight.

    Examples
    --------
    >>> hours_of("22-1")
    [22, 23, 0, 1]
    """
    first, _, last = text.partition("-")
    begin, end = int(first), int(last or first)
    return [hour % 24 for hour in range(begin, end + 1 if begin <= end else end + 25)]


def in_place(table: pd.DataFrame, where: Where, areas: Areas | None, own: str) -> Mask:
    """Tell which dots stand in the areas and the box that are asked."""
    keep = inside_points(table["x_m"].to_numpy(np.float64), table["y_m"].to_numpy(np.float64), where, own)
    if where.area:
        districts = areas.district_of() if areas is not None else {}
        asked = set(where.area)
        codes = [code for code in {*asked, *districts} if code in asked or districts.get(code) in asked]
        keep &= table["area_code"].isin(codes).to_numpy(bool)
    return keep


def left_out(shown: Shown, when: When, chosen: pd.DataFrame) -> dict[str, Any]:
    """Count what the answer leaves out.

    By time and type only: counted by place, a box round one house would tell whether something happened there.
    """
    gone = shown.left_out[in_time(shown.left_out, when) & at_hours(shown.left_out, when)]
    outside = int(gone["outside"].sum())
    no_hour = int((chosen["hour"] == UNKNOWN_HOUR).sum()) if when.hour else 0
    return {"hidden": len(gone) - outside, "outside": outside, "hourUnknown": no_hour}


def _unknown(key: str, asked: list[str], known: set[str]) -> list[Fault]:
    return [
        fault("query", f"{key}/{place}", "unknown_value", "Dit is hier niet bekend. Kijk of er een tikfout in staat.")
        for place, value in enumerate(asked)
        if value not in known
    ]
