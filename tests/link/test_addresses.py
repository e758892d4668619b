# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest

from stip.agreements import AddressResolver
from stip.errors import ContractError
from stip.link import AddressBook

COLUMNS = ["street", "house_number", "postcode", "place_name"]
STREETS = ["Dorpsstraat", "Kerkstraat", "Molenweg", "Nieuwe Gracht", "Beatrixlaan", "Stationsplein"]


def book() -> pd.DataFrame:
    rows = [
        (
            street,
            str(number),
            f"12{at}{at} {'ABCDEF'[number // 10]}{'KLMNOP'[at]}",
            "Proefstad",
            at * 1000.0,
            number * 8.0,
        )
        for at, street in enumerate(STREETS)
        for number in range(1, 60)
    ]
    rows.append(("Dorpsstraat", "12", "9999 ZZ", "Elders", 90_000.0, 90_000.0))
    return pd.DataFrame(rows, columns=[*COLUMNS, "x_m", "y_m"])


BOOK = AddressBook(book())


def ask(*address: object) -> tuple[str, float, float]:
    found = BOOK.resolve(pd.DataFrame([address], columns=COLUMNS)).iloc[0]
    return found["quality"], found["x_m"], found["y_m"]


@pytest.mark.parametrize(
    "address",
    [
        ("Kerkstraat", "12", "1211 BL", "Proefstad"),
        ("kerkstr.", "12-a", "1211bl", None),
        (None, "12", "1211BL", None),
        ("KERKSTRAAT", "12 bis", None, "proefstad"),
        ("Kerkstraat", "12", None, None),
        ("Kerkstraat", 12.0, "1211", None),
    ],
)
def test_an_address_that_is_clear_is_found(address: tuple[object, ...]) -> None:
    assert ask(*address) == ("matched", 1000, 96)


@pytest.mark.parametrize(
    "address",
    [
        ("Krekstraat", "12", "1211 BL", "Proefstad"),  # two letters swapped
        ("Kerkstraat", "12", "1211 LB", "Proefstad"),
        ("Kerkstaat", "12", None, "Proefstad"),
        ("Kerksttraat", "12", "1211", "Proefstat"),
        ("Kerkstrat", "12", "1211 BK", "Proefstad"),
    ],
)
def test_a_typing_error_is_forgiven(address: tuple[object, ...]) -> None:
    assert ask(*address) == ("matched", 1000, 96)


@pytest.mark.parametrize(
    "address",
    [
        ("Kerkstraat", "99", "1211 BL", "Proefstad"),  # no such door
        ("Kerkstraat", None, "1211 BL", "Proefstad"),
        ("Molenweg", "12", "1211 BL", "Proefstad"),  # street and postcode contradict each other
        ("Zandpad", "12", None, "Proefstad"),
        (None, "12", None, "Proefstad"),
        (None, None, None, None),
    ],
)
def test_what_is_not_there_is_not_found(address: tuple[object, ...]) -> None:
    quality, x_m, y_m = ask(*address)
    assert quality == "unmatched"
    assert np.isnan(x_m) and np.isnan(y_m)


def test_what_fits_two_places_is_ambiguous_and_gets_no_point() -> None:
    quality, x_m, _ = ask("Dorpsstraat", "12", None, None)
    assert quality == "ambiguous" and np.isnan(x_m)
    assert ask("Dorpsstraat", "12", None, "Elders") == ("matched", 90_000, 90_000)


def test_doors_of_one_number_are_one_place_and_far_apart_they_are_not() -> None:
    doors = pd.DataFrame(
        {
            "street": "Kade",
            "house_number": ["1A", "1B", "2", "2"],
            "postcode": "1000AA",
            "place_name": "P",
            "x_m": [0.0, 20, 0, 500],
            "y_m": 0.0,
        }
    )
    found = AddressBook(doors).resolve(doors[COLUMNS])
    assert found["quality"].tolist() == ["matched", "matched", "ambiguous", "ambiguous"]
    assert found["x_m"].iloc[:2].tolist() == [10, 10]


def test_answers_lie_on_the_index_asked_and_nothing_is_changed() -> None:
    asked = pd.DataFrame(
        [
            ("Molenweg", "3", None, "Proefstad"),
            ("Molnweg", "3", "1222 AM", None),
            ("Molenweg", "3", None, "Proefstad"),
        ],
        columns=COLUMNS,
        index=[5, 5, 2],
    )
    before = asked.copy()
    found = BOOK.resolve(asked)
    assert found.index.tolist() == [5, 5, 2]
    assert found["quality"].tolist() == ["matched"] * 3
    pd.testing.assert_frame_equal(asked, before)
    assert BOOK.resolve(asked.iloc[:0]).empty


def test_most_of_a_messy_file_is_found_and_next_to_nothing_wrongly() -> None:
    rng = np.random.default_rng(8)
    sample = book().iloc[:-1].sample(200, random_state=8).reset_index(drop=True)
    messy = sample[COLUMNS].copy()
    for at in range(len(messy)):
        street = messy.loc[at, "street"]
        place = int(rng.integers(1, len(street)))
        messy.loc[at, "street"] = street[:place] + street[place + 1 :]
        if at % 2:
            messy.loc[at, "postcode"] = None
    found = BOOK.resolve(messy)
    right = np.hypot(found["x_m"] - sample["x_m"], found["y_m"] - sample["y_m"]) < 1
    matched = found["quality"] == "matched"
    assert matched.mean() > 0.95
    assert (right | ~matched).all()


def test_an_address_is_never_told(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        ask("Geheimezijstraat", "12", "1211 XX", "Kanariedorp")
    out, err = capfd.readouterr()
    told = (caplog.text + out + err).lower()
    assert "geheim" not in told and "kanarie" not in told and "1211xx" not in told
    assert repr(BOOK) == "AddressBook(355 adressen)"
    assert len(BOOK) == 355


def test_it_keeps_the_contract_of_the_gate() -> None:
    resolver: AddressResolver = BOOK
    assert callable(resolver.resolve)


def test_a_book_without_points_is_refused() -> None:
    with pytest.raises(ContractError, match="‘x_m’"):
        AddressBook(book().drop(columns="x_m"))


def test_an_empty_book_finds_nothing() -> None:
    assert AddressBook(book().iloc[:0]).resolve(book()[COLUMNS]).eq("unmatched")["quality"].all()
