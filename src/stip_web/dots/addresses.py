# SPDX-License-Identifier: EUPL-1.2
"""Finding an address or a street on the map, in the town's own table: no service is asked, nothing is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd
from django.urls import reverse

from stip.agreements import Purpose, check_sources
from stip.link import AddressBook
from stip.store import Workspace, address_sources, read_addresses
from stip_web.dots.looking import Look
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import state_of

_LONGEST = 120
_ROUND_M = 250
_MOST_STREETS = 8
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})\b")
_NUMBER = re.compile(r"\b(\d{1,5})\s*-?[A-Za-z]{0,2}\b")


@dataclass(frozen=True)
class Spot:
    """A place that was found, and the map round it."""

    label: str
    url: str


@dataclass(frozen=True)
class Found:
    """What came of a search.

    Attributes
    ----------
    asked : str
        Empty when nothing was asked.
    spots : list of Spot
    said : str
        Why there is none.
    """

    asked: str
    spots: list[Spot]
    said: str = ""


def search(look: Look, text: str) -> Found:
    """Look for an address (*Singel 40*, *1234 AB 5*) or a street.

    Raises
    ------
    AgreementError
        When the table of addresses may not be used today.
    """
    asked = " ".join(text.split())[:_LONGEST]
    if not asked:
        return Found("", [])
    if not (look.workspace.data / "addresses.parquet").exists():
        return Found(asked, [], "Er is geen adrestabel. Zoek de plek op de kaart, of kies een buurt.")
    check_sources(look.workspace, address_sources(look.workspace), Purpose.DOT_MAP, on=today(look.workspace))
    book = _book(look.workspace.root, state_of(look.workspace, "data/addresses.parquet"))
    street, number, postcode = _parts(asked)
    if number:
        answer = book.find(street, number, postcode)
        if answer is not None:
            return Found(asked, [_spot(look, asked, *answer)])
    streets = book.streets(street) if street and not postcode else []
    if streets:
        said = "Dat huisnummer staat niet in de adrestabel; dit zijn de straten." if number else ""
        return Found(asked, [_spot(look, name, x_m, y_m) for name, x_m, y_m in streets], said)
    town = look.workspace.settings.town.name
    return Found(
        asked,
        [],
        f"Dat adres staat niet in de adrestabel van {town}. Het ligt buiten de gemeente, of is anders geschreven. "
        "Probeer alleen de straat, of postcode en huisnummer.",
    )


def _parts(text: str) -> tuple[str, str, str]:
    """Return street, house number and postcode; empty where not given."""
    found = _POSTCODE.search(text)
    postcode = f"{found[1]}{found[2].upper()}" if found else ""
    rest = _POSTCODE.sub(" ", text) if found else text
    numbers = [match for match in _NUMBER.finditer(rest) if match.start() > 0 or postcode]
    number = numbers[-1][1] if numbers else ""
    street = (rest[: numbers[-1].start()] if numbers else rest).strip(" ,")
    return street, number, postcode


def _spot(look: Look, label: str, x_m: float, y_m: float) -> Spot:
    extent = tuple(round(side) for side in (x_m - _ROUND_M, y_m - _ROUND_M, x_m + _ROUND_M, y_m + _ROUND_M))
    return Spot(label, reverse("dots:map") + replace(look.filter, extent=extent).query() + "#kaart")


class Book:
    """The table of addresses, to look in often."""

    def __init__(self, addresses: pd.DataFrame) -> None:
        self._book = AddressBook(addresses)
        grouped = addresses.dropna(subset=["street"]).groupby("street")[["x_m", "y_m"]].median()
        self._streets = grouped.assign(key=[_key(name) for name in grouped.index])

    def find(self, street: str, number: str, postcode: str) -> tuple[float, float] | None:
        """Return the one point of an address, None when there is none or more than one."""
        asked = {"street": street or None, "house_number": number, "postcode": postcode or None, "place_name": None}
        found = self._book.resolve(pd.DataFrame([asked], dtype="string")).iloc[0]
        return (float(found["x_m"]), float(found["y_m"])) if found["quality"] == "matched" else None

    def streets(self, text: str) -> list[tuple[str, float, float]]:
        """Return streets whose name begins with the text, or else holds it; with their middle."""
        key = _key(text)
        if not key:
            return []
        begins = self._streets[self._streets["key"].str.startswith(key)]
        holds = self._streets[self._streets["key"].str.contains(key, regex=False)]
        chosen = (begins if len(begins) else holds).head(_MOST_STREETS)
        return [(str(name), float(row["x_m"]), float(row["y_m"])) for name, row in chosen.iterrows()]


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).casefold())


@lru_cache(maxsize=2)
def _book(root: Path, state: tuple[tuple[str, int], ...]) -> Book:
    return Book(read_addresses(Workspace.open(root)))
