# SPDX-License-Identifier: EUPL-1.2
"""Letting a source with things on the map through the gate: declared columns by role, and each thing's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from stip.agreements import Admission, Agreement, Gate, Refusal, Role, check_features, heading_key
from stip.errors import AgreementError, FileError
from stip.intake.accounts.account import Account
from stip.intake.accounts.rule import Rule
from stip.intake.places.georeference import NO_PLACE, OUTSIDE, SWAPPED, bring_here, is_known
from stip.intake.places.locating import Bounds, find_place_form, locate
from stip.intake.tables.systems import RD, WGS84
from stip.intake.tables.things import Shapes, Things, ThingSource
from stip.intake.values.asking import Asker
from stip.intake.values.figures import arrow
from stip.intake.values.numbers import read_numbers
from stip.store import Workspace

BROKEN = Rule("broken_row", "ander aantal cellen dan de kopregel", "Kijk die rijen na in het bestand.")

_NAMED = (Role.VALUE, Role.CATEGORY)
"""Roles whose headings say what a layer is about."""


@dataclass(frozen=True)
class Admitted:
    """What was let in.

    Attributes
    ----------
    columns : dict of Role to Series, each of shape (n,), index 0 … n-1
        As the source has them; roles of place are not among them.
    headings : dict of Role to str
        As the source has them.
    shapes : ndarray of geometry, shape (n,)
        In the town's reference system; None where the row is refused.
    account : Account
        Of these rows.
    refused : tuple of Refusal
        Columns that were not let in.
    """

    columns: dict[Role, pd.Series[Any]]
    headings: dict[Role, str]
    shapes: Shapes
    account: Account
    refused: tuple[Refusal, ...]

    def text(self, role: Role) -> pd.Series[Any]:
        """Return a column as text without outer spaces; missing where it is blank or not there."""
        column = self.columns.get(role)
        if column is None:
            return pd.Series(pd.NA, index=range(self.account.rows), dtype="string")
        return as_text(column)


def as_text(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as text without outer spaces, whole numbers without decimals; missing where it is blank."""
    cells = arrow(column)
    if pa.types.is_floating(cells.type) and pc.all(pc.equal(cells, pc.floor(cells)), min_count=0).as_py():
        cells = cells.cast(pa.int64(), safe=False)
    text = pd.Series(cells.cast(pa.string()).to_pandas(), dtype="string").str.strip()
    return text.where(text != "")


def admit(
    workspace: Workspace,
    source: ThingSource,
    agreement: Agreement,
    *,
    bounds: Bounds,
    choices: Mapping[Role, str] | None = None,
) -> Admitted:
    """Read what an agreement lets in, and bring it to the town's reference system.

    Parameters
    ----------
    bounds : Bounds
        How far from the town things still matter.
    choices : mapping of Role to str, optional
        Heading to take for a role, when the source has several that the agreement declares for it.

    Raises
    ------
    AgreementError
        When a chosen heading is not declared, or a heading is about origin or the like.
    FileError
        When a declared column that is needed is not there.
    """
    admission = Gate(agreement, workspace.settings).admit(source.headings)
    positions = dict(admission.positions)
    for role, heading in (choices or {}).items():
        if heading:
            positions[role] = _chosen(source, agreement, role, heading)
    _check_needs(source, agreement, admission)
    headings = {role: source.headings[place] for role, place in positions.items()}
    check_features(
        [headings[role] for role in _NAMED if role in headings],
        allow_socio_economic=workspace.settings.link.allow_socio_economic,
    )
    if Role.GEOMETRY in positions:
        positions = {role: place for role, place in positions.items() if role not in (Role.X, Role.Y)}
    things = source.read({role.value: place for role, place in positions.items()})
    account = Account(len(things.rows), numbers=things.rows)
    account.refuse(things.broken, BROKEN)
    for fact in source.facts:
        account.note(fact)
    shapes = _shapes(source, agreement, things, bounds, account)
    return Admitted(
        columns={
            role: things.columns[role.value]
            for role in positions
            if role not in (Role.GEOMETRY, Role.X, Role.Y) and role.value in things.columns
        },
        headings=headings,
        shapes=shapes,
        account=account,
        refused=_refused(admission, source, positions),
    )


def _chosen(source: ThingSource, agreement: Agreement, role: Role, heading: str) -> int:
    """Return the place of a heading that was asked for by name."""
    declared = [
        heading_key(name)
        for declared, column in agreement.columns.items()
        if column.role is role
        for name in (declared, *column.names)
    ]
    if heading_key(heading) not in declared:
        raise AgreementError(
            f"De afspraak ‘{agreement.source}’ laat de kolom ‘{heading}’ niet toe als {role}. "
            f"Zet haar daar eerst in agreements/{agreement.source}.toml, als dat zo is afgesproken."
        )
    keys = [heading_key(name) for name in source.headings]
    if heading_key(heading) not in keys:
        raise FileError(f"{source.name} heeft geen kolom ‘{heading}’. Kijk de schrijfwijze na.")
    return keys.index(heading_key(heading))


def _check_needs(source: ThingSource, agreement: Agreement, admission: Admission) -> None:
    if admission.missing:
        raise FileError(
            f"{source.name} mist de kolom ‘{admission.missing[0]}’, nodig voor de afspraak ‘{agreement.source}’. "
            f"Heet zij anders, zet die naam dan bij names in agreements/{agreement.source}.toml."
        )


def _refused(admission: Admission, source: ThingSource, positions: Mapping[Role, int]) -> tuple[Refusal, ...]:
    """Name what is left out, with the columns that another one was chosen for."""
    unused = [
        Refusal(source.headings[place], "een andere kolom is hiervoor gekozen")
        for role, place in admission.positions.items()
        if place not in positions.values()
    ]
    used = {source.headings[place] for place in positions.values()}
    return (*(refusal for refusal in admission.refused if refusal.heading not in used), *unused)


def _shapes(source: ThingSource, agreement: Agreement, things: Things, bounds: Bounds, account: Account) -> Shapes:
    if things.shapes is not None:
        return bring_here(things.shapes, declared=source.crs or agreement.crs, bounds=bounds, account=account)
    return _points(things, agreement.crs or source.crs, bounds, account)


def _points(things: Things, declared: str, bounds: Bounds, account: Account) -> Shapes:
    """Return points from columns with coordinates."""
    asker = Asker()
    try:
        x, y = (read_numbers(asker, arrow(things.columns[role.value])) for role in (Role.X, Role.Y))
    finally:
        asker.close()
    systems = tuple(
        dict.fromkeys(system for system in (declared, bounds.crs, WGS84, RD) if system and is_known(system))
    )
    form = find_place_form(x, y, systems, bounds)
    places = locate(x, y, form, bounds)
    for fact in form.facts(declared):
        account.note(fact)
    account.refuse(places.empty | places.at_origin, NO_PLACE)
    account.refuse(places.outside, OUTSIDE)
    account.repair(places.swapped & account.kept, SWAPPED)
    shapes = np.full(account.rows, None, dtype=object)
    kept = account.kept
    shapes[kept] = shapely.points(places.x_m[kept], places.y_m[kept])
    return shapes
