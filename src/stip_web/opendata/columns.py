# SPDX-License-Identifier: EUPL-1.2
"""The columns of the open data, described once: for the page, the files beside them, and the service for maps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        In files and in the service.
    title, description : str
        In Dutch.
    kind : str
        ``string``, ``integer`` or ``date``.
    nullable : bool
        Whether it can be empty.
    """

    name: str
    title: str
    description: str
    kind: str = "string"
    nullable: bool = False


_AREA_YEAR = Column("area_year", "jaar van de grenzen", "Van welk jaar de grenzen van de buurt zijn.", "integer")

FIGURE_COLUMNS = (
    Column("quarter", "kwartaal", "Jaar en kwartaal, zoals 2026-K1."),
    Column("period_begin", "eerste dag", "De eerste dag van het kwartaal.", "date"),
    Column("period_end", "laatste dag", "De laatste dag van het kwartaal. Deze dag telt mee.", "date"),
    Column("level", "soort gebied", "‘buurt’, of ‘gemeente’ voor alle buurten samen die er staan."),
    Column("area_code", "code van het gebied", "De code van het CBS."),
    Column("area_name", "naam van het gebied", "De naam volgens het CBS."),
    _AREA_YEAR,
    Column("crime_type", "code van de soort", "De soort, zoals home_burglary."),
    Column("crime_label", "soort", "De soort in het Nederlands, zoals Woninginbraak."),
    Column(
        "figure",
        "cijfer",
        "Het aantal meldingen, afgerond op een veelvoud van 5. Leeg als het cijfer niet openbaar is: zie state.",
        "integer",
        nullable=True,
    ),
    Column("state", "stand", "‘published’, of waarom het cijfer er niet staat."),
    Column("state_label", "stand in woorden", "Dezelfde stand, in het Nederlands."),
)
AREA_COLUMNS = (
    Column("area_code", "code van de buurt", "De code van het CBS."),
    Column("area_name", "naam van de buurt", "De naam volgens het CBS."),
    Column("district_code", "code van de wijk", "De code van het CBS."),
    Column("district_name", "naam van de wijk", "De naam volgens het CBS."),
    _AREA_YEAR,
)
