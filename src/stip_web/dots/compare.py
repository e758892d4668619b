# SPDX-License-Identifier: EUPL-1.2
"""Two periods side by side: what changed by type, neighbourhood and district, and what may be chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from stip import words
from stip.explore import FEWEST, By, Period, change, same_age
from stip.space import Areas, monday, shift_week, week_number, week_of_date
from stip.store import area_years, read_areas
from stip_web.dots.filters import Filter, FilterError
from stip_web.dots.looking import Look
from stip_web.dots.seen import EPOCH, Seen
from stip_web.dots.selection import select
from stip_web.dots.weekly import late_weeks
from stip_web.dots.words import number_of_reports

YEAR = 52
_DEFAULT_WEEKS = 4
_MOMENT = timedelta(microseconds=1)
VERDICTS = {
    "few": "te weinig om te vergelijken",
    "chance": "verschil kan toeval zijn",
    "more": "duidelijk meer",
    "less": "duidelijk minder",
}
_UNKNOWN = "niet te vergelijken"
_ROUNDED = "Deze aantallen zijn afgerond. Een verschil kan van het afronden komen. Daarom staat er geen oordeel."
BY_WORDS = {By.TOWN: "Samen", By.TYPE: "Soort", By.DISTRICT: "Wijk", By.AREA: "Buurt"}
COLUMNS = {
    "onderdeel": "Onderdeel",
    "code": "Code",
    "naam": "Naam",
    "eerst": "Eerst",
    "nu": "Nu",
    "verschil": "Verschil",
    "verhouding": "Verhouding per week",
    "verhouding_laag": "Verhouding, ondergrens bij dat oordeel",
    "verhouding_hoog": "Verhouding, bovengrens bij dat oordeel",
    "oordeel": "Oordeel",
    "zin": "In woorden",
}


@dataclass(frozen=True)
class Comparison:
    """What was compared.

    Attributes
    ----------
    period, other : Period
        Whole weeks; the change is from ``other`` to ``period``.
    rows : list of dict
        With the codes of `COLUMNS`; what cannot be known is None.
    notes : list of str
        What must be said beside it.
    """

    period: Period
    other: Period
    rows: list[dict[str, Any]]
    notes: list[str]

    def of(self, by: By) -> list[dict[str, Any]]:
        """Return the rows of one table."""
        return [row for row in self.rows if row["onderdeel"] == BY_WORDS[by]]


def periods_of(look: Look) -> tuple[Period, Period]:
    """Return the periods that are asked: the last four weeks and the same weeks a year before, unless the URL says.

    Days become whole weeks: only those can be laid side by side fairly, since a weekend is no Tuesday.

    Raises
    ------
    FilterError
        When only one end of a period is given.
    """
    asked = look.filter
    for first, last in ((asked.first, asked.last), (asked.other_first, asked.other_last)):
        if (first is None) != (last is None):
            raise FilterError("Een vergelijking heeft van beide perioden een eerste en een laatste dag nodig.")
    first, last = asked.first, asked.last
    if first is None or last is None:
        first, last = look.last_weeks(_DEFAULT_WEEKS)
    period = Period(week_of_date(first), week_of_date(last))
    if asked.other_first is None or asked.other_last is None:
        return period, period.shifted(-YEAR)
    return period, Period(week_of_date(asked.other_first), week_of_date(asked.other_last))


def days_of(period: Period) -> tuple[date, date]:
    """Return the first and last day of a period."""
    return monday(period.first), monday(period.last) + timedelta(days=6)


def compare(look: Look) -> Comparison:
    """Lay the two periods beside each other, as both were known at the same age."""
    period, other = _within(look, *periods_of(look))
    areas = read_areas(look.workspace) if area_years(look.workspace) else None
    now = _incidents(look, look.seen, period)
    until = look.seen.known_until
    then = now.iloc[:0]
    notes = []
    if until is not None:
        then = _known_then(look, other, same_age(period, other, until) + _MOMENT)
        later = len(_incidents(look, look.seen, other)) - len(then)
        notes = _notes(look, period, other, later)
    rows = []
    for by in (By.TOWN, By.TYPE, By.DISTRICT, By.AREA):
        if by in (By.DISTRICT, By.AREA) and areas is None:
            continue
        rows += _rows(look, now, then, period, other, by=by, areas=areas)
    if look.seen.n and not _known(look, period, other):
        rows = [_not_compared(row) for row in rows]
        notes = [
            f"De meldingen beginnen op {words.day(look.seen.first_day)}. Wat daarvoor was, is niet bekend. Daarom "
            "staat er geen oordeel. Kies een periode die er helemaal is.",
            *notes,
        ]
    if not look.fine:
        rows = [_not_compared(row) for row in rows]
        notes = [_ROUNDED, *notes]
    return Comparison(period, other, rows, notes)


def _known(look: Look, *periods: Period) -> bool:
    """Whether reports were kept in all of these weeks: none before the first report is not knowing, not nothing."""
    begin = monday(week_of_date(look.seen.first_day))
    return all(days_of(period)[0] >= begin for period in periods)


def _not_compared(row: dict[str, Any]) -> dict[str, Any]:
    unknown = dict.fromkeys(("verhouding", "verhouding_laag", "verhouding_hoog"))
    said = f"{words.number(row['eerst'])} → {words.number(row['nu'])}, {_UNKNOWN}"
    return row | unknown | {"oordeel": _UNKNOWN, "verdict": "few", "zin": said}


def _within(look: Look, period: Period, other: Period) -> tuple[Period, Period]:
    """Return both periods without the weeks before the first report and after the last: those say nothing.

    Periods of the same length lose the same weeks, so that January stays beside January, if any are left.
    One without any report, such as a year before the first, stays as it is.
    """
    if look.seen.known_until is None:
        return period, other
    begin = week_number(week_of_date(look.seen.first_day))
    end = max(week_number(week_of_date(look.seen.last_day)), week_number(week_of_date(look.seen.known_until.date())))
    both = (period, other)
    cuts = [(max(0, begin - each.numbers[0]), max(0, each.numbers[-1] - end)) for each in both]
    most = (max(cuts[0][0], cuts[1][0]), max(cuts[0][1], cuts[1][1]))
    if period.weeks == other.weeks > sum(most):
        cuts = [most, most]
    kept = [
        Period(shift_week(each.first, front), shift_week(each.last, -back)) if front + back < each.weeks else each
        for each, (front, back) in zip(both, cuts, strict=True)
    ]
    return kept[0], kept[1]


def _known_then(look: Look, period: Period, moment: datetime) -> pd.DataFrame:
    """Return the dots of a period as they counted just before a moment, from what was read already."""
    versions = [seen for seen in (look.seen, look.seen.earlier) if seen is not None]
    return pd.concat([_incidents(look, seen, period, moment) for seen in versions], ignore_index=True)


def _incidents(look: Look, seen: Seen, period: Period, moment: datetime | None = None) -> pd.DataFrame:
    """Return the dots that pass the filter in a period, as incidents at one moment: each counts once, in its week."""
    first, last = days_of(period)
    asked: Filter = replace(look.filter, first=first, last=last)
    passes = select(seen, asked).passes
    chosen = np.flatnonzero(passes if moment is None else passes & seen.counted_before(moment))
    noon = pd.Timestamp(EPOCH) + pd.to_timedelta(seen.day[chosen], unit="D") + pd.Timedelta(hours=12)
    at = pd.Series(pd.DatetimeIndex(noon).tz_localize(look.workspace.settings.town.time_zone).tz_convert("UTC"))
    at = at.dt.as_unit("us")
    codes = pd.array([seen.area_codes[place] for place in seen.area[chosen]], dtype="string")
    types = pd.array([seen.kinds[place].crime_type for place in seen.kind[chosen]], dtype="string")
    return pd.DataFrame(
        {"crime_type": types, "from_at": at, "to_at": at, "area_code": codes, "area_year": seen.area_year or 0}
    )


def _rows(
    look: Look,
    now: pd.DataFrame,
    then: pd.DataFrame,
    period: Period,
    other: Period,
    *,
    by: By,
    areas: Areas | None,
) -> list[dict[str, Any]]:
    zone = look.workspace.settings.town.time_zone
    found = change(now, period, other, by=by, time_zone=zone, areas=areas, other_incidents=then)
    rows = []
    for row in found.to_dict("records"):
        key = str(row["key"])
        if by in (By.DISTRICT, By.AREA) and not key and not row["count"] and not row["other_count"]:
            continue  # nothing lies outside the neighbourhoods
        name = _name(look, by, key, str(row["name"]))
        few = row["verdict"] == "few"
        rows.append(
            {
                "onderdeel": BY_WORDS[by],
                "code": "" if by is By.TOWN else key,
                "naam": name,
                "eerst": round(row["other_count"]),
                "nu": round(row["count"]),
                "verschil": round(row["difference"]),
                "verhouding": None if few else _finite(row["ratio"]),
                "verhouding_laag": None if few else _finite(row["ratio_low"]),
                "verhouding_hoog": None if few else _finite(row["ratio_high"]),
                "oordeel": VERDICTS[row["verdict"]],
                "verdict": row["verdict"],
                "zin": row["sentence"],
            }
        )
    return rows


def _name(look: Look, by: By, key: str, name: str) -> str:
    if by is By.TOWN:
        return "Alles samen"
    if by is By.TYPE:
        return look.label_of(key)
    return name if key else name.capitalize()


def _notes(look: Look, period: Period, other: Period, later: int) -> list[str]:
    said = []
    asked = look.filter
    for given, weeks in (((asked.first, asked.last), period), ((asked.other_first, asked.other_last), other)):
        if all(given) and given != days_of(weeks):
            said.append(f"Er worden hele weken vergeleken, binnen wat er aan meldingen is: {_weeks(weeks)}.")
    late = late_weeks(look, period)
    if late is not None or later > 0:
        came = f" Later kwamen er over {_weeks(other)} nog {number_of_reports(later)} bij." if later > 0 else ""
        begin = f"Over {_weeks(late)} komen nog meldingen binnen. " if late is not None else ""
        said.append(
            f"{begin}De periode {_weeks(other)} telt zoals die even lang na afloop bekend was; zo zijn beide "
            f"perioden even compleet.{came}"
        )
    said.append(
        f"Hebben beide perioden minder dan {FEWEST} meldingen, dan staat er geen oordeel: "
        "dan is er te weinig om te vergelijken."
    )
    return said


def _weeks(period: Period) -> str:
    first, last = days_of(period)
    return f"{words.day(first, year=first.year != last.year)} tot en met {words.day(last)}"


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
