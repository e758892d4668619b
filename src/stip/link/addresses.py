# SPDX-License-Identifier: EUPL-1.2
"""Finding the point of an address in a local table, without ever asking a service or keeping the address."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import Agreement, check_sources
from stip.errors import ContractError
from stip.link.address_likeness import likely_pairs
from stip.link.address_text import ADDRESS_KEYS, alike
from stip.link.report import AMBIGUOUS, MATCHED, UNMATCHED
from stip.store import Workspace, address_sources, read_addresses

_SAME_PLACE_M = 50.0  # doors of one number may lie so far apart and still be one place

_EXACT = (
    ("postcode", "number", "street"),
    ("street", "number", "place"),
    ("postcode", "number"),
    ("street", "number"),
)
"""What is tried in turn; the last two only for an address that does not say more."""


class AddressBook:
    """A local table of addresses with their points; keeps the contract of `stip.agreements.AddressResolver`.

    An address is looked for in steps, each for those that the earlier steps left: postcode, number and street alike;
    street, number and place alike, unless a postcode contradicts it; postcode and number, when no street is
    given; street and number, when no place or postcode is; and last by likeness, which forgives typing
    errors (`stip.link.address_likeness`). What fits more than one place is ambiguous and gets no point.

    Parameters
    ----------
    addresses : DataFrame
        Columns ``street``, ``house_number``, ``postcode``, ``place_name`` (text) and ``x_m``, ``y_m`` (float, in the
        workspace's reference system).

    Raises
    ------
    ContractError
        When a column is missing.
    """

    def __init__(self, addresses: pd.DataFrame) -> None:
        for name in ("x_m", "y_m"):
            if name not in addresses.columns:
                raise ContractError(f"Het adressenboek mist de kolom ‘{name}’. Lees de adressen opnieuw in.")
        book = alike(addresses).assign(x_m=addresses["x_m"].astype(float), y_m=addresses["y_m"].astype(float))
        book = book.dropna(subset=["number", "x_m", "y_m"])
        self._book = _places(book, list(ADDRESS_KEYS)).reset_index(drop=True)

    def __repr__(self) -> str:
        return f"AddressBook({len(self._book)} adressen)"  # never an address

    def __len__(self) -> int:
        return len(self._book)

    def resolve(self, addresses: pd.DataFrame) -> pd.DataFrame:
        """Find the point of each address.

        Parameters
        ----------
        addresses : DataFrame
            Columns ``street``, ``house_number``, ``postcode``, ``place_name``; text, any may be missing.

        Returns
        -------
        DataFrame, aligned
            ``x_m``, ``y_m`` (missing unless matched) and ``quality``: ``matched``, ``ambiguous`` or ``unmatched``.
        """
        asked = alike(addresses)
        each = asked.drop_duplicates().reset_index(drop=True)
        found = self._found(each)
        row = asked.merge(each.reset_index(names="row"), on=list(ADDRESS_KEYS), how="left")["row"].to_numpy()
        return found.iloc[row].set_axis(addresses.index)

    def _found(self, each: pd.DataFrame) -> pd.DataFrame:
        found = pd.DataFrame({"x_m": np.nan, "y_m": np.nan, "quality": UNMATCHED}, index=each.index)
        left = each[each["number"].notna()]
        for keys in _EXACT:
            pairs = self._exact(left, list(keys))
            _answer(found, pairs)
            left = left[~left.index.isin(pairs["row"])]
        _answer(found, likely_pairs(left, self._book))
        return found

    def _exact(self, left: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
        """Return the points in the book that agree on these keys, and in which nothing contradicts the rest."""
        given = left[left[keys].notna().all(axis=1)].reset_index(names="row")
        pairs = given.merge(self._book, on=keys, suffixes=("", "_book"))
        fits = pd.Series(True, index=pairs.index)
        for key in set(ADDRESS_KEYS) - set(keys):
            fits &= (pairs[key] == pairs[f"{key}_book"]).fillna(True).astype(bool)
        return pairs.loc[fits, ["row", "x_m", "y_m", "spread_m"]]


def _places(book: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return one row a key: the middle of its points and the largest distance to it."""
    grouped = book.groupby(keys, dropna=False, sort=True)
    middle = grouped[["x_m", "y_m"]].transform("mean")
    away = np.hypot(book["x_m"] - middle["x_m"], book["y_m"] - middle["y_m"])
    places = book.assign(x_m=middle["x_m"], y_m=middle["y_m"], spread_m=away)
    return places.groupby(keys, dropna=False, as_index=False, sort=True).agg(
        x_m=("x_m", "first"), y_m=("y_m", "first"), spread_m=("spread_m", "max")
    )


def _answer(found: pd.DataFrame, pairs: pd.DataFrame) -> None:
    """Write down, for each row in ``pairs``, its one place, or that there are several."""
    if pairs.empty:
        return
    places: Any = _places(pairs.assign(own_m=pairs["spread_m"]), ["row"])
    own_m = pairs.groupby("row")["spread_m"].max()
    one = (np.maximum(places["spread_m"].to_numpy(), own_m.to_numpy()) <= _SAME_PLACE_M)[:, None]
    row = places["row"].to_numpy()
    found.loc[row, ["x_m", "y_m"]] = np.where(one, places[["x_m", "y_m"]].to_numpy(), np.nan)
    found.loc[row, "quality"] = np.where(one[:, 0], MATCHED, AMBIGUOUS)


def address_book(workspace: Workspace, agreement: Agreement) -> AddressBook | None:
    """Return the addresses of the workspace, None when it has none or the source of the agreement needs none.

    Raises
    ------
    AgreementError
        When the source of the addresses is on hold, or its agreement ended.
    """
    if not agreement.has_addresses or not (workspace.data / "addresses.parquet").exists():
        return None
    check_sources(workspace, address_sources(workspace), None)
    return AddressBook(read_addresses(workspace))
