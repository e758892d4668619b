# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from stip.samples.geography import Geography


def test_every_home_has_an_address_of_its_own(geography: Geography) -> None:
    homes = geography.homes
    assert not homes.duplicated(["street", "number", "letter"]).any()
    assert not homes.duplicated(["postcode", "number", "letter"]).any()
    assert (homes["number"] > 0).all()


def test_odd_stands_left_and_even_right(geography: Geography) -> None:
    homes = geography.homes
    assert (homes.loc[homes["side"] < 0, "number"] % 2 == 1).all()
    assert (homes.loc[homes["side"] > 0, "number"] % 2 == 0).all()


def test_postcodes_look_like_postcodes(geography: Geography) -> None:
    codes = geography.homes["postcode"]
    assert codes.str.fullmatch(r"40[789]\d[A-Z]{2}").all()
    assert not codes.str[-2:].isin(["SA", "SD", "SS"]).any()
    doors = geography.homes.drop_duplicates(["postcode", "number"]).groupby("postcode").size()
    assert doors.max() <= 21


def test_a_postcode_lies_in_one_district_and_one_street(geography: Geography) -> None:
    district = geography.homes["area_code"].str[2:8]
    assert district.groupby(geography.homes["postcode"]).nunique().max() == 1
    assert geography.homes.groupby("postcode")["street"].nunique().max() == 1


def test_low_flats_share_a_number_and_differ_by_a_letter(geography: Geography) -> None:
    lettered = geography.homes[geography.homes["letter"] != ""]
    assert set(lettered["letter"]) == {"A", "B"}
    assert set(lettered["type"]) == {"flat"}
    assert lettered["floors"].max() <= 3
