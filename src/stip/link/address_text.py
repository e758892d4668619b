# SPDX-License-Identifier: EUPL-1.2
"""Writing addresses alike, so that the same address written twice becomes the same text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from stip.errors import ContractError

ADDRESS_KEYS = ("street", "number", "postcode", "pc4", "place")

_ASKED = ("street", "house_number", "postcode", "place_name")
# Abbreviations that Dutch street names are written with, as whole words and as ends of words; articles are left out,
# because ‘v.d.’ may be van de, van den or van der.
_WORDS = {
    "st": "sint", "dr": "dokter", "prof": "professor", "burg": "burgemeester", "ds": "dominee", "ir": "ingenieur",
    "mr": "meester", "gen": "generaal", "kon": "koning", "pr": "prins", "v": "van", "vd": "van",
    "d": "", "de": "", "den": "", "der": "", "het": "", "t": "",
}  # fmt: skip
_ENDS = {"pln": "plein", "str": "straat", "sngl": "singel", "ln": "laan", "wg": "weg", "kd": "kade"}
_PLACES = {"s gravenhage": "den haag", "s hertogenbosch": "den bosch", "gravenhage": "den haag"}
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})?")


def alike(addresses: pd.DataFrame) -> pd.DataFrame:
    """Return the addresses written alike.

    Parameters
    ----------
    addresses : DataFrame
        Columns ``street``, ``house_number``, ``postcode``, ``place_name``; text, any of them may be missing.

    Returns
    -------
    DataFrame of string, aligned
        ``street``, ``number`` (its digits, without what follows), ``postcode`` (six signs), ``pc4`` (its four digits,
        also when there is no more than those) and ``place``; missing where there is nothing to go by.

    Raises
    ------
    ContractError
        When a column is missing. No value is named.
    """
    missing = [name for name in _ASKED if name not in addresses.columns]
    if missing:
        raise ContractError(f"De adressen missen de kolom ‘{missing[0]}’. Nodig zijn: {', '.join(_ASKED)}.")
    postcodes = [postcode_of(value) for value in addresses["postcode"]]
    columns: dict[str, list[str | None]] = {
        "street": [_street(value) for value in addresses["street"]],
        "number": [_number(value) for value in addresses["house_number"]],
        "postcode": [six for six, _ in postcodes],
        "pc4": [four for _, four in postcodes],
        "place": [_place(value) for value in addresses["place_name"]],
    }
    return pd.DataFrame({name: pd.array(column, dtype="string") for name, column in columns.items()}).set_axis(
        addresses.index
    )


def _words(text: Any) -> list[str]:
    if not isinstance(text, str):
        return []
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return [word for word in re.split(r"[^a-z0-9]+", plain.casefold()) if word]


def _street(text: Any) -> str | None:
    words = [_WORDS.get(word, word) for word in _words(text)]
    if not words:
        return None
    end = next((end for end in _ENDS if words[-1].endswith(end)), None)
    if end:
        words[-1] = words[-1].removesuffix(end) + _ENDS[end]
    return "".join(words) or None  # without spaces: Nieuwe Straat is Nieuwestraat


def _number(value: Any) -> str | None:
    if isinstance(value, float) and value == value:
        value = f"{value:.0f}"
    found = re.search(r"\d+", str(value)) if value is not None and value is not pd.NA else None
    return str(int(found[0])) if found and int(found[0]) > 0 else None


def postcode_of(value: Any) -> tuple[str | None, str | None]:
    """Return the six signs of a postcode and its four digits; None where it says no more, or is none."""
    found = _POSTCODE.fullmatch(re.sub(r"[^0-9A-Z]", "", value.upper())) if isinstance(value, str) else None
    if not found:
        return None, None
    return (found[1] + found[2] if found[2] else None), found[1]


def _place(text: Any) -> str | None:
    place = " ".join(_words(text))
    return _PLACES.get(place, place) or None
