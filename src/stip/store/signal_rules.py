# SPDX-License-Identifier: EUPL-1.2
"""What a table of signals may not hold, whoever writes it: the place of somebody who may need help."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from stip.errors import ContractError

HELP = "help"
"""The kind of a signal that is about somebody."""


def refuse_place_of_help(table: pa.Table) -> None:
    """Refuse cells at help, and a signal that says nowhere where it is.

    Parameters
    ----------
    table : Table with the columns of SIGNAL

    Raises
    ------
    ContractError
        The sentence does not repeat the place.
    """
    has_cells = pc.fill_null(pc.greater(pc.list_value_length(table["cells"]), 0), False)  # noqa: FBT003
    of_help = pc.equal(table["kind"], HELP)
    if pc.any(pc.and_(of_help, has_cells), min_count=0).as_py():
        raise ContractError("Tabel signal: bij hulp hoort geen plek. Laat de vakken weg en geef alleen de buurt.")
    nowhere = pc.and_(pc.invert(has_cells), pc.is_null(table["area_code"]))
    if pc.any(nowhere, min_count=0).as_py():
        raise ContractError("Tabel signal: een signaal noemt geen plek en geen buurt. Geef er een van beide.")
