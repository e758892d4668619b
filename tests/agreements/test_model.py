# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from stip.agreements import NEEDS, Agreement, Kind, Role
from stip.agreements.model import Column


def facts(**changed: Any) -> dict[str, Any]:
    whole = {
        "source": "proef",
        "title": "Proef",
        "kind": "incidents",
        "purposes": ["stippenkaart"],
        "legal_basis": "wet",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "retention_months": 12,
        "precision_m": 25,
        "columns": {
            "Nr": {"role": "incident_id"},
            "Soort": {"role": "crime_code"},
            "Begin": {"role": "from_at"},
            "X": {"role": "x"},
            "Y": {"role": "y"},
        },
    }
    return whole | changed


def without(*headings: str) -> dict[str, Any]:
    return {name: column for name, column in facts()["columns"].items() if name not in headings}


def test_a_whole_agreement_is_read() -> None:
    agreement = Agreement.model_validate(facts())
    assert agreement.column_of(Role.FROM_AT) == "Begin"
    assert agreement.column_of(Role.TO_AT) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"purposes": []}, "doel"),
        ({"valid_until": "2025-12-31"}, "eindigt"),
        ({"retention_months": 0}, "greater than 0"),
        ({"precision_m": 0}, "precision_m"),
        ({"time_zone": "Mars/Noord"}, "Mars/Noord"),
        ({"crs": "EPSG:1"}, "EPSG:1"),
        ({"columns": without("Nr")}, "incident_id"),
        ({"columns": without("Soort")}, "crime_code"),
        ({"columns": without("Begin")}, "from_at"),
        ({"columns": without("X")}, "de plek"),
        ({"columns": {**without(), "Z": {"role": "x"}}}, "meer dan één"),
        ({"columns": {**without(), "Verdachten": {"role": "value"}}}, "Verdachten"),
        ({"columns": {**without(), "n": {"role": "value", "names": ["Nationaliteit"]}}}, "Nationaliteit"),
        ({"columns": {**without(), "Plek": {"role": "geometry", "names": ["x "]}}}, "meer dan één kolom"),
        ({"why_refused": {"SOORT": "niet nodig"}}, "why_refused"),
        ({"source": "Met spatie"}, "pattern"),
        ({"onbekend": 1}, "onbekend"),
    ],
)
def test_what_is_wrong_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Agreement.model_validate(facts(**changed))


def test_one_type_needs_no_column_and_an_address_no_point() -> None:
    Agreement.model_validate(facts(columns=without("Soort"), crime_type="bicycle_theft"))
    Agreement.model_validate(facts(columns={**without("X", "Y"), "PC": {"role": "postcode"}}))


def test_each_kind_has_needs() -> None:
    assert set(NEEDS) == set(Kind)


@pytest.mark.parametrize("form", ["%Q%", "%", "%d-%m-%Y %"])
def test_a_form_of_dates_that_nothing_reads_is_refused(form: str) -> None:
    with pytest.raises(ValidationError, match="is geen vorm van een datum"):
        Column(role=Role.FROM_AT, date_format=form)
    assert Column(role=Role.FROM_AT, date_format="%-d/%m/%Y %H:%M:%S").date_format
