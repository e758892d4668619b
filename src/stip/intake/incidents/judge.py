# SPDX-License-Identifier: EUPL-1.2
"""From a block of text to incidents, with a verdict on each of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stip.agreements import ADDRESS_COLUMNS, AddressResolver, Gate, Role
from stip.errors import FileError
from stip.intake.accounts.account import Account
from stip.intake.incidents.forms import Forms
from stip.intake.incidents.rules import (
    ADDRESS_UNKNOWN,
    AT_ORIGIN,
    AXES_SWAPPED,
    CODE_RESPELLED,
    DECIMAL_MIXED,
    HEADER_AGAIN,
    NO_CODE,
    NO_ID,
    NO_PLACE,
    OTHER_TYPE,
    OUTSIDE,
    PERSONAL_DATA,
    PLACE_OF_ADDRESS,
    RAGGED,
    UNKNOWN_CODE,
    account_of,
    all_refused,
)
from stip.intake.incidents.windows import WindowRules, Windows, read_windows
from stip.intake.places.locating import Bounds, locate
from stip.intake.places.points import coordinates, has_coordinates
from stip.intake.tables.table import Block
from stip.intake.values.asking import Asker
from stip.intake.values.codes import NONE, OTHER, PERSONAL, RESPELLED, UNKNOWN, CodeBook

Floats = npt.NDArray[np.float64]

_ADDRESS_ROLES = (Role.STREET, Role.HOUSE_NUMBER, Role.POSTCODE, Role.PLACE_NAME)


@dataclass(frozen=True)
class Judged:
    """A block that has been judged.

    Attributes
    ----------
    account : Account
        On every row, also those that were broken as a whole.
    incidents : DataFrame, optional
        The rows that come in: ``row``, ``incident_id`` (hashed; missing when the source has no numbers), a column
        ``under_<key>`` for each older key, ``crime_type`` (place among the town's types), ``from_at``, ``to_at``,
        ``known_at`` (datetime64[us], UTC), ``x_m``, ``y_m`` (not yet coarsened).
    addresses : Counter of str
        How many addresses were looked for, by the ``quality`` of the answer.
    """

    account: Account
    incidents: pd.DataFrame | None
    addresses: Counter[str] = field(default_factory=Counter)


@dataclass
class Judge:
    """Judges blocks of one file.

    Parameters
    ----------
    gate : Gate
    forms : Forms
    bounds : Bounds
    windows : WindowRules
    codes : CodeBook
    asker : Asker
    addresses : AddressResolver, optional
    """

    gate: Gate
    forms: Forms
    bounds: Bounds
    windows: WindowRules
    codes: CodeBook
    asker: Asker
    addresses: AddressResolver | None = None

    def judge(self, block: Block) -> Judged:
        """Judge each row of a block."""
        broken = [
            all_refused(block.ragged, RAGGED),
            all_refused(block.header_again, HEADER_AGAIN),
        ]
        table = block.table
        if not table.num_rows:
            return Judged(Account.joined(broken), None)
        account = account_of(block.rows)
        types = self._types(table, account)
        ids = _ids(table)
        if ids is not None:
            account.refuse(ids.isna().to_numpy(), NO_ID)
        windows = self._windows(table, account)
        addresses: Counter[str] = Counter()
        x_m, y_m = self._places(table, account, addresses)
        kept = account.kept
        incidents = pd.DataFrame(
            {
                "row": block.rows[kept],
                "crime_type": types[kept],
                "from_at": windows.from_at[kept],
                "to_at": windows.to_at[kept],
                "known_at": windows.known_at[kept],
                "x_m": x_m[kept],
                "y_m": y_m[kept],
            }
        )
        if ids is not None:
            incidents = incidents.assign(**hashed_ids(self.gate, ids[kept].reset_index(drop=True)))
        return Judged(Account.joined([account, *broken]), incidents, addresses)

    def _types(self, table: pa.Table, account: Account) -> npt.NDArray[np.int8]:
        if Role.CRIME_CODE not in table.column_names:
            place = self.codes.keys.index(self.gate.agreement.crime_type)
            return np.full(table.num_rows, place, dtype=np.int8)
        types, kinds = self.codes.look_up(table[Role.CRIME_CODE].combine_chunks())
        for kind, rule in (
            (OTHER, OTHER_TYPE),
            (NONE, NO_CODE),
            (PERSONAL, PERSONAL_DATA),
            (UNKNOWN, UNKNOWN_CODE),
        ):
            account.refuse(kinds == kind, rule)
        account.repair(kinds == RESPELLED, CODE_RESPELLED)
        return types

    def _windows(self, table: pa.Table, account: Account) -> Windows:
        moments = {role: reader.read(table[role].combine_chunks()) for role, reader in self.forms.readers.items()}
        begin = moments[Role.FROM_AT]
        return read_windows(begin, moments.get(Role.TO_AT), moments.get(Role.REPORTED_AT), self.windows, account)

    def _places(self, table: pa.Table, account: Account, addresses: Counter[str]) -> tuple[Floats, Floats]:
        missing = np.ones(table.num_rows, dtype=bool)
        x_m, y_m = (np.full(table.num_rows, np.nan) for _ in range(2))
        rest = dict.fromkeys((AT_ORIGIN, OUTSIDE), np.zeros(table.num_rows, dtype=bool))
        if self.forms.place is not None and has_coordinates(table):
            x, y = coordinates(self.asker, table)
            found = locate(x, y, self.forms.place, self.bounds)
            x_m, y_m, missing = found.x_m, found.y_m, found.empty
            rest = {AT_ORIGIN: found.at_origin, OUTSIDE: found.outside}
            account.repair(found.swapped, AXES_SWAPPED)
            other = (
                axis.point & ~axis.comma if self.forms.decimal_comma else axis.comma & ~axis.point for axis in (x, y)
            )
            account.repair(np.logical_or(*other), DECIMAL_MIXED)
        roles = [role for role in _ADDRESS_ROLES if role in table.column_names]
        if roles and self.addresses is not None:
            addresses.update(self._resolve(table, missing | rest[AT_ORIGIN], account, x_m, y_m))
            rest[AT_ORIGIN] = rest[AT_ORIGIN] & np.isnan(x_m)
            account.refuse(missing & np.isnan(x_m), ADDRESS_UNKNOWN)
        account.refuse(missing & np.isnan(x_m), NO_PLACE)
        for rule, mask in rest.items():
            account.refuse(mask, rule)
        return x_m, y_m

    def _resolve(
        self, table: pa.Table, wanted: npt.NDArray[np.bool_], account: Account, x_m: Floats, y_m: Floats
    ) -> Counter[str]:
        """Fill in the point of rows that have an address only, and count how they were found.

        The address itself goes no further.
        """
        places = np.flatnonzero(wanted & account.kept)
        if not len(places) or self.addresses is None:
            return Counter()
        chosen = table.take(pa.array(places))
        texts = {
            name: chosen[name].cast(pa.string()) if name in chosen.column_names else None for name in ADDRESS_COLUMNS
        }
        addresses = pd.DataFrame(
            {
                name: pd.array([None] * len(places) if text is None else text.to_pylist(), dtype="string")
                for name, text in texts.items()
            }
        )
        found = self.addresses.resolve(addresses)
        if len(found) != len(places):
            raise FileError("De adrestabel gaf niet voor elk adres een antwoord. Lees de adressen opnieuw in.")
        found_x, found_y = (found[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("x_m", "y_m"))
        inside = self.bounds.hold(found_x, found_y)
        x_m[places[inside]], y_m[places[inside]] = found_x[inside], found_y[inside]
        if has_coordinates(table):
            account.repair(np.isin(np.arange(table.num_rows), places[inside]), PLACE_OF_ADDRESS)
        return Counter(str(quality) for quality in found["quality"])


def hashed_ids(gate: Gate, ids: pd.Series) -> dict[str, pd.Series]:
    """Return our numbers: ``incident_id`` by the active key, and ``under_<key>`` by each older key."""
    active, *older = gate.hash_ids_all(ids).items()
    return {"incident_id": active[1]} | {f"under_{key}": numbers for key, numbers in older}


def _ids(table: pa.Table) -> pd.Series | None:
    if Role.INCIDENT_ID not in table.column_names:
        return None
    column = table[Role.INCIDENT_ID].combine_chunks()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.equal(column, pc.floor(column)), column, None).cast(pa.int64())
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    filled = pc.if_else(pc.equal(pc.binary_length(texts), 0), None, texts)
    return pd.Series(pd.array(filled, dtype="string"))
