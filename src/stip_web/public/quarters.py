# SPDX-License-Identifier: EUPL-1.2
"""The figures of one neighbourhood or of the town, by quarter and type, with their source and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from stip.publish import AREA, BASE, TOWN, Quarter, State
from stip.words import day, number
from stip_web.public.published import area_years, areas, facts, figures, issues

_MONTHS = ("jan t/m mrt", "apr t/m jun", "jul t/m sep", "okt t/m dec")
_SEARCHED = "haal"
SEARCHED = (
    "Sommige soorten, zoals drugs, vindt de politie vooral door zelf te zoeken. Zo’n cijfer zegt dus waar is "
    "gezocht, niet waar het meeste gebeurt."
)
"""Stands beside figures of which is not written down how each type becomes known."""
MOST_QUARTERS = 4
"""How many stand beside each other on a page; all of them are in the open data."""

_SAME_SHARE = 0.001
"""Borders that differ by less than this share of the neighbourhood were only drawn again."""


@dataclass(frozen=True)
class Cell:
    """One figure as it is read: ``10``, or ``0 tot 4``; the range it stands for."""

    figure: int

    @property
    def shown(self) -> str:
        """As it stands in a table; a nought may stand for a few."""
        return number(self.figure) if self.figure else f"0 tot {BASE - 1}"

    @property
    def between(self) -> str:
        """The numbers that may stand behind it."""
        return f"{number(max(0, self.figure - BASE + 1))} tot {number(self.figure + BASE - 1)}"


@dataclass(frozen=True)
class Told:
    """One quarter of one place.

    Attributes
    ----------
    quarter : Quarter
    state : State
        Why the figures are there, or are not.
    cells : dict of str to Cell
        By the label of the type; empty when hidden.
    known_until, approved_on : date
    searched : tuple of str or None
        Labels of the types that the police mostly find by looking; None when that was not written down.
    method : str
        How they were rounded, as it was written down when they went out.
    """

    quarter: Quarter
    state: State
    cells: dict[str, Cell]
    known_until: date
    approved_on: date
    method: str
    searched: tuple[str, ...] | None

    @property
    def period(self) -> str:
        """Its first and last day, in words."""
        return f"{day(self.quarter.first, year=False)} t/m {day(self.quarter.last)}"

    @property
    def heading(self) -> str:
        """Its months, short enough for a column."""
        return f"{_MONTHS[self.quarter.number - 1]} {self.quarter.year}"

    @property
    def sentence(self) -> str:
        """The figures in words, largest first."""
        return sentence_of(self.cells)


def told_of(level: str, code: str = "", *, year: int | None = None) -> list[Told]:
    """Give the quarters that are out of a neighbourhood, or of the town, newest first.

    Parameters
    ----------
    level : str
        `stip.publish.AREA` or `stip.publish.TOWN`.
    code : str
        Of the neighbourhood.
    year : int, optional
        Of the borders; quarters by other borders of that neighbourhood are left out.
    """
    table = figures()
    here = table[table["level"] == level]
    if level == AREA:
        here = here[(here["area_code"] == code) & here["area_year"].isin(_same_borders(code, year))]
    written = facts()
    found = []
    for name, rows in here.groupby("quarter", sort=True):
        beside = written[str(name)]
        state = State(str(rows["state"].iloc[0]))
        told = rows.dropna(subset="figure")
        cells = {
            beside["labels"].get(kind, kind): Cell(figure)
            for kind, figure in zip(told["crime_type"].tolist(), told["figure"].astype(int).tolist(), strict=True)
        }
        found.append(
            Told(
                Quarter.named(str(name)),
                state,
                cells,
                datetime.fromisoformat(beside["known_until"]).date(),
                datetime.fromisoformat(beside["approved_at"]).date(),
                beside["method"],
                _searched(beside),
            )
        )
    return found[::-1]


def years_left_out(code: str, year: int) -> list[int]:
    """Give the years of which figures are out, but by other borders of this neighbourhood than those of ``year``."""
    return sorted(set(figures()["area_year"].astype(int)) - _same_borders(code, year))


def _same_borders(code: str, year: int | None) -> set[int]:
    """Give the years in which a neighbourhood had the borders it has in this year, that year too."""
    if year is None:
        return set()
    shapes = {each: areas(each).set_index("area_code").geometry.get(code) for each in area_years()}
    now = shapes.get(year)
    if now is None:
        return {year}
    return {year} | {
        each
        for each, then in shapes.items()
        if then is not None and now.symmetric_difference(then).area <= _SAME_SHARE * now.area
    }


def town_told() -> list[Told]:
    """Give the quarters that are out of the town, newest first."""
    return told_of(TOWN)


def labels_of(told: list[Told]) -> list[str]:
    """Give the types that stand in any of these quarters, in the order of the newest."""
    return list(dict.fromkeys(label for one in told for label in one.cells))


def table_of(told: list[Told]) -> list[tuple[str, list[tuple[str, Cell | None]]]]:
    """Give a row a type: its label, and of each quarter the heading and the figure; None when it is not known."""
    return [(label, [(one.heading, one.cells.get(label)) for one in told]) for label in labels_of(told)]


def sentence_of(cells: dict[str, Cell]) -> str:
    """Say the figures, to follow a colon: ``er was ongeveer 15 keer fietsdiefstal``."""
    some = sorted(((cell.figure, label.lower()) for label, cell in cells.items() if cell.figure), reverse=True)
    few = [label.lower() for label, cell in cells.items() if not cell.figure]
    if not some:
        return "er waren weinig meldingen, van elke soort minder dan 5."
    counted = joined([f"ongeveer {number(figure)} keer {label}" for figure, label in some])
    said = f"er was {counted}."
    return f"{said} Minder dan 5 keer: {joined(few)}." if few else said


def searched_of(told: list[Told]) -> str:
    """Say which of the types that stand there tell where was looked, and not where most happens; may be empty."""
    if any(one.searched is None for one in told):
        return SEARCHED
    found = list(dict.fromkeys(label for one in told for label in one.searched or () if label in one.cells))
    if not found:
        return ""
    return (
        f"{joined(found)}: dit vindt de politie vooral door zelf te zoeken. Zo’n cijfer zegt dus waar is gezocht, "
        "niet waar het meeste gebeurt."
    )


def issues_of(quarters: Iterable[str]) -> list[dict[str, Any]]:
    """Give what was told to be wrong with these quarters, newest first: its quarter, the day and the sentence."""
    asked = set(quarters)
    return [
        {
            "quarter": Quarter.named(issue["quarter"]).label,
            "since": timezone.localtime(datetime.fromisoformat(issue["since"])).date(),
            "sentence": issue["sentence"],
        }
        for issue in issues()[::-1]
        if issue["quarter"] in asked
    ]


def _searched(beside: dict[str, Any]) -> tuple[str, ...] | None:
    reporting = beside.get("reporting")
    if reporting is None:
        return None
    return tuple(beside["labels"].get(code, code) for code, how in reporting.items() if how == _SEARCHED)


def joined(words: list[str]) -> str:
    """Write ``a, b en c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"
