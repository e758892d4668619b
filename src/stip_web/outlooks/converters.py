# SPDX-License-Identifier: EUPL-1.2
"""Weeks and cells in an address: ``2026-w37`` and ``E136125N455875``."""

from __future__ import annotations

from django.urls.converters import StringConverter

from stip.errors import SettingsError
from stip.space import monday


class WeekConverter(StringConverter):
    """An ISO week, in small letters in the address."""

    regex = r"\d{4}-[wW]\d{2}"

    def to_python(self, value: str) -> str:
        """Give it as the library writes it; what is no week is no address."""
        week = value.upper()
        try:
            monday(week)
        except SettingsError as error:
            raise ValueError("no week") from error
        return week

    def to_url(self, value: str) -> str:
        """Write it in small letters."""
        return value.lower()


class CellConverter(StringConverter):
    """The name of a cell."""

    regex = r"E-?\d{1,9}N-?\d{1,9}"


class RunConverter(StringConverter):
    """The id of a frozen run."""

    regex = r"[0-9a-f]{16}"


class FormConverter(StringConverter):
    """A form in which a list can be taken along."""

    regex = r"json|csv"


class MapFormConverter(StringConverter):
    """The same, of a list with a place in each row."""

    regex = r"json|csv|geojson"
