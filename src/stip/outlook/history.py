# SPDX-License-Identifier: EUPL-1.2
"""What was reported, where and about which week, in the order in which it became known.

A report *arrives* in the week it becomes known. A past week is seen through `History.as_known`, which cuts the
arrivals off at its cut-off: what comes after is not in the arrays that a model gets. A correction arrives as a
negative weight for the old version and a positive one for the new, so any sum over arrivals is what was known.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import HistoryError
from stip.link import cells_of_incidents, weeks_of_windows
from stip.outlook.area import Doubles, Floats, Ints, StudyArea
from stip.outlook.context import Context
from stip.outlook.deliveries import undelivered_weeks
from stip.outlook.tally import in_cells
from stip.space import week_numbers

_NEVER = pd.Timestamp("2262-01-01", tz="UTC")


@dataclass(frozen=True, eq=False)
class History:
    """Arrivals in the study area, ordered by the week in which they became known.

    Attributes
    ----------
    area : StudyArea
    crime_types : tuple of str
    time_zone : str
    cutoff_week : int
        Ordinal week; everything here was known before Monday 00:00 of it.
    cell_index, type_index, occurred_week, known_week : ndarray, shape (n,)
        Weeks are ordinals, as `stip.space.week_number`.
    weight : ndarray of float32, shape (n,)
        Share of the incident in that week (*aoristic*) and, when its place is coarse, in that cell; negative when a
        version is taken back.
    east_m, north_m : ndarray of float32, shape (n,)
        Metres from the south-west corner of the cell.
    context : Context
        What surrounds each cell.
    outside_known_week : ndarray of int32
        When each incident that was left out, because it lies outside the study area, became known; ascending.
    undelivered : tuple of tuples of int
        For each crime type, the weeks in which nothing came in though it always does; see `undelivered_weeks`.
    coarse_known_week : ndarray of int32
        When each incident that is known less finely than a cell, and was spread over cells, became known; ascending.
    """

    area: StudyArea
    crime_types: tuple[str, ...]
    time_zone: str
    cutoff_week: int
    cell_index: Ints
    type_index: npt.NDArray[np.int8]
    occurred_week: Ints
    known_week: Ints
    weight: Floats
    east_m: Floats
    north_m: Floats
    context: Context
    outside_known_week: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    undelivered: tuple[tuple[int, ...], ...] = ()
    coarse_known_week: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def outside(self) -> int:
        """Incidents left out because they lie outside the study area, as far as known."""
        return len(self.outside_known_week)

    @property
    def coarse(self) -> int:
        """Incidents known less finely than a cell, as far as known."""
        return len(self.coarse_known_week)

    @cached_property
    def share_known(self) -> dict[str, Doubles]:
        """What `completeness` found already, by crime type."""
        return {}

    @cached_property
    def first_weeks(self) -> tuple[int, ...]:
        """Ordinal of the week in which the reports of each type begin, as far as known at the cut-off.

        Before it lies at most half a per cent of them, so that a few older stragglers do not count; the week before
        the cut-off for a type of which nothing is known.
        """
        if len(self) == 0:
            return (self.cutoff_week - 1,) * len(self.crime_types)
        oldest = int(self.occurred_week.min())
        weeks = int(self.occurred_week.max()) + 1 - oldest
        key = self.type_index * np.int64(weeks) + (self.occurred_week - oldest)
        per_week = np.bincount(key, minlength=len(self.crime_types) * weeks).reshape(-1, weeks)
        passed = per_week.cumsum(axis=1) > per_week.sum(axis=1, keepdims=True) // 200
        return tuple(oldest + int(row.argmax()) if row.any() else self.cutoff_week - 1 for row in passed)

    @property
    def first_week(self) -> int:
        """Ordinal of the week in which the first type begins."""
        return min(self.first_weeks)

    def weeks_of(self, crime_type: str) -> int:
        """Return how many weeks of a type lie behind the cut-off, at least one."""
        return max(1, self.cutoff_week - self.first_weeks[self.type_number(crime_type)])

    def as_known(self, cutoff_week: int) -> History:
        """Return the history as it was known before Monday 00:00 of a week."""
        if cutoff_week > self.cutoff_week:
            raise HistoryError(
                "Van die week is nog niets bekend: de meldingen gaan tot een eerdere week. "
                "Lees eerst de nieuwe meldingen in."
            )
        outside, coarse = self.outside_known_week, self.coarse_known_week
        return replace(
            self._rows(slice(0, int(np.searchsorted(self.known_week, cutoff_week)))),
            cutoff_week=cutoff_week,
            outside_known_week=outside[: int(np.searchsorted(outside, cutoff_week))],
            coarse_known_week=coarse[: int(np.searchsorted(coarse, cutoff_week))],
            undelivered=tuple(tuple(w for w in weeks if w < cutoff_week) for weeks in self.undelivered),
        )

    def arrived(self, from_week: int, until_week: int) -> History:
        """Return what became known from one week until (not in) another."""
        start, end = np.searchsorted(self.known_week, [from_week, until_week])
        return self._rows(slice(int(start), int(end)))

    def _rows(self, rows: slice) -> History:
        return replace(
            self,
            **{
                name: getattr(self, name)[rows]
                for name in (
                    "cell_index",
                    "type_index",
                    "occurred_week",
                    "known_week",
                    "weight",
                    "east_m",
                    "north_m",
                )
            },
        )

    def type_number(self, crime_type: str) -> int:
        """Return the index of a crime type.

        Raises
        ------
        HistoryError
            When nothing of it was read.
        """
        if crime_type not in self.crime_types:
            known = ", ".join(self.crime_types) or "geen"
            raise HistoryError(f"Er zijn geen meldingen van de soort ‘{crime_type}’. Wel van: {known}.")
        return self.crime_types.index(crime_type)

    def undelivered_of(self, crime_type: str) -> tuple[int, ...]:
        """Return the weeks in which nothing of a type came in though it always does, ascending."""
        number = self.type_number(crime_type)
        return self.undelivered[number] if number < len(self.undelivered) else ()

    def counts(self, crime_type: str, from_week: int, until_week: int) -> Doubles:
        """Return the incidents in each cell that happened from one week until (not in) another, as far as known."""
        late = self.since(from_week)
        number, n_cells = self.type_number(crime_type), len(self.area)
        rows = (self.cell_index[late], self.type_index[late], self.occurred_week[late], self.weight[late])
        counted: Doubles = in_cells(*rows, number, from_week, until_week, n_cells)
        return counted

    def about(self, crime_type: str, from_week: int) -> npt.NDArray[np.int64]:
        """Return the rows of a type about a week or later; what is older than they is not looked at."""
        late = self.since(from_week)
        mine = (self.type_index[late] == self.type_number(crime_type)) & (self.occurred_week[late] >= from_week)
        return late.start + np.flatnonzero(mine)

    def since(self, week: int) -> slice:
        """Return the rows among which all that happened in a week or later must lie: known no sooner than it."""
        return slice(int(np.searchsorted(self.known_week, week)), None)


def history_of(
    versions: pd.DataFrame,
    area: StudyArea,
    *,
    crime_types: tuple[str, ...],
    time_zone: str,
    cutoff_week: int,
    context: Context | None = None,
) -> History:
    """Make the history of a study area from incidents in all their versions.

    Parameters
    ----------
    versions : DataFrame that keeps the INCIDENT contract
        Every version of every incident; an incident may stand there once.
    area : StudyArea
    crime_types : tuple of str
        The types to keep, in the order of ``type_index``.
    time_zone : str
    cutoff_week : int
        Ordinal of the week before which things must have become known.
    context : Context, optional

    Raises
    ------
    HistoryError
        When nothing remains.
    """
    taken_back = _taken_back_at(versions)
    kept = versions["crime_type"].isin(crime_types).to_numpy() & (taken_back > versions["known_at"]).to_numpy()
    rows, taken_back = versions.loc[kept], taken_back[kept]
    lies = cells_of_incidents(rows, area.grid, area.cells)
    index = area.index_of(lies["cell"].to_numpy())
    outside = rows.iloc[lies["row"].to_numpy()[index < 0]].groupby("incident_id")["known_at"].min()
    lies, index = lies[index >= 0], index[index >= 0]
    rows, taken_back = rows.iloc[lies["row"]], taken_back.iloc[lies["row"]]
    if rows.empty:
        raise HistoryError("Er zijn geen meldingen van deze soorten in het gebied. Lees eerst meldingen in.")
    coarse = rows[rows["precision_m"] > area.grid.cell_m].groupby("incident_id")["known_at"].min()
    part = lies["share"].to_numpy()
    known = week_numbers(rows["known_at"], time_zone)
    gone = np.full(len(rows), np.iinfo(np.int32).max, dtype=np.int64)
    leaves = (taken_back < _NEVER).to_numpy()
    gone[leaves] = week_numbers(taken_back[leaves], time_zone)
    spread = weeks_of_windows(rows["from_at"].reset_index(drop=True), rows["to_at"].reset_index(drop=True), time_zone)
    row = spread["row"].to_numpy()
    west, south = area.grid.corner(area.cells[index])
    kinds = pd.Index(crime_types).get_indexer(pd.Index(rows["crime_type"])).astype(np.int8)
    # A window can end after its report: what was reported had happened by then.
    occurred = np.minimum(spread["week"].to_numpy(), known[row])
    share = spread["weight"].to_numpy() * part[row]
    came = _arrivals(row, occurred, known[row], share)
    went = _arrivals(row, occurred, gone[row], -share)
    row, occurred, known, weight = (np.concatenate(both) for both in zip(came, went, strict=True))
    order = np.lexsort((row, known))
    order = order[known[order] < cutoff_week]
    if len(order) == 0:
        raise HistoryError("Voor die week was er nog geen enkele melding bekend. Kies een latere week.")
    row = row[order]
    outside_known, coarse_known = (
        np.sort(week_numbers(moments, time_zone)).astype(np.int32) for moments in (outside, coarse)
    )
    return History(
        area=area,
        crime_types=tuple(crime_types),
        time_zone=time_zone,
        cutoff_week=cutoff_week,
        cell_index=index[row],
        type_index=kinds[row],
        occurred_week=occurred[order].astype(np.int32),
        known_week=known[order].astype(np.int32),
        weight=weight[order].astype(np.float32),
        east_m=_offset(rows["x_m"], west, part, area.grid.cell_m)[row],
        north_m=_offset(rows["y_m"], south, part, area.grid.cell_m)[row],
        context=context or Context(len(area)),
        outside_known_week=outside_known[outside_known < cutoff_week],
        coarse_known_week=coarse_known[coarse_known < cutoff_week],
        undelivered=undelivered_weeks(versions, crime_types, time_zone=time_zone, cutoff_week=cutoff_week),
    )


def _offset(place_m: pd.Series[float], corner_m: Doubles, part: Doubles, cell_m: int) -> Floats:
    """Return how far each lies from the corner of its cell; the middle when it was spread over cells."""
    offset = np.where(part < 1, cell_m / 2, place_m.to_numpy(float) - corner_m)
    return offset.clip(0, cell_m).astype(np.float32)


def _arrivals(
    row: npt.NDArray[np.int64],
    occurred: npt.NDArray[np.int64],
    known: npt.NDArray[np.int64],
    weight: Doubles,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], Doubles]:
    happens = known < np.iinfo(np.int32).max
    return row[happens], occurred[happens], known[happens], weight[happens]


def _taken_back_at(versions: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return when each version stopped to count: when the first higher version became known."""
    several = versions["incident_id"].duplicated(keep=False)  # next to none: only these are put in order
    ordered = versions.loc[several, ["incident_id", "version", "known_at"]].sort_values(
        ["incident_id", "version"], ascending=[True, False], kind="stable"
    )
    next_higher = ordered.groupby("incident_id", sort=False)["known_at"].shift(1)
    first_higher = next_higher.groupby(ordered["incident_id"], sort=False).cummin()
    return first_higher.fillna(_NEVER).reindex(versions.index, fill_value=_NEVER)
