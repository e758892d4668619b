# SPDX-License-Identifier: EUPL-1.2
"""What the gate asks of whoever can find an address."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

ADDRESS_COLUMNS = ("street", "house_number", "postcode", "place_name")


class AddressResolver(Protocol):
    """Turns addresses into points. `stip.link` has one; the gate drops the address as soon as it has answered."""

    def resolve(self, addresses: pd.DataFrame) -> pd.DataFrame:
        """Find the point of each address.

        Parameters
        ----------
        addresses : DataFrame
            Columns of `ADDRESS_COLUMNS`, text, any of them may be missing (NA).

        Returns
        -------
        DataFrame on the same index
            ``x_m``, ``y_m`` (float, in the workspace's reference system, missing when not found) and ``quality``
            (``matched``, ``ambiguous`` or ``unmatched``).
        """
        ...
