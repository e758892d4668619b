# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.link.address_text import alike


def one(street: object = None, number: object = None, postcode: object = None, place: object = None) -> list[object]:
    frame = pd.DataFrame([{"street": street, "house_number": number, "postcode": postcode, "place_name": place}])
    return [None if pd.isna(value) else value for value in alike(frame).iloc[0]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dorpsstr.", "Dorpsstraat"),
        ("DORPSSTRAAT ", "dorpsstraat"),
        ("Nieuwe Straat", "Nieuwestraat"),
        ("v.d. Bergln", "van der Berglaan"),
        ("Prof. Ploegwg", "Professor Ploegweg"),
        ("Café-kade", "Cafekade"),
        ("Burg. de Vriespln", "burgemeester de vriesplein"),
    ],
)
def test_a_street_written_twice_is_one_street(written: str, meant: str) -> None:
    assert one(street=written)[0] == one(street=meant)[0]


def test_different_streets_stay_different() -> None:
    assert one(street="Kerkstraat")[0] != one(street="Kerkplein")[0]


@pytest.mark.parametrize(
    ("written", "number"), [("12", "12"), ("12A", "12"), ("012-3", "12"), (12.0, "12"), (12, "12")]
)
def test_a_house_number_is_its_digits(written: object, number: str) -> None:
    assert one(number=written)[1] == number


@pytest.mark.parametrize("written", ["##", "", None, float("nan"), pd.NA, "0", "bis"])
def test_what_holds_no_number_is_missing(written: object) -> None:
    assert one(number=written)[1] is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1234 ab", ["1234AB", "1234"]),
        ("1234AB", ["1234AB", "1234"]),
        ("1234", [None, "1234"]),
        ("1234 ##", [None, "1234"]),
        ("0234 AB", [None, None]),
        ("Dorp", [None, None]),
        (None, [None, None]),
    ],
)
def test_a_postcode_has_six_signs_or_four(written: object, expected: list[object]) -> None:
    assert one(postcode=written)[2:4] == expected


def test_a_column_may_be_missing_altogether() -> None:
    nothing = pd.array([None], dtype="string")
    asked = pd.DataFrame({"street": ["Dam"], "house_number": ["1"], "postcode": nothing, "place_name": nothing})
    assert alike(asked)[["postcode", "pc4", "place"]].isna().all(axis=None)


def test_a_place_has_one_name() -> None:
    assert one(place="'s-Gravenhage")[4] == one(place="Den Haag")[4] == "den haag"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ContractError, match="‘postcode’"):
        alike(pd.DataFrame({"street": [], "house_number": [], "place_name": []}))


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_is_read_and_reading_twice_changes_nothing(
    street: str, number: str, postcode: str, place: str
) -> None:
    once = one(street, number, postcode, place)
    again = one(once[0], once[1], once[2], once[4])
    assert once[1:3] == again[1:3]
    assert once[4] == again[4]
