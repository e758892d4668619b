# SPDX-License-Identifier: EUPL-1.2
"""How a file writes dates and places: found in its first rows, and in as many more as it takes to be sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from stip.agreements import Agreement, Role
from stip.intake.places.locating import Bounds, PlaceForm, find_place_form
from stip.intake.places.points import coordinates, has_coordinates
from stip.intake.tables.systems import RD, WGS84
from stip.intake.tables.table import Block
from stip.intake.values.asking import Asker
from stip.intake.values.date_formats import Order, order_of_format
from stip.intake.values.day_order import Evidence, refuse_mixed, undecided, weigh
from stip.intake.values.moments import MomentReader

DATES = (Role.FROM_AT, Role.TO_AT, Role.REPORTED_AT)
_CERTAIN = 0.5  # so large a part of the points in the town decides on a system
_FEW = 20  # of fewer dates at midnight nothing is concluded


@dataclass(frozen=True)
class Forms:
    """How a file writes things.

    Attributes
    ----------
    readers : dict of Role to MomentReader
    days : frozenset of Role
        Columns that hold days without a time.
    place : PlaceForm, optional
    decimal_comma : bool
        Whether most coordinates with decimals have a comma.
    facts : tuple of str
        The same in Dutch.
    """

    readers: dict[Role, MomentReader]
    days: frozenset[Role]
    place: PlaceForm | None
    decimal_comma: bool
    facts: tuple[str, ...]


@dataclass
class FormFinder:
    """Looks at blocks until it knows.

    Parameters
    ----------
    asker : Asker
    agreement : Agreement
    bounds : Bounds
    file_crs : str
        System that the file itself names, empty when it names none.
    received_at : aware Timestamp
    time_zone : str
    name : str
        Of the file, for messages.
    """

    asker: Asker
    agreement: Agreement
    bounds: Bounds
    file_crs: str
    received_at: pd.Timestamp
    time_zone: str
    name: str
    headings: dict[Role, str] = field(default_factory=dict)

    def find(self, blocks: Iterator[Block]) -> tuple[Forms, list[Block]]:
        """Return what was found, and the blocks that were looked at.

        Raises
        ------
        FileError
            When day and month can be exchanged in every date, or stand in both orders.
        """
        seen: list[Block] = []
        evidence, place = Evidence(), None
        for block in blocks:
            seen.append(block)
            if not block.table.num_rows:
                continue
            evidence = self._weighed(evidence, block.table)
            place = place or self._place([block.table])
            if evidence.order() and (place or not has_coordinates(block.table)):
                break
        tables = [block.table for block in seen if block.table.num_rows]
        return self._forms(evidence, place, tables), seen

    def _weighed(self, evidence: Evidence, table: pa.Table) -> Evidence:
        open_roles = [role for role in DATES if role in table.column_names and not self._declared_order(role)]
        latest = self.received_at.tz_convert(self.time_zone).tz_localize(None) + pd.Timedelta(days=1)
        columns = [table[role].combine_chunks() for role in open_roles]
        new = weigh(self.asker, columns, latest=np.datetime64(latest, "us"))
        counts = zip(vars(evidence).values(), vars(new).values(), strict=True)
        return Evidence(*(before + more for before, more in counts))

    def _place(self, tables: list[pa.Table], *, certain: bool = True) -> PlaceForm | None:
        table = pa.concat_tables(tables)
        if not has_coordinates(table):
            return None
        named = self.file_crs if Role.GEOMETRY in table.column_names else ""
        systems = (named, self.agreement.crs, self.bounds.crs, WGS84, RD)
        candidates = tuple(dict.fromkeys(crs for crs in systems if crs))
        found = find_place_form(*coordinates(self.asker, table), candidates, self.bounds)
        return found if found.share >= _CERTAIN or not certain else None

    def _forms(self, evidence: Evidence, place: PlaceForm | None, tables: list[pa.Table]) -> Forms:
        facts: list[str] = []
        refuse_mixed(evidence, self.name)
        roles = [role for role in DATES if tables and role in tables[0].column_names]
        declared = {order for role in roles if (order := self._declared_order(role))}
        order = evidence.order() or (declared.pop() if len(declared) == 1 else None)
        if order is None:
            raise undecided(self.name, [self.headings.get(role, role) for role in roles if not self._declared(role)])
        readers = {
            role: MomentReader(self.asker, self._declared_order(role) or order, declared=self._declared(role))
            for role in roles
        }
        days = set()
        for role, reader in readers.items():
            column = pa.concat_tables(tables)[role].combine_chunks()
            reader.learn(column)
            if _days_only(reader, column):
                days.add(role)
                facts.append(f"De kolom ‘{self.headings.get(role, role)}’ heeft alleen dagen, geen tijden.")
        if any(not self._declared_order(role) for role in roles):
            facts.insert(0, evidence.said(order))
        elif roles:
            facts.insert(0, "Datums: geschreven zoals de afspraak zegt.")
        comma = False
        if tables and has_coordinates(tables[0]):
            place = place or self._place(tables, certain=False)
            comma = self._decimal_comma(pa.concat_tables(tables))
        if place:
            facts += place.facts(self.agreement.crs)
            if comma:
                facts.append("Decimalen in de coördinaten: met een komma.")
        return Forms(readers, frozenset(days), place, comma, tuple(facts))

    def _decimal_comma(self, table: pa.Table) -> bool:
        axes = coordinates(self.asker, table)
        commas = sum(int(np.count_nonzero(axis.comma & ~axis.point)) for axis in axes)
        return commas > sum(int(np.count_nonzero(axis.point & ~axis.comma)) for axis in axes)

    def _declared(self, role: Role) -> str:
        heading = self.agreement.column_of(role)
        return self.agreement.columns[heading].date_format if heading else ""

    def _declared_order(self, role: Role) -> Order | None:
        return order_of_format(self._declared(role))


def _days_only(reader: MomentReader, column: pa.Array) -> bool:
    moments = reader.read(column)
    found = ~np.isnat(moments.at)
    if not found.any():
        return False
    midnight = moments.at == moments.at.astype("datetime64[D]").astype("datetime64[us]")
    if not (midnight | ~found).all():
        return False
    return bool(moments.whole_day[found].all()) or int(np.count_nonzero(found)) >= _FEW
